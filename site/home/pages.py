"""Home page and standard pages."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from core.fields import StreamField
from core.pages import BasePage
from courses.catalogue import CourseIndexPage, CoursePage
from courses.runs import CourseRun
from courses.seminars import SeminarIndexPage
from faq.questions import TopicPage
from home.search_page import SearchPage
from law.blocks import LAW_BLOCKS
from people.blocks import OfficesBlock
from search.fields import AnalysedSearchField

TILES = 8
RUNS = 3
COURSES = 4


class HomePage(BasePage):
    """Leads with the visitor's problem; who we are comes after."""

    heading = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("lead"), max_length=300, blank=True)
    search_placeholder = models.CharField(_("example in the search field"), max_length=80, blank=True)
    tries = models.TextField(_("searches to try"), blank=True, help_text=_("One a line, at most three are shown"))

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("lead")], heading=_("Top of the page")),
        MultiFieldPanel([FieldPanel("search_placeholder"), FieldPanel("tries")], heading=_("Search")),
    ]
    search_fields = [*BasePage.search_fields, AnalysedSearchField("lead")]
    template = "home/home_page.html"
    page_description = _("The first page of a language")
    parent_page_types = ["wagtailcore.Page"]

    def get_meta_description(self) -> str:
        return self.search_description or self.lead

    @property
    def try_list(self) -> list[str]:
        return [line.strip() for line in self.tries.splitlines() if line.strip()][:3]

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = (
            TopicPage.objects.descendant_of(self).live().select_related("locale").order_by("path")[:TILES]
        )
        context["runs"] = CourseRun.objects.listed().upcoming().for_cards()[:RUNS]
        context["courses"] = CoursePage.objects.descendant_of(self).live().for_listing()[:COURSES]
        for name, model in (
            ("search_page", SearchPage),
            ("seminar_index", SeminarIndexPage),
            ("course_index", CourseIndexPage),
        ):
            context[name] = model.objects.child_of(self).live().select_related("locale").first()
        return context


class StandardPage(BasePage):
    """Plain text: about the project, accessibility, personal data."""

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    body = StreamField([*LAW_BLOCKS, ("offices", OfficesBlock())], blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        AnalysedSearchField("title", boost=3),
        AnalysedSearchField("summary", boost=2),
        AnalysedSearchField("body"),
        index.FilterField("locale"),
    ]
    template = "home/standard_page.html"
    page_description = _("A plain page of text")
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_meta_description(self) -> str:
        return self.search_description or self.summary
