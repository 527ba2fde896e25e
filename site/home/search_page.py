"""The page of search results."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.pages import BasePage
from courses.catalogue import CoursePage, LessonPage
from faq.glossary import GlossaryTerm
from faq.guides import GuidePage
from faq.questions import QuestionPage
from faq.trees import DecisionTreePage
from search.analysis import MAX_CHARACTERS
from search.query import all_words, any_word, closeness

PER_PAGE = 15


@dataclass(frozen=True)
class Kind:
    """One kind of result: where it is searched and the text shown under its title."""

    key: str
    label: object
    model: type[Page]
    excerpt: str


# The order is the order of results: a true answer first.
KINDS = [
    Kind("question", _("Question"), QuestionPage, "short_answer"),
    Kind("guide", _("Guide"), GuidePage, "summary"),
    Kind("tree", _("Decision tree"), DecisionTreePage, "summary"),
    Kind("course", _("Course"), CoursePage, "summary"),
    Kind("lesson", _("Lesson"), LessonPage, "summary"),
]
LIMIT_A_KIND = 100


@dataclass
class Result:
    kind: Kind
    page: Page
    excerpt: str

    @property
    def weights(self) -> dict[str, float]:
        """Texts that say what the page is about, in the order of their worth."""
        unseen = f"{getattr(self.page, 'phrasings', '')}\n{getattr(self.page, 'hidden_words', '')}"
        return {self.excerpt: 1.0, unseen: 2.0, self.page.title: 3.0}


class SearchPage(BasePage):
    searched_by_title_only = True
    show_in_sitemap = False
    template = "home/search_page.html"
    page_description = _("Search results")
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_CHARACTERS]
        results, terms, relaxed = self.find(query)
        paginator = Paginator(results, PER_PAGE)
        context |= {
            "query": query,
            "terms": terms,
            "is_relaxed": relaxed,
            "results": paginator.get_page(request.GET.get("page")),
        }
        return context

    def find(self, query: str) -> tuple[list[Result], list[GlossaryTerm], bool]:
        """Results of every kind in this page's language, glossary terms, and whether words were dropped."""
        for relaxed, tree in ((False, all_words(query)), (True, any_word(query))):
            if tree is None:
                break
            results = [
                Result(kind, page, getattr(page, kind.excerpt))
                for kind in KINDS
                for page in kind.model.objects.live().filter(locale=self.locale).search(tree)[:LIMIT_A_KIND]
            ]
            # The two databases weigh words differently; the words of the title decide on both.
            results.sort(key=lambda result: -closeness(query, result.weights))
            terms = list(GlossaryTerm.objects.live().filter(locale=self.locale).search(tree)[:3])
            if results or terms:
                return results, terms, relaxed
        return [], [], False
