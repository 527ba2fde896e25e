"""Course and lesson pages."""

from __future__ import annotations

from django import forms
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.fields import StreamField
from core.pages import BasePage, SectionPage
from courses.blocks import LESSON_BLOCKS
from courses.course import Course
from courses.enums import Level
from courses.runs import CourseRun
from law.basis import LawBased
from law.blocks import LAW_BLOCKS
from law.citations import Citation
from search.fields import AnalysedSearchField


class CourseIndexPage(SectionPage):
    template = "courses/course_index_page.html"
    page_description = _("The catalogue of courses")
    subpage_types = ["courses.CoursePage"]

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["courses"] = CoursePage.objects.child_of(self).live().for_listing()
        return context


class CourseQuerySet(PageQuerySet):
    def for_listing(self):
        """Catalogue order with course facts and the number of live lessons: one query."""
        lessons = (
            LessonPage.objects.live()
            .filter(path__startswith=OuterRef("path"))
            .order_by()
            .annotate(one=models.Value(1))
            .values("one")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return (
            self.filter(course__is_archived=False)
            .select_related("course", "locale")
            .annotate(lesson_count=Coalesce(Subquery(lessons), 0))
            .order_by("path")
        )


class CoursePageForm(WagtailAdminPageForm):
    """Puts the facts of the language-neutral course among the page's own fields."""

    code = forms.SlugField(label=_("code"), max_length=20, required=False, help_text=_("Empty: given by the site"))
    hours = forms.IntegerField(label=_("hours"), min_value=1, max_value=400, initial=1)
    level = forms.ChoiceField(label=_("level"), choices=Level.choices, initial=Level.BASIC)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        course = Course.objects.filter(key=self.instance.translation_key).first()
        if course:
            for name in ("code", "hours", "level"):
                self.fields[name].initial = getattr(course, name)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if code and Course.objects.filter(code=code).exclude(key=self.instance.translation_key).exists():
            raise forms.ValidationError(_("Another course has this code."))
        return code

    def save(self, commit=True):
        self.instance.course_facts = {name: self.cleaned_data.get(name) for name in ("code", "hours", "level")}
        return super().save(commit)


class CoursePage(BasePage):
    """What a course gives, to whom, and its lessons. Both languages share one `Course`."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="pages", editable=False)
    summary = models.TextField(_("summary"), max_length=200)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    intro = StreamField(LAW_BLOCKS, blank=True, verbose_name=_("introduction"))
    outcomes = StreamField(
        [("outcome", blocks.CharBlock(label=_("Outcome"), max_length=200))],
        blank=True,
        verbose_name=_("what you will be able to do"),
    )

    objects = PageManager.from_queryset(CourseQuerySet)()
    base_form_class = CoursePageForm
    course_facts: dict | None = None

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("for_whom"),
        FieldPanel("intro"),
        FieldPanel("outcomes"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("code"), FieldPanel("hours"), FieldPanel("level")])],
            heading=_("Facts: one for both languages, saved at once"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        AnalysedSearchField("title", boost=5),
        AnalysedSearchField("summary", boost=2),
        AnalysedSearchField("intro"),
        AnalysedSearchField("outcomes"),
        index.FilterField("locale"),
    ]
    override_translatable_fields = [SynchronizedField("course", overridable=False)]
    template = "courses/course_page.html"
    page_description = _("A course with its lessons")
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    def save(self, *args, **kwargs):
        """Makes the course with its first page, and keeps the facts an editor typed beside the text.

        A copied page has a key of its own and so gets a course of its own.
        """
        facts = {name: value for name, value in (self.course_facts or {}).items() if value}
        if self.course_id is None or self.course.key != self.translation_key:
            code = facts.pop("code", None) or Course.next_code()
            self.course, _created = Course.objects.get_or_create(key=self.translation_key, defaults={"code": code})
        if facts:
            Course.objects.filter(pk=self.course_id).update(**facts)
        self.course_facts = None
        super().save(*args, **kwargs)

    def get_meta_description(self) -> str:
        return self.search_description or self.summary

    @cached_property
    def lessons(self) -> list[LessonPage]:
        """Live lessons in the course's order. One query."""
        return list(LessonPage.objects.child_of(self).live().for_listing())

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["lessons"] = self.lessons
        context["runs"] = CourseRun.objects.listed().upcoming().filter(course=self.course).for_cards()[:3]
        return context


class LessonQuerySet(PageQuerySet):
    def for_listing(self):
        return self.select_related("locale").defer("body").order_by("path")


class LessonCitation(Citation):
    page = ParentalKey("courses.LessonPage", on_delete=models.CASCADE, related_name="citations")


class LessonPage(LawBased, BasePage):
    """One lesson. Its place among the course's lessons is its place in the page tree."""

    summary = models.TextField(_("summary"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    body = StreamField(LESSON_BLOCKS, blank=True, verbose_name=_("lesson"))

    objects = PageManager.from_queryset(LessonQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        *LawBased.law_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        AnalysedSearchField("title", boost=4),
        AnalysedSearchField("summary", boost=2),
        AnalysedSearchField("body"),
        index.FilterField("locale"),
    ]
    template = "courses/lesson_page.html"
    page_description = _("One lesson of a course")
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def get_meta_description(self) -> str:
        return self.search_description or self.summary

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        lessons = list(LessonPage.objects.sibling_of(self).live().for_listing())
        place = next((place for place, lesson in enumerate(lessons) if lesson.pk == self.pk), None)
        context["lessons"] = lessons
        if place is not None:
            context["number"] = place + 1
            context["previous"] = lessons[place - 1] if place else None
            context["following"] = lessons[place + 1] if place + 1 < len(lessons) else None
        return context
