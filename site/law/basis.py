"""Pages that lean on the law: their legal basis and who checked it against which edition."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from law.models import Citation, LegalAct


@dataclass(frozen=True)
class ActBasis:
    """The provisions of one act that a page cites, in the page's order."""

    act: LegalAct
    citations: list[Citation]


class LawBased(models.Model):
    """A page whose statements cite provisions. The model needs a `citations` child relation.

    `edition_date` is the edition of the housing law the text was compared with; `is_verified` says
    that every source was the act itself. Until a lawyer has signed, the page says it is unchecked.
    """

    edition_date = models.DateField(_("checked against the edition of"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewer = models.CharField(
        _("reviewed by"), max_length=150, blank=True, help_text=_("Name and role, as readers see it")
    )
    is_verified = models.BooleanField(
        _("every source is the act itself"), default=True, help_text=_("Untick to mark the page for a lawyer")
    )

    law_panels = [
        MultiFieldPanel(
            [
                InlinePanel("citations", label=_("Provision")),
                FieldRowPanel([FieldPanel("edition_date"), FieldPanel("reviewed_on")]),
                FieldPanel("reviewer"),
                FieldPanel("is_verified"),
            ],
            heading=_("Legal basis"),
        )
    ]

    class Meta:
        abstract = True

    @cached_property
    def basis(self) -> list[ActBasis]:
        """Citations grouped by act. One query, whatever the number of citations."""
        grouped: dict[int, ActBasis] = {}
        for citation in self._citation_rows():
            act = citation.provision.act
            grouped.setdefault(act.pk, ActBasis(act, [])).citations.append(citation)
        return list(grouped.values())

    def _citation_rows(self) -> models.QuerySet:
        """The citations as they stand on this page: a draft's are in memory, where named querysets do not reach."""
        rows: models.Manager = getattr(self, "citations")  # noqa: B009  the child relation of the page type
        return rows.select_related("provision__act").order_by("sort_order")

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewer and self.reviewed_on)
