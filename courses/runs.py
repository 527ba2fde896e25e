"""Runs: one offering of a course, and its meetings."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from core.personal_data import NO_PERSONAL_DATA
from courses.course import Course
from courses.enums import HOLDS_SEAT, Eligibility, EnrolmentRefusal, EnrolmentStatus, Modality, RunLanguage, RunStatus
from courses.venue import Venue
from people.offices import Office


class RunQuerySet(models.QuerySet["CourseRun"]):
    def listed(self):
        """What the public may see: published runs, and cancelled ones so that nobody waits in vain."""
        return self.exclude(status=RunStatus.DRAFT)

    def upcoming(self, at: datetime.datetime | None = None):
        return self.filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, at: datetime.datetime | None = None):
        return self.filter(ends_at__lte=at or timezone.now()).order_by("-starts_at", "pk")

    def for_staff(self, user):
        """Runs of the offices that `user` works in."""
        return self.filter(office__in=Office.objects.for_staff(user))

    def of_office(self, office: Office | None):
        """Runs of one city; of all where no city was chosen."""
        return self.filter(office=office) if office else self.all()

    def offices(self):
        """The offices that these runs belong to, in their order."""
        return Office.objects.filter(pk__in=self.order_by().values("office")).in_order()

    def with_seats(self):
        """Counts seats taken and people in the queue: two subqueries in the same query."""
        return self.annotate(
            taken=Coalesce(_enrolments(*HOLDS_SEAT), 0),
            queue=Coalesce(_enrolments(EnrolmentStatus.WAITLISTED), 0),
        )

    def with_titles(self, language: str | None = None):
        """Titles of the course's live page in the reader's language, else in the other, else its code."""
        from courses.catalogue import CoursePage

        language = language or get_language()
        pages = CoursePage.objects.live().filter(course=OuterRef("course")).order_by()
        return self.annotate(
            title=Coalesce(
                Subquery(pages.filter(locale__language_code=language).values("title")[:1]),
                Subquery(pages.values("title")[:1]),
                F("course__code"),
            )
        )

    def for_cards(self, language: str | None = None):
        """Everything a card shows, in two queries whatever the number of runs."""
        sessions = Prefetch("sessions", Session.objects.select_related("venue").order_by("starts_at"))
        return self.with_seats().with_titles(language).select_related("course", "office").prefetch_related(sessions)


def _enrolments(*statuses: str) -> Subquery:
    from courses.enrolment import Enrolment

    rows = Enrolment.objects.filter(run=OuterRef("pk"), status__in=statuses).order_by().values("run")
    return Subquery(rows.annotate(number=Count("pk")).values("number"))


class CourseRun(ClusterableModel):
    """One offering of a course. `capacity` empty = unlimited, 0 = none.

    `lock_seq` is the run's lock and the source of waitlist order: see `courses.actions`.
    `starts_at` and `ends_at` repeat the first and last session, for lists and constraints.
    """

    personal_data = NO_PERSONAL_DATA

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="runs", verbose_name=_("course"))
    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Used in the address: problems-2026-12"))
    status = models.CharField(_("status"), max_length=20, choices=RunStatus.choices, default=RunStatus.DRAFT)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="runs", verbose_name=_("office"))
    language = models.CharField(_("language"), max_length=10, choices=RunLanguage.choices, default=RunLanguage.BOTH)
    modality = models.CharField(_("format"), max_length=20, choices=Modality.choices, default=Modality.IN_PERSON)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: no limit. 0: no seats at all.")
    )
    eligibility = models.CharField(
        _("who may sign up"), max_length=20, choices=Eligibility.choices, default=Eligibility.EVERYONE
    )
    has_waitlist = models.BooleanField(_("queue when full"), default=True)
    waitlist_limit = models.PositiveIntegerField(
        _("queue limit"), null=True, blank=True, help_text=_("Empty: no limit")
    )
    enrol_opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True, help_text=_("Empty: at once"))
    enrol_closes_at = models.DateTimeField(
        _("sign-up closes"), null=True, blank=True, help_text=_("Empty: when it starts")
    )
    cancel_until = models.DateTimeField(
        _("seat can be given back until"), null=True, blank=True, help_text=_("Empty: until it starts")
    )
    trainer = models.CharField(
        _("trainer"), max_length=150, blank=True, help_text=_("Name and role, as readers see it")
    )
    starts_at = models.DateTimeField(null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(null=True, editable=False)
    lock_seq = models.BigIntegerField(default=0, editable=False)

    objects = RunQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("course"), FieldPanel("office"), FieldPanel("code"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("language"), FieldPanel("modality"), FieldPanel("trainer")]),
        InlinePanel("sessions", min_num=1, label=_("Session"), heading=_("Sessions")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("capacity"), FieldPanel("has_waitlist"), FieldPanel("waitlist_limit")])],
            heading=_("Seats"),
        ),
        FieldPanel("eligibility"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("enrol_opens_at"), FieldPanel("enrol_closes_at"), FieldPanel("cancel_until")])],
            heading=_("Dates of sign-up"),
        ),
    ]

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-starts_at"]
        indexes = [
            models.Index(fields=["status", "starts_at"], name="run_status_starts"),
            models.Index(fields=["course", "status"], name="run_course_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="run_ends_after_start"),
            models.CheckConstraint(
                condition=Q(enrol_closes_at__gt=F("enrol_opens_at")), name="run_sign_up_closes_after_opening"
            ),
        ]
        permissions = [
            ("view_roster", "Can see who is signed up"),
            ("export_roster", "Can export who is signed up"),
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        super().clean()
        opens, closes = self.enrol_opens_at, self.enrol_closes_at
        if opens and closes and closes <= opens:
            raise ValidationError({"enrol_closes_at": _("Sign-up must close after it opens.")})

    def save(self, *args, update_fields=None, **kwargs):
        """Never writes `lock_seq`: a form that was opened earlier would turn the lock back."""
        if self.pk and update_fields is None and not kwargs.get("force_insert"):
            update_fields = [field.name for field in self._meta.concrete_fields if field.name not in {"id", "lock_seq"}]
        super().save(*args, update_fields=update_fields, **kwargs)

    # `taken` and `queue` come with `with_seats()`; a run read without it counts on its own.
    @cached_property
    def taken(self) -> int:
        return self.enrolments.holding_seat().count()

    @cached_property
    def queue(self) -> int:
        return self.enrolments.waiting().count()

    @property
    def free(self) -> int | None:
        """Seats left, None for no limit. Never below zero: a lowered capacity throws nobody out."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def over_by(self) -> int:
        return max(0, self.taken - self.capacity) if self.capacity is not None else 0

    @property
    def has_free_seat(self) -> bool:
        """A newcomer gets a seat only where one is free and nobody is waiting for it."""
        return self.free != 0 and not self.queue

    @property
    def closes_at(self) -> datetime.datetime | None:
        return min(filter(None, [self.enrol_closes_at, self.starts_at]), default=None)

    @property
    def cancellable_until(self) -> datetime.datetime | None:
        return min(filter(None, [self.cancel_until, self.starts_at]), default=None)

    def refusal(self, at: datetime.datetime | None = None) -> EnrolmentRefusal | None:
        """Why nobody can sign up at `at` (default: now), or None when sign-up is possible."""
        at = at or timezone.now()
        if self.status == RunStatus.CANCELLED:
            return EnrolmentRefusal.CANCELLED
        if self.status != RunStatus.PUBLISHED or self.starts_at is None:
            return EnrolmentRefusal.NOT_PUBLISHED
        if self.ends_at and self.ends_at <= at:
            return EnrolmentRefusal.OVER
        if self.enrol_opens_at and self.enrol_opens_at > at:
            return EnrolmentRefusal.NOT_OPEN_YET
        if self.closes_at and self.closes_at <= at:
            return EnrolmentRefusal.CLOSED
        if not self.has_free_seat and not self.takes_waiters:
            return EnrolmentRefusal.FULL
        return None

    @property
    def takes_waiters(self) -> bool:
        return self.has_waitlist and (self.waitlist_limit is None or self.queue < self.waitlist_limit)

    @property
    def has_condition(self) -> bool:
        return self.eligibility != Eligibility.EVERYONE

    @property
    def is_over(self) -> bool:
        return bool(self.ends_at and self.ends_at <= timezone.now())

    @property
    def is_cancelled(self) -> bool:
        return self.status == RunStatus.CANCELLED

    @property
    def state(self) -> str:
        """One word for a pill: cancelled, over, soon, seats, queue, full, closed."""
        match self.refusal():
            case EnrolmentRefusal.CANCELLED:
                return "cancelled"
            case EnrolmentRefusal.OVER:
                return "over"
            case EnrolmentRefusal.NOT_OPEN_YET:
                return "soon"
            case EnrolmentRefusal.FULL:
                return "full"
            case None:
                return "seats" if self.has_free_seat else "queue"
            case _:
                return "closed"

    @property
    def first_session(self) -> Session | None:
        return next(iter(self.sessions.all()), None)

    @property
    def venue(self) -> Venue | None:
        return self.first_session.venue if self.first_session else None


class Session(models.Model):
    """One meeting of a run."""

    personal_data = NO_PERSONAL_DATA

    run = ParentalKey(CourseRun, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("venue")
    )
    room = models.CharField(_("room"), max_length=60, blank=True)
    join_url = models.URLField(_("address of the online meeting"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("room")]),
        FieldPanel("join_url"),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.run} {timezone.localtime(self.starts_at):%d.%m.%Y %H:%M}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A session must end after it starts.")})
