"""Guides: what to do, step by step."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, PageManager, PageQuerySet
from wagtail.search import index

from core.documents import may_have
from core.fields import StreamField
from core.pages import BasePage, SectionPage
from core.personal_data import NO_PERSONAL_DATA
from faq.enums import Audience
from faq.machine import steps_of
from faq.next_steps import NEXT_STEPS, NextStep, next_step
from faq.trees import DecisionTreePage
from law.basis import LawBased
from law.blocks import LAW_BLOCKS
from law.citations import Citation
from search.fields import AnalysedSearchField


class GuideQuerySet(PageQuerySet):
    def for_listing(self):
        return self.select_related("locale").defer("body").order_by("path")


class GuideIndexPage(SectionPage):
    template = "faq/guide_index_page.html"
    page_description = _("The list of guides")
    subpage_types = ["faq.GuidePage", "faq.DecisionTreePage"]

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["guides"] = GuidePage.objects.child_of(self).live().for_listing()
        context["trees"] = DecisionTreePage.objects.child_of(self).live().for_listing()
        return context


class GuideCitation(Citation):
    page = ParentalKey("faq.GuidePage", on_delete=models.CASCADE, related_name="citations")


class GuideDocument(Orderable):
    """A file to download beside the steps: a form, a sample."""

    personal_data = NO_PERSONAL_DATA

    page = ParentalKey("faq.GuidePage", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.PROTECT, related_name="+", verbose_name=_("document")
    )
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the title of the document"))

    panels = [FieldPanel("document"), FieldPanel("title")]


class GuidePage(LawBased, BasePage):
    """A guide one can follow with a phone in hand, or print."""

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    body = StreamField(LAW_BLOCKS, blank=True, verbose_name=_("steps and text"))
    next_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("next step"),
    )

    objects = PageManager.from_queryset(GuideQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("audience")], heading=_("What it is for")),
        FieldPanel("body"),
        InlinePanel(
            "documents",
            label=_("Document to download"),
            heading=_("Documents to download"),
            help_text=_("Forms and samples. A document of a private collection is shown to who may have it"),
        ),
        *LawBased.law_panels,
        PageChooserPanel("next_page", NEXT_STEPS),
    ]
    search_fields = [
        *BasePage.search_fields,
        AnalysedSearchField("title", boost=5),
        AnalysedSearchField("summary", boost=2),
        AnalysedSearchField("body"),
        index.FilterField("locale"),
    ]
    template = "faq/guide_page.html"
    page_description = _("A guide: numbered steps with the law behind them")
    parent_page_types = ["faq.GuideIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @cached_property
    def next_step(self) -> NextStep | None:
        return next_step(self, self.next_page_id)

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        rows = self.documents.select_related("document").order_by("sort_order")
        context["documents"] = [row for row in rows if may_have(row.document, request)]
        return context

    def structured_data(self, request: HttpRequest) -> list[dict]:
        return steps_of(self, request)

    def get_meta_description(self) -> str:
        return self.search_description or self.summary
