"""Questions residents ask, by topic: a short true answer first, then how, then the law it rests on."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, PageManager, PageQuerySet, TranslatableMixin
from wagtail.search import index

from core.fields import StreamField
from core.icons import icon_choices
from core.pages import BasePage, SectionPage
from core.personal_data import NO_PERSONAL_DATA
from faq.enums import Audience
from faq.life_events import LifeEvent
from law.basis import LawBased
from law.blocks import LAW_BLOCKS
from law.citations import Citation
from search.fields import AnalysedSearchField

PER_PAGE = 30
# Types of pages by name: courses are another app of this layer.
NEXT_STEPS = ["faq.GuidePage", "faq.DecisionTreePage", "courses.CoursePage", "home.StandardPage"]


class QuestionIndexPage(SectionPage):
    """All topics with their questions: one look shows whether an answer exists."""

    template = "faq/question_index_page.html"
    page_description = _("The list of topics")
    subpage_types = ["faq.TopicPage"]

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = TopicPage.objects.child_of(self).live().with_questions()
        tag = request.GET.get("tag", "").replace("\x00", "")[:100]
        if tag:
            # taggit slugs are plain; an unknown one simply finds nothing
            context["tag"] = QuestionTag.objects.filter(slug=tag, locale=self.locale).first()
            questions = QuestionPage.objects.descendant_of(self).live().tagged(tag).for_listing()
            context["tagged"] = Paginator(questions, PER_PAGE).get_page(request.GET.get("page"))
        return context


class TopicQuerySet(PageQuerySet):
    def with_questions(self):
        """Topics in menu order, each with `.questions`: two queries, whatever their number."""
        topics = list(self.order_by("path"))
        questions = QuestionPage.objects.live().for_listing()
        by_parent: dict[str, list[QuestionPage]] = {topic.path: [] for topic in topics}
        if topics:
            for question in questions.descendants_of_paths([topic.path for topic in topics]):
                by_parent.setdefault(question.path[: -QuestionPage.steplen], []).append(question)
        for topic in topics:
            topic.questions = by_parent[topic.path]
        return topics


class TopicPage(BasePage):
    """One topic in the words of the person who has the problem."""

    intro = models.TextField(_("introduction"), blank=True, max_length=200)
    icon = models.CharField(_("icon"), max_length=30, default="info", choices=icon_choices)

    objects = PageManager.from_queryset(TopicQuerySet)()

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("icon")]
    search_fields = [*BasePage.search_fields, AnalysedSearchField("intro")]
    template = "faq/topic_page.html"
    page_description = _("A topic that groups questions")
    parent_page_types = ["faq.QuestionIndexPage"]
    subpage_types = ["faq.QuestionPage"]

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        questions = QuestionPage.objects.child_of(self).live().for_listing()
        context["questions"] = Paginator(questions, PER_PAGE).get_page(request.GET.get("page"))
        return context


class QuestionTag(TranslatableMixin, TagBase):
    """A public tag. Kazakh and Russian tags are rows of their own, so each language shows its own words."""

    personal_data = NO_PERSONAL_DATA

    # taggit wants both unique; «кворум» is a word of both languages.
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, allow_unicode=True)

    free_tagging = False

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_tag_a_slug")]


class TaggedQuestion(ItemBase):
    personal_data = NO_PERSONAL_DATA

    tag = models.ForeignKey(QuestionTag, on_delete=models.CASCADE, related_name="tagged_questions")
    content_object = ParentalKey("faq.QuestionPage", on_delete=models.CASCADE, related_name="tagged_items")


class QuestionQuerySet(PageQuerySet):
    def for_listing(self):
        """Oldest place first, with what a list shows."""
        return self.select_related("locale").order_by("path")

    def tagged(self, slug: str):
        return self.filter(tags__slug=slug)

    def descendants_of_paths(self, paths: list[str]):
        within = models.Q()
        for path in paths:
            within |= models.Q(path__startswith=path)
        return self.filter(within)


class QuestionCitation(Citation):
    page = ParentalKey("faq.QuestionPage", on_delete=models.CASCADE, related_name="citations")


class RelatedQuestion(Orderable):
    personal_data = NO_PERSONAL_DATA

    page = ParentalKey("faq.QuestionPage", on_delete=models.CASCADE, related_name="related_questions")
    question = models.ForeignKey(
        "faq.QuestionPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("question")
    )

    panels = [PageChooserPanel("question", "faq.QuestionPage")]


class QuestionPage(LawBased, BasePage):
    """A question and its answer. The title is the question as a resident would ask it."""

    short_answer = models.TextField(
        _("short answer"), max_length=300, help_text=_("Two sentences that already help. Up to 300 characters.")
    )
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    life_event = models.ForeignKey(
        LifeEvent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("life event")
    )
    body = StreamField(LAW_BLOCKS, blank=True, verbose_name=_("answer"))
    phrasings = models.TextField(
        _("the same question in other words"),
        blank=True,
        help_text=_("One a line, as residents ask it. Searched, not shown"),
    )
    hidden_words = models.TextField(
        _("words people use"), blank=True, help_text=_("Searched but not shown: how residents really ask")
    )
    tags = ClusterTaggableManager(through=TaggedQuestion, blank=True, verbose_name=_("tags"))
    next_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("next step"),
        help_text=_("A guide, a decision tree, a course or a page that helps to act on the answer"),
    )

    objects = PageManager.from_queryset(QuestionQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("short_answer"),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("life_event")]),
        PageChooserPanel("next_page", NEXT_STEPS),
        *LawBased.law_panels,
        MultiFieldPanel(
            [
                FieldPanel("phrasings"),
                FieldPanel("hidden_words"),
                FieldPanel("tags"),
                InlinePanel("related_questions", label=_("Related question"), max_num=3),
            ],
            heading=_("Finding it"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        AnalysedSearchField("title", boost=6),
        AnalysedSearchField("phrasings", boost=5),
        AnalysedSearchField("hidden_words", boost=4),
        AnalysedSearchField("short_answer", boost=2),
        AnalysedSearchField("body"),
        index.FilterField("locale"),
    ]
    template = "faq/question_page.html"
    page_description = _("One question with a short answer, the answer and its legal basis")
    parent_page_types = ["faq.TopicPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    @cached_property
    def related(self) -> list[QuestionPage]:
        """Live related questions in the editor's order. One query."""
        rows = self.related_questions.select_related("question__locale").order_by("sort_order")
        return [row.question for row in rows if row.question.live]

    def get_meta_description(self) -> str:
        return self.search_description or self.short_answer

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["tags"] = list(self.tags.all())
        return context
