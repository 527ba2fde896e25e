"""Who has a seat, who waits, and every step of it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import OnErasure, PersonalData
from courses.enums import ACTIVE, CANCELLED, HOLDS_SEAT, EnrolmentStatus, EventReason
from courses.runs import CourseRun
from people.associations import Association
from people.enums import MembershipRole


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def holding_seat(self):
        return self.filter(status__in=HOLDS_SEAT)

    def waiting(self):
        return self.filter(status=EnrolmentStatus.WAITLISTED)

    def active(self):
        return self.filter(status__in=ACTIVE)

    def of_chairs(self):
        """Of people who were chairs when they signed up."""
        return self.filter(membership_role=MembershipRole.CHAIR)

    def in_queue_order(self):
        return self.order_by("waitlist_seq")

    def visible_to(self, user):
        """A person sees her own enrolments and nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def with_place(self):
        """Adds `place` in the queue, 1 for the first; NULL for who does not wait."""
        ahead = (
            Enrolment.objects.waiting()
            .filter(run=models.OuterRef("run"), waitlist_seq__lte=models.OuterRef("waitlist_seq"))
            .order_by()
            .values("run")
            .annotate(number=models.Count("pk"))
            .values("number")
        )
        return self.annotate(
            place=models.Case(
                models.When(status=EnrolmentStatus.WAITLISTED, then=models.Subquery(ahead)),
                output_field=models.IntegerField(null=True),
            )
        )

    def for_cards(self, language: str | None = None):
        """With run, sessions and titles for a list of seats: a fixed number of queries."""
        runs = CourseRun.objects.for_cards(language)
        return self.with_place().prefetch_related(models.Prefetch("run", runs))

    def for_roster(self):
        """Confirmed first, then the queue in its order, then who left; with the association of each."""
        rank = models.Case(
            models.When(status=EnrolmentStatus.CONFIRMED, then=0),
            models.When(status=EnrolmentStatus.WAITLISTED, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        rows = self.with_place().select_related("association")
        return rows.alias(rank=rank).order_by("rank", "waitlist_seq", "created_at", "pk")


class Enrolment(models.Model):
    """A person's place in a run, with her role in an association as it was when she signed up."""

    personal_data = PersonalData(
        fields=("user", "email", "full_name", "phone", "language"),
        purpose=_("to keep a seat, to say when something changes, to know who came"),
        retention=_("name and contacts three years after the seminar; the seat itself, without a name, for totals"),
        owner="user",
        on_erasure=OnErasure.ANONYMISE,
        blanks={"user": None, "email": "", "full_name": "", "phone": "", "association": None},
        exported=("run", "status", "association", "membership_role", "created_at"),
        keep_for=timedelta(days=3 * 365),
        since="run__ends_at",
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="enrolments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments"
    )
    email = models.EmailField(blank=True)
    full_name = models.CharField(_("name and surname"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    association = models.ForeignKey(
        Association, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments"
    )
    membership_role = models.CharField(max_length=20, choices=MembershipRole.choices, blank=True)
    status = models.CharField(max_length=20, choices=EnrolmentStatus.choices)
    waitlist_seq = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        indexes = [
            models.Index(fields=["run", "status"], name="enrolment_run_status"),
            models.Index(fields=["user", "-created_at"], name="enrolment_user_created"),
        ]
        constraints = [
            # The last line of defence: one active row a person and run, one place in the queue a person.
            models.UniqueConstraint(
                fields=["run", "user"],
                condition=Q(status__in=sorted(ACTIVE), user__isnull=False),
                name="one_active_enrolment_a_user",
            ),
            models.UniqueConstraint(
                fields=["run", "email"],
                condition=Q(status__in=sorted(ACTIVE)) & ~Q(email=""),  # empty: the person was erased
                name="one_active_enrolment_an_email",
            ),
            models.UniqueConstraint(fields=["run", "waitlist_seq"], name="one_place_a_person"),
            models.CheckConstraint(
                condition=Q(status=EnrolmentStatus.WAITLISTED, waitlist_seq__isnull=False)
                | (~Q(status=EnrolmentStatus.WAITLISTED) & Q(waitlist_seq__isnull=True)),
                name="waitlisted_has_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.public_id}"

    @property
    def is_confirmed(self) -> bool:
        return self.status == EnrolmentStatus.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.status == EnrolmentStatus.WAITLISTED

    @property
    def is_cancelled(self) -> bool:
        return self.status in CANCELLED


class EnrolmentEvent(models.Model):
    """Append-only: one row a transition, shown to the person it concerns."""

    personal_data = PersonalData(
        fields=("actor",),
        purpose=_("to show who changed a seat"),
        retention=_("without the name of who acted, with the seat"),
        on_erasure=OnErasure.ANONYMISE,
        blanks={"actor": None},
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="events")
    from_status = models.CharField(max_length=20, choices=EnrolmentStatus.choices, blank=True)
    to_status = models.CharField(max_length=20, choices=EnrolmentStatus.choices)
    reason = models.CharField(max_length=30, choices=EventReason.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.from_status or '—'} → {self.to_status}"
