"""Acts, their provisions, and how pages cite them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.bilingual import in_language
from core.personal_data import NO_PERSONAL_DATA
from law import references
from law.enums import ACT_RANK, ActKind, ActState
from search.fields import AnalysedSearchField


class LegalActQuerySet(models.QuerySet["LegalAct"]):
    def by_rank(self):
        """From the constitution down; newer acts of one rank first."""
        rank = models.Case(
            *(models.When(kind=kind, then=models.Value(place)) for kind, place in ACT_RANK.items()),
            output_field=models.IntegerField(),
        )
        return self.alias(rank=rank).order_by("rank", models.F("date").desc(nulls_last=True), "pk")


class LegalAct(index.Indexed, ClusterableModel):
    """A legal act, one row for both languages."""

    personal_data = NO_PERSONAL_DATA

    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("Used in addresses; never changes"))
    kind = models.CharField(_("kind"), max_length=20, choices=ActKind.choices)
    number = models.CharField(_("number"), max_length=40, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=ActState.choices, default=ActState.IN_FORCE)
    edition_date = models.DateField(_("current edition of"), null=True, blank=True)
    is_verified = models.BooleanField(_("checked against the official text"), default=False)
    title_kk = models.CharField(_("title in Kazakh"), max_length=400)
    title_ru = models.CharField(_("title in Russian"), max_length=400)
    url_kk = models.URLField(_("official text in Kazakh"), blank=True)
    url_ru = models.URLField(_("official text in Russian"), blank=True)
    note_kk = models.TextField(_("note in Kazakh"), blank=True)
    note_ru = models.TextField(_("note in Russian"), blank=True)

    objects = LegalActQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("title_kk"), FieldPanel("title_ru")], heading=_("Title")),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("date")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("edition_date"), FieldPanel("is_verified")]),
        MultiFieldPanel([FieldPanel("url_kk"), FieldPanel("url_ru")], heading=_("Official text")),
        MultiFieldPanel([FieldPanel("note_kk"), FieldPanel("note_ru")], heading=_("Note for readers")),
        FieldPanel("key"),
        InlinePanel("provisions", label=_("Provisions")),
    ]
    search_fields = [
        index.AutocompleteField("title_kk"),
        index.AutocompleteField("title_ru"),
        AnalysedSearchField("title_kk", boost=3),
        AnalysedSearchField("title_ru", boost=3),
        AnalysedSearchField("number"),
    ]

    class Meta:
        verbose_name = _("legal act")
        verbose_name_plural = _("legal acts")

    def __str__(self) -> str:
        return f"{self.title} № {self.number}" if self.number else self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def url(self) -> str:
        return in_language(self, "url")

    @property
    def note(self) -> str:
        return in_language(self, "note")


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def with_act(self):
        return self.select_related("act")


class Provision(index.Indexed, models.Model):
    """An article of an act, or a part of it."""

    personal_data = NO_PERSONAL_DATA

    act = ParentalKey(LegalAct, on_delete=models.PROTECT, related_name="provisions", verbose_name=_("act"))
    ref = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        help_text=_("42, 42(8), 42(5)(12), 51-1(4). Empty: the act as a whole"),
    )
    gist_kk = models.CharField(_("gist in Kazakh"), max_length=300, blank=True)
    gist_ru = models.CharField(_("gist in Russian"), max_length=300, blank=True)

    objects = ProvisionQuerySet.as_manager()

    panels = [
        FieldPanel("ref"),
        FieldRowPanel([FieldPanel("gist_kk"), FieldPanel("gist_ru")]),
    ]
    search_fields = [
        index.AutocompleteField("ref"),
        index.RelatedFields("act", [index.AutocompleteField("title_kk"), index.AutocompleteField("title_ru")]),
    ]

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [models.UniqueConstraint(fields=["act", "ref"], name="one_provision_a_reference")]

    def __str__(self) -> str:
        return f"{self.words} — {self.act.title}" if self.ref else self.act.title

    def clean(self) -> None:
        super().clean()
        if not self.ref:
            return
        try:
            references.parse(self.ref)
        except ValueError as error:
            raise ValidationError({"ref": _("Write it like 42, 42(8) or 42(5)(12).")}) from error

    @property
    def words(self) -> str:
        """The reference in words of the active language."""
        return references.in_words(self.ref, act=self.act.key)

    @property
    def gist(self) -> str:
        return self.gist_kk if get_language() == "kk" else self.gist_ru

    @property
    def sort_key(self):
        return references.sort_key(self.ref)


class CitationQuerySet(models.QuerySet):
    def in_full(self):
        """With provision and act: what a page shows as its legal basis, in one query."""
        return self.select_related("provision__act").order_by("sort_order")


class Citation(Orderable):
    """A page's reference to a provision. Subclasses add the ParentalKey."""

    personal_data = NO_PERSONAL_DATA

    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="+", verbose_name=_("provision"))

    objects = CitationQuerySet.as_manager()

    panels = [FieldPanel("provision")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.provision)


from law.duties import CalendarFeed, Duty  # noqa: E402  lean on Provision
from law.pages import ActIndexPage  # noqa: E402  page types live in their own module but are models of this app

__all__ = ["ActIndexPage", "CalendarFeed", "Citation", "Duty", "LegalAct", "Provision"]
