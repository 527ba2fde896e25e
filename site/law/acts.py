"""Acts and their provisions: one row for both languages, drafts and history by Wagtail."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from core.bilingual import in_language
from core.personal_data import only_staff
from law import references
from law.enums import ACT_RANK, ActKind, ActState, ProvisionState
from search.fields import AnalysedSearchField


class Drafted(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A snippet with drafts, history, locks and workflows: all that Wagtail offers for a text that must be right."""

    class Meta:
        abstract = True


class LegalActQuerySet(models.QuerySet["LegalAct"]):
    def live(self):
        return self.filter(live=True)

    def by_rank(self):
        """From the constitution down; newer acts of one rank first."""
        rank = models.Case(
            *(models.When(kind=kind, then=models.Value(place)) for kind, place in ACT_RANK.items()),
            output_field=models.IntegerField(),
        )
        return self.alias(rank=rank).order_by("rank", models.F("date").desc(nulls_last=True), "pk")

    def with_sizes(self):
        """With `.size`: how many provisions of each act stand in the register."""
        return self.annotate(size=models.Count("provisions"))


class LegalAct(Drafted, index.Indexed, models.Model):
    """A legal act, one row for both languages."""

    personal_data = only_staff("locked_by")

    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("Used in addresses; never changes"))
    kind = models.CharField(_("kind"), max_length=20, choices=ActKind.choices)
    number = models.CharField(_("number"), max_length=40, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=ActState.choices, default=ActState.IN_FORCE)
    edition_date = models.DateField(_("current edition of"), null=True, blank=True)
    is_verified = models.BooleanField(_("checked against the official text"), default=False)
    title_kk = models.CharField(_("title in Kazakh"), max_length=400)
    title_ru = models.CharField(_("title in Russian"), max_length=400)
    short_kk = models.CharField(_("short name in Kazakh"), max_length=120, blank=True)
    short_ru = models.CharField(_("short name in Russian"), max_length=120, blank=True)
    aliases = models.TextField(
        _("how people call it"),
        blank=True,
        help_text=_(
            "One a line, in any language: «КоАП», «ЗРК О жилищных отношениях». The finder of citations reads them"
        ),
    )
    url_kk = models.URLField(_("official text in Kazakh"), blank=True)
    url_ru = models.URLField(_("official text in Russian"), blank=True)
    note_kk = models.TextField(_("note in Kazakh"), blank=True)
    note_ru = models.TextField(_("note in Russian"), blank=True)

    objects = LegalActQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("title_kk"), FieldPanel("title_ru")], heading=_("Title")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("short_kk"), FieldPanel("short_ru")]), FieldPanel("aliases")],
            heading=_("How it is called"),
        ),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("date")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("edition_date"), FieldPanel("is_verified")]),
        MultiFieldPanel([FieldPanel("url_kk"), FieldPanel("url_ru")], heading=_("Official text")),
        MultiFieldPanel([FieldPanel("note_kk"), FieldPanel("note_ru")], heading=_("Note for readers")),
        FieldPanel("key"),
    ]
    search_fields = [
        index.AutocompleteField("title_kk"),
        index.AutocompleteField("title_ru"),
        AnalysedSearchField("title_kk", boost=3),
        AnalysedSearchField("title_ru", boost=3),
        AnalysedSearchField("number"),
        AnalysedSearchField("aliases"),
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
    def short(self) -> str:
        """The short name, or the title where there is none."""
        return in_language(self, "short") or self.title

    @property
    def url(self) -> str:
        return in_language(self, "url")

    @property
    def note(self) -> str:
        return in_language(self, "note")

    @property
    def rank(self) -> int:
        """Place in the hierarchy, 0 the highest."""
        return ACT_RANK[ActKind(self.kind)]

    @property
    def is_repealed(self) -> bool:
        return self.state == ActState.REPEALED


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def live(self):
        return self.filter(live=True)

    def published(self):
        """What readers may see: no draft, and not of a draft act."""
        return self.live().filter(act__live=True)

    def of_act(self, act: LegalAct):
        return self.filter(act=act)


class ProvisionManager(models.Manager["Provision"]):
    def get_queryset(self):
        """Always with its act: a provision without the name of its act says nothing, and blocks cannot ask for it."""
        return super().get_queryset().select_related("act")


class Provision(Drafted, index.Indexed, models.Model):
    """An article of an act, or a part of it."""

    personal_data = only_staff("locked_by")

    act = models.ForeignKey(LegalAct, on_delete=models.PROTECT, related_name="provisions", verbose_name=_("act"))
    ref = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        help_text=_("42, 42(8), 42(5)(12), 51-1(4). Empty: the act as a whole"),
    )
    gist_kk = models.CharField(_("gist in Kazakh"), max_length=300, blank=True)
    gist_ru = models.CharField(_("gist in Russian"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=ProvisionState.choices, default=ProvisionState.IN_FORCE)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
        help_text=_("Where the rule stands now, when this one is no longer in force"),
    )

    objects = ProvisionManager.from_queryset(ProvisionQuerySet)()

    panels = [
        FieldRowPanel([FieldPanel("act"), FieldPanel("ref")]),
        FieldRowPanel([FieldPanel("gist_kk"), FieldPanel("gist_ru")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("replaced_by"),
    ]
    search_fields = [
        index.AutocompleteField("ref"),
        index.AutocompleteField("gist_kk"),
        index.AutocompleteField("gist_ru"),
        index.RelatedFields("act", [index.AutocompleteField("title_kk"), index.AutocompleteField("title_ru")]),
        index.FilterField("act_id"),
    ]

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [models.UniqueConstraint(fields=["act", "ref"], name="one_provision_a_reference")]

    def __str__(self) -> str:
        return f"{self.words} — {self.act.title}" if self.ref else self.act.title

    def clean(self) -> None:
        super().clean()
        if self.ref:
            try:
                references.parse(self.ref)
            except ValueError as error:
                raise ValidationError({"ref": _("Write it like 42, 42(8) or 42(5)(12).")}) from error
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("It cannot end before it begins.")})
        if self.replaced_by_id is not None and self._comes_back():
            raise ValidationError({"replaced_by": _("These provisions would replace each other in a circle.")})

    def _comes_back(self) -> bool:
        """Whether following «replaced by» leads to this row again. A query a step; chains are short."""
        seen = {self.pk}
        following = self.replaced_by_id
        while following is not None:
            if following in seen:
                return True
            seen.add(following)
            following = Provision.objects.filter(pk=following).values_list("replaced_by_id", flat=True).first()
        return False

    @property
    def words(self) -> str:
        """The reference in words of the active language; empty for the act as a whole."""
        return references.in_words(self.ref, act=self.act.key)

    @property
    def name(self) -> str:
        """What stands in a list of sources: «Статья 42, пункт 8», or the act where there is no reference."""
        return capfirst(self.words) or self.act.title

    @property
    def gist(self) -> str:
        return self.gist_kk if get_language() == "kk" else self.gist_ru

    @property
    def slug(self) -> str:
        """The reference as it stands in an address: 42.5.12; `act` for the act as a whole."""
        return references.slug(self.ref)

    @cached_property
    def sort_key(self):
        return references.sort_key(self.ref)

    @property
    def is_repealed(self) -> bool:
        return self.state == ProvisionState.REPEALED or self.act.is_repealed

    @property
    def is_public(self) -> bool:
        """Whether readers may see it: no draft, and not of a draft act."""
        return self.live and self.act.live
