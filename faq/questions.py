"""Questions residents ask, by topic: a short true answer first, then how, then the law it rests on."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, PageManager, PageQuerySet
from wagtail.search import index

from core.fields import StreamField
from core.icons import icon_choices
from core.pages import BasePage, SectionPage
from core.personal_data import NO_PERSONAL_DATA
from faq.enums import Audience
from faq.life_events import LifeEvent, life_event
from faq.machine import question_and_answer
from faq.next_steps import NEXT_STEPS, NextStep, next_step
from faq.question_queries import QuestionQuerySet
from faq.related import RELATED, related_to
from faq.tags import QuestionTag, TaggedQuestion
from law.basis import LawBased
from law.blocks import LAW_BLOCKS
from law.citations import Citation
from search.fields import AnalysedSearchField

PER_PAGE = 30


class QuestionIndexPage(SectionPage):
    """All topics with their questions: one look shows whether an answer exists."""

    template = "faq/question_index_page.html"
    page_description = _("The list of topics")
    subpage_types = ["faq.TopicPage"]

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        questions = QuestionPage.objects.descendant_of(self).live()
        tag, event = asked(request, "tag"), asked(request, "event")
        context["events"] = LifeEvent.objects.of_questions(questions)
        if tag or event:
            # Slugs and keys are plain; an unknown one simply finds nothing.
            if tag:
                context["tag"] = QuestionTag.objects.filter(slug=tag, locale=self.locale).first()
                questions = questions.tagged(tag)
            if event:
                context["event"] = LifeEvent.objects.filter(key=event).first()
                questions = questions.of_event(event)
            context["found"] = Paginator(questions.for_listing(), PER_PAGE).get_page(request.GET.get("page"))
        else:
            context["topics"] = TopicPage.objects.child_of(self).live().with_questions()
        return context


def asked(request: HttpRequest, name: str) -> str:
    """A word of the address as a database may be asked for it."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:100]


class TopicQuerySet(PageQuerySet):
    def with_questions(self):
        """Topics in menu order, each with its first `.questions` and their whole `.number`.

        Two queries, and no more than a few rows a topic, whatever it holds.
        """
        topics = list(self.order_by("path"))
        questions = QuestionPage.objects.live().first_of_each([topic.path for topic in topics]) if topics else []
        for topic in topics:
            topic.questions = [question for question in questions if question.path.startswith(topic.path)]
            topic.number = topic.questions[0].number_in_topic if topic.questions else 0
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
        questions = QuestionPage.objects.child_of(self).live()
        context["audiences"] = questions.audiences()
        context["audience"] = audience = Audience(asked(request, "for")) if asked(request, "for") in Audience else None
        if audience:
            questions = questions.for_audience(audience)
        context["questions"] = Paginator(questions.for_listing(), PER_PAGE).get_page(request.GET.get("page"))
        return context


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
        MultiFieldPanel([FieldPanel("short_answer"), FieldPanel("body")], heading=_("Answer")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("audience"), FieldPanel("life_event")])],
            heading=_("Whose question it is"),
            help_text=_("Readers find it by the event in their life, and within a topic by whom it is for"),
        ),
        *LawBased.law_panels,
        MultiFieldPanel(
            [
                PageChooserPanel("next_page", NEXT_STEPS),
                InlinePanel(
                    "related_questions",
                    label=_("Related question"),
                    heading=_("Related questions"),
                    help_text=_("Up to three. Fewer are completed by questions on the same provisions and topic"),
                    max_num=RELATED,
                ),
            ],
            heading=_("After the answer"),
        ),
        MultiFieldPanel(
            [FieldPanel("phrasings"), FieldPanel("hidden_words"), FieldPanel("tags")],
            heading=_("Finding it"),
            help_text=_("Tags are shown to readers; the words above them are only searched"),
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
        """Live related questions: the editor's in her order, then by law and topic. Two queries at most."""
        return related_to(self)

    @cached_property
    def next_step(self) -> NextStep | None:
        return next_step(self, self.next_page_id)

    @property
    def event(self) -> LifeEvent | None:
        """The life event, without a query where it is remembered."""
        return life_event(self.life_event_id)

    def structured_data(self, request: HttpRequest) -> list[dict]:
        return [question_and_answer(self, request)]

    def get_meta_description(self) -> str:
        return self.search_description or self.short_answer

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["tags"] = list(self.tags.all())
        return context
