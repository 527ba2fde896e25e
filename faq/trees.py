"""Decision trees: a few questions that lead to an outcome with its legal basis and the next step."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from core.fields import StreamField
from core.pages import BasePage
from faq.enums import Audience
from faq.tree_blocks import NODES
from law.basis import LawBased
from law.citations import Citation
from search.fields import AnalysedSearchField


class TreeCitation(Citation):
    page = ParentalKey("faq.DecisionTreePage", on_delete=models.CASCADE, related_name="citations")


class TreeQuerySet(PageQuerySet):
    def for_listing(self):
        return self.select_related("locale").defer("nodes").order_by("path")


class DecisionTreePage(LawBased, BasePage):
    """«Who has to repair it?»: the first node is where a person starts."""

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    nodes = StreamField(NODES, blank=True, verbose_name=_("questions and outcomes"))

    objects = PageManager.from_queryset(TreeQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("nodes"),
        *LawBased.law_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        AnalysedSearchField("title", boost=5),
        AnalysedSearchField("summary", boost=2),
        AnalysedSearchField("nodes"),
        index.FilterField("locale"),
    ]
    template = "faq/decision_tree_page.html"
    page_description = _("A decision tree: questions that lead to an outcome")
    parent_page_types = ["faq.GuideIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("decision tree")
        verbose_name_plural = _("decision trees")

    def get_meta_description(self) -> str:
        return self.search_description or self.summary
