"""The glossary: one word per thing, in both languages."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from core.pages import SectionPage
from core.personal_data import only_staff
from law.acts import Drafted
from law.amendments import recheck_since
from law.citations import Citation, CitesLaw
from search.fields import AnalysedSearchField

ALPHABET = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}


def alphabetical(text: str, language: str) -> tuple:
    """Sort key in the order of the language's own alphabet: databases put ә, қ, і after я."""
    places = {letter: place for place, letter in enumerate(ALPHABET.get(language, ""))}
    return tuple((places.get(letter, -1), letter) for letter in text.casefold())


class TermQuerySet(SearchableQuerySetMixin, models.QuerySet["GlossaryTerm"]):
    def live(self):
        return self.filter(live=True)

    def explained_in_texts(self):
        return self.filter(is_marked=True)

    def with_recheck(self, day: datetime.date):
        """With `recheck_since`: since when a norm behind the term has changed and nobody has checked; or None."""
        return self.annotate(recheck_since=recheck_since(GlossaryTerm, day))

    def with_twin(self):
        """With `twin_term`: the same term in the other language, or None."""
        twins = GlossaryTerm.objects.live().filter(translation_key=OuterRef("translation_key"))
        return self.annotate(twin_term=Subquery(twins.exclude(locale=OuterRef("locale")).values("term")[:1]))

    def in_language(self, language: str) -> list[GlossaryTerm]:
        """Live terms of a language with their citations, in alphabetical order. Two queries."""
        citations = Prefetch("citations", TermCitation.objects.in_full())
        terms = self.live().filter(locale__language_code=language).prefetch_related(citations)
        return sorted(terms, key=lambda term: alphabetical(term.term, language))


class GlossaryTerm(CitesLaw, TranslatableMixin, Drafted, index.Indexed, ClusterableModel):
    """A word of the law explained; its twin stands beside it as a row of its own."""

    personal_data = only_staff("locked_by")

    term = models.CharField(_("term"), max_length=160)
    term_en = models.CharField(_("term in English"), max_length=160, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    slug = models.SlugField(_("slug"), max_length=60, help_text=_("Used in addresses; the same in both languages"))
    definition = models.TextField(_("definition"), max_length=600)
    is_marked = models.BooleanField(
        _("explained in texts"), default=True, help_text=_("Untick for an everyday word that needs no explanation")
    )

    objects = TermQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("term"), FieldPanel("abbreviation"), FieldPanel("term_en")]),
        FieldPanel("definition"),
        InlinePanel("citations", label=_("Provision"), heading=_("Legal basis")),
        MultiFieldPanel([FieldPanel("is_marked"), FieldPanel("slug")], heading=_("On the site")),
    ]
    search_fields = [
        index.AutocompleteField("term"),
        AnalysedSearchField("term", boost=4),
        AnalysedSearchField("abbreviation", boost=4),
        AnalysedSearchField("term_en", boost=2),
        AnalysedSearchField("definition"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_term_a_slug")]

    def __str__(self) -> str:
        return self.term


class TermCitation(Citation):
    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="citations")


class GlossaryPage(SectionPage):
    template = "faq/glossary_page.html"
    page_description = _("All terms in alphabetical order")
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        letters: dict[str, list[GlossaryTerm]] = {}
        language = self.locale.language_code
        for term in GlossaryTerm.objects.with_twin().with_recheck(timezone.localdate()).in_language(language):
            letters.setdefault(term.term[0].upper(), []).append(term)
        context["letters"] = letters
        context["twin_language"] = next((code for code, _name in settings.LANGUAGES if code != language), "")
        return context
