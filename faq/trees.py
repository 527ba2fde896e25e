"""Decision trees: a few questions that lead to an outcome with its legal basis and the next step."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.blocks import StructValue
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from core.fields import StreamField
from core.pages import BasePage
from faq.enums import Audience
from faq.next_steps import next_step
from faq.tree_blocks import NodesBlock, nodes_of, skeleton_of
from faq.tree_outline import Row, outline
from faq.tree_state import Fault, Node, faults, path_in_twin, walk
from law.basis import LawBased, by_act
from law.citations import Citation
from law.cited import Cited
from search.fields import AnalysedSearchField


class BrokenTreeError(ValidationError):
    """A tree cannot be published as it is. The messages name its nodes; `page` is the tree."""

    def __init__(self, page: DecisionTreePage, found: list[Fault]) -> None:
        self.page = page
        super().__init__({"nodes": [fault.message for fault in found]})


class TreeCitation(Citation):
    page = ParentalKey("faq.DecisionTreePage", on_delete=models.CASCADE, related_name="citations")


class TreeQuerySet(PageQuerySet):
    def for_listing(self):
        return self.select_related("locale").defer("nodes").order_by("path")


class DecisionTreeForm(WagtailAdminPageForm):
    def defer_required_fields(self):
        """A draft may be incomplete, but not on its way through a workflow: approving it publishes it unread."""
        super().defer_required_fields()
        if self.instance.pk and self.instance.workflow_in_progress and "nodes" in self.fields:
            self.fields["nodes"].is_deferred_validation = False


class DecisionTreePage(LawBased, BasePage):
    """«Who has to repair it?»: the first node is where a person starts.

    The answers taken stand in the address, `?a=1.3.2`, and nowhere else: a place in the tree can be
    sent to the chat of the house, and needs neither cookie nor script.
    """

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    nodes = StreamField(NodesBlock(), blank=True, verbose_name=_("questions and outcomes"))

    objects = PageManager.from_queryset(TreeQuerySet)()
    base_form_class = DecisionTreeForm

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("audience"),
        HelpPanel(heading=_("The saved tree at a glance"), template="faq/admin/tree_outline.html"),
        FieldPanel("nodes", help_text=_("The first one is where a reader starts")),
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

    @cached_property
    def skeleton(self) -> list[Node]:
        """The nodes as a path needs them. No query."""
        return skeleton_of(self.nodes)

    @property
    def faults(self) -> list[Fault]:
        """What keeps the tree from being published."""
        return faults(nodes_of(self.nodes))

    @property
    def outline(self) -> list[Row]:
        return outline(self.skeleton)

    def save(self, *args, **kwargs):
        """Raises BrokenTreeError for a live page: a translation is written into it before it is published.

        Only where its answers lead is looked at: a norm that has gone must not keep a page from being saved.
        """
        written = kwargs.get("update_fields")
        if self.live and (written is None or "nodes" in written):
            shape = [replace(node, is_grounded=True) for node in skeleton_of(self.nodes)]
            if found := faults(shape):
                raise BrokenTreeError(self, found)
        return super().save(*args, **kwargs)

    def publish(self, revision, user=None, **kwargs):
        """Publishes or schedules. Raises BrokenTreeError, whoever asks: a form, a command, a translation.

        What was scheduled was looked at then: the timer that brings it must not stop at it, others wait behind.
        """
        if revision.approved_go_live_at is None and (found := revision.as_object().faults):
            raise BrokenTreeError(self, found)
        return super().publish(revision, user=user, **kwargs)

    def get_meta_description(self) -> str:
        return self.search_description or self.summary

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        taken = walk(self.skeleton, request.GET.get("a", ""))
        context["walk"] = taken
        if taken.node:
            context["node"] = self.nodes[self.skeleton.index(taken.node)].value
            if taken.node.is_outcome:
                context |= self._about_outcome(context["node"])
        if taken.steps and self.twin and (path := path_in_twin(taken, self.twin.skeleton)):
            context["twin_suffix"] = f"?a={path}"
        return context

    def _about_outcome(self, node: StructValue) -> dict:
        following = node["next_page"]
        provisions = (each for each in node["provisions"] if each is not None and each.is_public)
        return {
            "sources": by_act(Cited(each) for each in provisions),
            "next_step": next_step(self, following.pk if following else None),
        }
