"""How pages and snippets cite provisions: rows, blocks and links in text, all found by one walk."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from core.personal_data import NO_PERSONAL_DATA
from law.acts import Provision


class CitesLaw(models.Model):
    """Marks a snippet whose words rest on provisions: an amendment reaches it, and the pages it is used on."""

    class Meta:
        abstract = True


class CitationQuerySet(models.QuerySet):
    def in_full(self):
        """With provision and act: what a page shows as its legal basis, in one query."""
        return self.select_related("provision__act").order_by("sort_order")


class Citation(Orderable):
    """A reference to a provision from a page or a snippet. Subclasses add the ParentalKey."""

    personal_data = NO_PERSONAL_DATA

    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="+", verbose_name=_("provision"))
    reason = models.CharField(
        _("why a repealed norm is cited"),
        max_length=200,
        blank=True,
        help_text=_("Needed only where the norm is no longer in force; readers see it"),
    )

    objects = CitationQuerySet.as_manager()

    panels = [FieldRowPanel([FieldPanel("provision"), FieldPanel("reason")])]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.provision)

    def clean(self) -> None:
        super().clean()
        if self.provision_id is not None:
            refuse_draft(self.provision)
            refuse_silent_repealed(self.provision, self.reason)


def refuse_silent_repealed(provision: Provision, reason: str) -> None:
    """A norm that is gone may be cited, with the reason. Raises ValidationError for `reason` without one."""
    if provision.is_repealed and not reason.strip():
        raise ValidationError(
            {"reason": _("%(provision)s is no longer in force. Say why it is cited.") % {"provision": provision}}
        )


def refuse_draft(provision: Provision) -> None:
    """Readers could not open a norm that is not published. Raises ValidationError for `provision`."""
    if not provision.is_public:
        raise ValidationError(
            {"provision": _("%(provision)s is a draft: publish it first.") % {"provision": provision}}
        )
