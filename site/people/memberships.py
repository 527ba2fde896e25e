"""Who has which role in which association, from when to when, and who said so."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.personal_data import OnErasure, PersonalData
from people.associations import Association
from people.enums import (
    OPEN_STATES,
    MembershipReason,
    MembershipRole,
    MembershipState,
)
from people.offices import Office


def private_storage():
    """Files that only a view which checks rights hands out: never under MEDIA_URL."""
    return storages["private"]


def protocol_path(membership: Membership, filename: str) -> str:
    """A random name: what the person called her file stays in `protocol_name`."""
    suffix = filename.rpartition(".")[2].lower()
    return f"protocols/{uuid.uuid4().hex}.{suffix}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, at: datetime.date | None = None):
        """Confirmed, and the mandate holds on the day `at` (default: today)."""
        day = at or timezone.localdate()
        return self.filter(state=MembershipState.CONFIRMED, valid_from__lte=day).filter(
            Q(valid_to=None) | Q(valid_to__gte=day)
        )

    def expired(self, at: datetime.date | None = None):
        """Still confirmed, but the last day of the mandate is past."""
        return self.filter(state=MembershipState.CONFIRMED, valid_to__lt=at or timezone.localdate())

    def waiting(self):
        """Claims that the office has to look at, oldest first."""
        return self.filter(state=MembershipState.CLAIMED).order_by("created_at")

    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def chairs(self):
        return self.filter(role=MembershipRole.CHAIR)

    def visible_to(self, user):
        """A person's own, and those of the associations whose chair she is today."""
        if not user.is_authenticated:
            return self.none()
        led = Membership.objects.active().chairs().filter(user=user).values("association")
        return self.filter(Q(user=user) | Q(association__in=led, state=MembershipState.CONFIRMED))

    def for_staff(self, user):
        return self.filter(association__office__in=Office.objects.for_staff(user))

    def for_cards(self):
        return self.select_related("association__office", "association__district", "user")


class Membership(models.Model):
    """A person's role in an association, with the mandate's first and last day. Ended rows are its history."""

    personal_data = PersonalData(
        fields=("user", "protocol", "protocol_name", "note"),
        purpose=_("to know who may act for an association: seats for chairs, invitations, the deadline calendar"),
        retention=_("with the account; without a name, for the history of the association, without end"),
        owner="user",
        on_erasure=OnErasure.ANONYMISE,
        blanks={"user": None, "protocol": "", "protocol_name": "", "note": ""},
        exported=("association", "role", "state", "valid_from", "valid_to", "created_at", "confirmed_at", "ended_at"),
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("association")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole.choices)
    state = models.CharField(_("state"), max_length=20, choices=MembershipState.choices)
    valid_from = models.DateField(_("mandate from"))
    valid_to = models.DateField(_("mandate to"), null=True, blank=True, help_text=_("Its last day. Empty: no end"))
    protocol = models.FileField(
        pgettext_lazy("document", "minutes"), storage=private_storage, upload_to=protocol_path, blank=True
    )
    protocol_name = models.CharField(max_length=150, blank=True)
    note = models.CharField(_("note of the office"), max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["association", "state"], name="membership_association_state"),
            models.Index(fields=["user", "state"], name="membership_user_state"),
        ]
        constraints = [
            # The last line of defence: `people.mandates` refuses before the database has to.
            models.UniqueConstraint(
                fields=["association"],
                condition=Q(role=MembershipRole.CHAIR, state=MembershipState.CONFIRMED),
                name="one_confirmed_chair_an_association",
            ),
            models.UniqueConstraint(
                fields=["association", "user", "role"],
                condition=Q(state__in=sorted(OPEN_STATES), user__isnull=False),
                name="one_open_membership_a_role",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="mandate_ends_after_it_begins"
            ),
        ]
        permissions = [("review_membership", "Can confirm and end memberships")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.association}"

    @property
    def is_expired(self) -> bool:
        return bool(self.state == MembershipState.CONFIRMED and self.valid_to and self.valid_to < timezone.localdate())

    @property
    def is_active(self) -> bool:
        return (
            self.state == MembershipState.CONFIRMED and self.valid_from <= timezone.localdate() and not self.is_expired
        )

    @property
    def is_waiting(self) -> bool:
        return self.state == MembershipState.CLAIMED


class MembershipEvent(models.Model):
    """Append-only: one row a step, shown to the person and to staff."""

    personal_data = PersonalData(
        fields=("actor",),
        purpose=_("to show who decided about a membership"),
        retention=_("without the name of who acted, without end"),
        on_erasure=OnErasure.ANONYMISE,
        blanks={"actor": None},
    )

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="events")
    from_state = models.CharField(max_length=20, choices=MembershipState.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=MembershipState.choices)
    reason = models.CharField(max_length=20, choices=MembershipReason.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.from_state or '—'} → {self.to_state}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at=None):
        """Neither used, nor taken back, nor too old."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at or timezone.now())


class Invitation(models.Model):
    """A chair's invitation to a role. The link holds a secret of which only the hash is kept."""

    personal_data = PersonalData(
        fields=("email", "invited_by", "accepted_by"),
        purpose=_("to invite people of a house to their roles"),
        retention=_("90 days after its last day"),
        owner="invited_by",
        exported=("association", "role", "created_at", "accepted_at", "revoked_at"),
        keep_for=datetime.timedelta(days=90),
        since="expires_at",
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole.choices)
    email = models.EmailField(_("e-mail"))
    valid_from = models.DateField(_("mandate from"))
    valid_to = models.DateField(_("mandate to"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.association_id}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()
