"""Staff who look at people's data leave a record."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.personal_data import PersonalData


class AccessKind(models.TextChoices):
    ROSTER = "roster", _("list of participants")
    ROSTER_EXPORT = "roster_export", _("file with participants")
    ACCOUNT = "account", _("account")
    ACCOUNTS = "accounts", _("list of accounts")
    MEMBERSHIPS = "memberships", _("people of an association")
    PROTOCOL = "protocol", pgettext_lazy("document", "minutes")


# The groups of `people.roles`, as the person who was looked at reads them.
ROLE_WORDS = {
    "Desk": _("front desk"),
    "Editors": _("editor"),
    "Lawyers": _("lawyer"),
    "Managers": _("head of the office"),
    "Trainers": _("trainer"),
}


class AccessRecordQuerySet(models.QuerySet["AccessRecord"]):
    def about(self, user):
        """Looks at this one person, newest first, with what says who looked. Three queries."""
        return self.filter(subject=user).select_related("actor").prefetch_related("actor__groups", "actor__offices")

    def for_report(self):
        """With the accounts on both sides, newest first. One query."""
        return self.select_related("actor", "subject").order_by("-at", "-pk")


class AccessRecord(models.Model):
    """Append-only. One row a look: who, at what, of how many people."""

    personal_data = PersonalData(
        fields=("actor", "subject"),
        purpose=_("to show who of the staff looked at personal data"),
        retention=_("one year"),
        owner="subject",
        exported=("kind", "at"),
        keep_for=datetime.timedelta(days=365),
        since="at",
    )

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # The one person looked at; empty for a list.
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="looks", verbose_name=_("person")
    )
    kind = models.CharField(_("what"), max_length=20, choices=AccessKind.choices)
    # A code or an id, never a name: `problems-mzhd-3`, an association's number.
    label = models.CharField(_("of"), max_length=80, blank=True)
    people = models.PositiveIntegerField(_("people"), default=1)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"

    @property
    def role_of_actor(self) -> str:
        """Who looked, by role and office and never by name: what the person looked at is told."""
        if self.actor is None:
            return str(_("somebody who no longer works here"))
        if self.actor.is_superuser:
            return str(_("administrator of the site"))
        roles = [str(ROLE_WORDS.get(group.name, group.name)) for group in self.actor.groups.all()]
        return ", ".join([*roles, *(office.city for office in self.actor.offices.all())]) or str(_("staff"))


def record_access(*, actor, kind: AccessKind, label: str = "", subject=None, people: int = 1) -> None:
    """Writes one look. A person's look at her own data is none; `label` must not name anybody."""
    if subject is not None and actor.pk == subject.pk:
        return
    AccessRecord.objects.create(actor=actor, kind=kind, label=label[:80], subject=subject, people=people)
