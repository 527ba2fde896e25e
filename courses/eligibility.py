"""Whom a run is for: a role in an association, counted on the day of signing up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Case, Value, When
from django.utils import timezone

from courses.enums import Eligibility, EnrolmentRefusal
from courses.runs import CourseRun
from people.enums import MembershipRole, MembershipState
from people.models import Membership, User

# Under which of her roles a person signs up: the one that opens most seminars first.
BY_WEIGHT = (
    MembershipRole.CHAIR,
    MembershipRole.COUNCIL,
    MembershipRole.AUDITOR,
    MembershipRole.ACCOUNTANT,
    MembershipRole.RESIDENT,
)


@dataclass(frozen=True)
class Standing:
    """Whether a run is for a person. Where `refusal` says no, the rest says how far she is from a yes."""

    refusal: EnrolmentRefusal | None
    ended_on: datetime.date | None = None  # the last day of her latest mandate of the kind
    ended_in: int | None = None  # the association of that mandate, where it is renewed
    begins_on: datetime.date | None = None  # confirmed, but not yet begun
    is_waiting: bool = False  # the office has her minutes


def membership_for(user: User, day: datetime.date | None = None) -> Membership | None:
    """The active membership under which `user` signs up on `day` (default: today), None for none.

    A chair's goes first; of equal ones, the newest.
    """
    weight = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(BY_WEIGHT)))
    own = Membership.objects.active(day).filter(user=user).alias(weight=weight)
    return own.order_by("weight", "-confirmed_at", "-pk").first()


def refusal(run: CourseRun, membership: Membership | None) -> EnrolmentRefusal | None:
    """Why `run` is not for the holder of `membership`, None where it is."""
    match run.eligibility:
        case Eligibility.CHAIRS if membership is None or membership.role != MembershipRole.CHAIR:
            return EnrolmentRefusal.NOT_A_CHAIR
        case Eligibility.MEMBERS if membership is None:
            return EnrolmentRefusal.NOT_A_MEMBER
    return None


def standing(run: CourseRun, user) -> Standing | None:
    """Where `user` stands before a run with a condition; None for a run without one, and for a stranger.

    One query for a run with a condition, none otherwise.
    """
    if not run.has_condition or not user.is_authenticated:
        return None
    own = [membership for membership in user.memberships.all() if _counts(run, membership)]
    reason = refusal(run, next((membership for membership in own if membership.is_active), None))
    if reason is None:
        return Standing(None)
    ended = {day: membership for membership in own if (day := _last_day(membership))}
    ended_on = max(ended, default=None)
    coming = [m.valid_from for m in own if m.state == MembershipState.CONFIRMED and not m.is_expired]
    return Standing(
        reason,
        ended_on=ended_on,
        ended_in=ended[ended_on].association_id if ended_on else None,
        begins_on=min(coming, default=None),
        is_waiting=any(membership.is_waiting for membership in own),
    )


def _counts(run: CourseRun, membership: Membership) -> bool:
    return run.eligibility != Eligibility.CHAIRS or membership.role == MembershipRole.CHAIR


def _last_day(membership: Membership) -> datetime.date | None:
    """The day a mandate that is over ended: by its term, or earlier by a decision."""
    if membership.is_expired:
        return membership.valid_to
    if membership.state == MembershipState.ENDED and membership.ended_at:
        return min(filter(None, [membership.valid_to, timezone.localdate(membership.ended_at)]))
    return None
