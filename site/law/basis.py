"""Pages that lean on the law: their legal basis, the stamp of the last review, and what readers see of a change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page

from law.acts import LegalAct
from law.amendments import RadarItem, radar_content_type
from law.change_notes import ChangeNote
from law.cited import Cited, cited_by
from law.reviews import ReviewState
from law.standing import Standing, standing_of

BASIS_SHOWN = 6  # citations; a longer list would push the next step off a phone's screen


@dataclass(frozen=True)
class ActBasis:
    """The provisions of one act that a page cites, in the page's order."""

    act: LegalAct
    citations: list[Cited] = field(default_factory=list)


def by_act(citations: Iterable[Cited]) -> list[ActBasis]:
    """Citations grouped by act, acts in the order they are met."""
    grouped: dict[int, ActBasis] = {}
    for cited in citations:
        act = cited.provision.act
        grouped.setdefault(act.pk, ActBasis(act)).citations.append(cited)
    return list(grouped.values())


class LawBased(models.Model):
    """A page whose statements cite provisions. The model needs a `citations` child relation.

    `is_verified` says that every source was the act itself. Who signed the page stands in `ReviewState`.
    """

    is_verified = models.BooleanField(
        _("every source is the act itself"), default=True, help_text=_("Untick to mark the page for a lawyer")
    )
    mark_terms = models.BooleanField(
        _("explain terms in the text"), default=True, help_text=_("The first time a word of the glossary is met")
    )
    change_note = models.TextField(
        _("what changed and why"),
        max_length=500,
        blank=True,
        help_text=_("Readers see it, with the date and the text as it stood. Empty: nothing worth telling"),
    )

    law_panels = [
        MultiFieldPanel(
            [InlinePanel("citations", label=_("Provision")), FieldPanel("is_verified"), FieldPanel("mark_terms")],
            heading=_("Legal basis"),
        ),
        MultiFieldPanel([FieldPanel("change_note")], heading=_("For readers who were here before")),
    ]

    # Told by `to_read`; None where the page was fetched in another way.
    has_rechecks: bool | None = None
    has_change_notes: bool | None = None

    class Meta:
        abstract = True

    @classmethod
    def to_read(cls):
        """With its review, and whether there is what most pages do not have and are not asked for then."""
        rechecks = RadarItem.objects.under_recheck(timezone.localdate()).filter(
            content_type=radar_content_type(Page), object_id=OuterRef("pk")
        )
        pages = super().to_read().select_related("review_state")  # type: ignore[misc]
        return pages.annotate(
            has_rechecks=Exists(rechecks), has_change_notes=Exists(ChangeNote.objects.filter(page=OuterRef("pk")))
        )

    @cached_property
    def cited(self) -> list[Cited]:
        """Every provision the page leans on, by whatever route, once each, in the page's order."""
        return cited_by(self)

    @cached_property
    def basis(self) -> list[ActBasis]:
        """`cited` grouped by act."""
        return by_act(self.cited)

    @cached_property
    def basis_parts(self) -> tuple[list[ActBasis], list[ActBasis]]:
        """`basis` as it is shown: its first citations, and the rest that opens on demand."""
        shown, rest = [], []
        room = BASIS_SHOWN
        for part in self.basis:
            if room > 0:
                shown.append(ActBasis(part.act, part.citations[:room]))
            if len(part.citations) > max(room, 0):
                rest.append(ActBasis(part.act, part.citations[max(room, 0) :]))
            room -= len(part.citations)
        return shown, rest

    @cached_property
    def review(self) -> ReviewState:
        """The state of review; an empty one where the page was never compared. No query where the router fetched it."""
        return getattr(self, "review_state", None) or ReviewState()

    @cached_property
    def rechecks(self) -> list[RadarItem]:
        """Amendments in force that nobody has checked this page against, the earliest first. One query."""
        if self.pk is None or self.has_rechecks is False:
            return []
        items = RadarItem.objects.of(self).under_recheck(timezone.localdate())
        return list(items.select_related("amendment").order_by("amendment__in_force_on", "pk"))

    @property
    def recheck_since(self) -> datetime.date | None:
        """The day from which the page is under re-check; None while it may be relied on."""
        return self.rechecks[0].amendment.in_force_on if self.rechecks else None

    @property
    def standing(self) -> Standing:
        """What may be said of the page today."""
        return standing_of(self, timezone.localdate())

    @property
    def is_review_overdue(self) -> bool:
        return self.review.is_overdue(timezone.localdate())

    def publish(self, revision, user=None, **kwargs):
        """Publishes as any page does, and keeps the change note with the text as it stood."""
        from law.change_actions import note_of_publication  # it reads pages

        with note_of_publication(self, revision=revision, user=user):
            return super().publish(revision, user=user, **kwargs)  # type: ignore[misc]


def is_law_based(page: Page) -> bool:
    return isinstance(page, LawBased)
