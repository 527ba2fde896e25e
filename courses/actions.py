"""Every write to runs and seats is a verb here.

The protocol, measured on SQLite and PostgreSQL: the first statement of each transaction adds one to
the run's `lock_seq`. That is a row lock on PostgreSQL, takes SQLite's write lock before anything is
read, and gives each newcomer a number that is hers alone. Seats are always counted, never stored.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from courses.eligibility import membership_for, refusal
from courses.enrolment import Enrolment, EnrolmentEvent
from courses.enums import ACTIVE, TRANSITIONS, EnrolmentRefusal, EnrolmentStatus, EventReason
from courses.messages import tell
from courses.runs import CourseRun
from people.models import User, normalise_email
from people.privacy.consents import ConsentPurpose, give_consent
from people.user import keep_contacts


class Refused(Exception):
    """A sign-up or cancellation that the rules do not allow; `reason` is shown to the person."""

    def __init__(self, reason: EnrolmentRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class SeatsGone(Exception):
    """The last seat went while the person was filling the form in; the queue is open."""


class TooLate(Exception):
    """The time to give a seat back is over."""


def lock_run(run_id: int) -> CourseRun:
    """The run as it is now, held until the transaction ends. Must be the transaction's first statement."""
    CourseRun.objects.filter(pk=run_id).update(lock_seq=F("lock_seq") + 1)
    return CourseRun.objects.get(pk=run_id)


@transaction.atomic
def enrol(
    *,
    run_id: int,
    user: User,
    full_name: str,
    phone: str,
    language: str,
    actor: User | None,
    accepts_queue: bool = True,
) -> tuple[Enrolment, bool]:
    """Gives `user` a seat, or a place in the queue. Returns the enrolment and whether it is new.

    Signing up twice gives back the first enrolment. Her role in an association is kept as it is today, and her
    consent is recorded when she acts herself. Raises `Refused` when sign-up is not possible, or not for her,
    and `SeatsGone` when only the queue is left and `accepts_queue` is false.
    """
    run = lock_run(run_id)
    existing = run.enrolments.active().filter(user=user).first()
    if existing is None:
        existing = run.enrolments.active().filter(email=normalise_email(user.email)).first()
    if existing is not None:
        return existing, False
    membership = membership_for(user)
    if reason := run.refusal() or refusal(run, membership):
        raise Refused(reason)
    seated = run.has_free_seat
    if not seated and not accepts_queue:
        raise SeatsGone
    enrolment = Enrolment(
        run=run,
        user=user,
        email=normalise_email(user.email),
        full_name=full_name.strip(),
        phone=phone.strip(),
        language=language,
        association_id=membership.association_id if membership else None,
        membership_role=membership.role if membership else "",
        waitlist_seq=None if seated else run.lock_seq,
    )
    status = EnrolmentStatus.CONFIRMED if seated else EnrolmentStatus.WAITLISTED
    _move(enrolment, status, reason=EventReason.SIGNED_UP, actor=actor)
    keep_contacts(user=user, full_name=full_name, phone=phone)
    if actor == user:  # nobody agrees for another person
        give_consent(user=user, purpose=ConsentPurpose.SEMINARS, language=language)
    return enrolment, True


@transaction.atomic
def cancel(*, enrolment_id: int, actor: User, by_staff: bool = False) -> Enrolment:
    """Gives a seat or a place in the queue back, and the seat to who is first in line.

    Cancelling twice changes nothing. Raises `TooLate` when a participant's time to cancel is over.
    """
    run = lock_run(Enrolment.objects.values_list("run_id", flat=True).get(pk=enrolment_id))
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    if enrolment.status not in ACTIVE:
        return enrolment
    if not by_staff and enrolment.is_confirmed and run.cancellable_until and run.cancellable_until <= timezone.now():
        raise TooLate
    enrolment.run = run
    if by_staff:
        _move(enrolment, EnrolmentStatus.CANCELLED_BY_STAFF, reason=EventReason.BY_STAFF, actor=actor)
    else:
        _move(enrolment, EnrolmentStatus.CANCELLED_BY_USER, reason=EventReason.OWN_WISH, actor=actor)
    fill_seats(run, reason=EventReason.SEAT_FREED)
    return enrolment


@transaction.atomic
def settle_run(*, run_id: int, actor: User | None) -> CourseRun:
    """Brings seats in step with a run that staff have just saved.

    Repeats the dates of its sessions on the run, tells everybody when it was cancelled, and gives
    added seats to the queue.
    """
    run = lock_run(run_id)
    sessions = list(run.sessions.order_by("starts_at"))
    run.starts_at = min((session.starts_at for session in sessions), default=None)
    run.ends_at = max((session.ends_at for session in sessions), default=None)
    run.save(update_fields=["starts_at", "ends_at"])
    if run.is_cancelled:
        for enrolment in run.enrolments.active():
            enrolment.run = run
            _move(enrolment, EnrolmentStatus.CANCELLED_BY_STAFF, reason=EventReason.RUN_CANCELLED, actor=actor)
    else:
        fill_seats(run, reason=EventReason.CAPACITY_RAISED)
    return run


def fill_seats(run: CourseRun, *, reason: EventReason) -> int:
    """Gives each free seat to the first in the queue; returns how many. Needs the run's lock.

    The one place where a waiting person gets a seat. Nobody is promoted into a run that was
    cancelled or has started. Whom the run is for is not asked again: she was eligible when she joined,
    and a place in the queue is not taken away because her mandate ended while she waited for us.
    """
    if run.is_cancelled or run.starts_at is None or run.starts_at <= timezone.now():
        return 0
    promoted = 0
    waiting = run.enrolments.waiting().in_queue_order()
    while _has_room(run) and (first := waiting.first()):
        first.run = run
        _move(first, EnrolmentStatus.CONFIRMED, reason=reason, actor=None)
        promoted += 1
    return promoted


def _has_room(run: CourseRun) -> bool:
    return run.capacity is None or run.enrolments.holding_seat().count() < run.capacity


def _move(enrolment: Enrolment, to: EnrolmentStatus, *, reason: EventReason, actor: User | None) -> None:
    """One transition: the row, its event and its message, together or not at all."""
    before = EnrolmentStatus(enrolment.status) if enrolment.pk else None
    if to not in TRANSITIONS.get(before, frozenset()):
        raise ValueError(f"an enrolment cannot go from {before} to {to}")
    enrolment.status = to
    if to != EnrolmentStatus.WAITLISTED:
        enrolment.waitlist_seq = None
    enrolment.save()
    event = EnrolmentEvent.objects.create(
        enrolment=enrolment, from_status=before or "", to_status=to, reason=reason, actor=actor
    )
    tell(enrolment, event)
