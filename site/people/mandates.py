"""Every write to memberships is a verb here, invitations in `people.invitations`.

The protocol is that of the seat queue (`courses.actions`): the first statement of each transaction adds
one to the association's `lock_seq`, so that two decisions about one association never read the same past.
"""

from __future__ import annotations

import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from people.associations import Association
from people.enums import (
    ELECTED,
    ELECTED_YEARS,
    MEMBERSHIP_MOVES,
    MembershipReason,
    MembershipRefusal,
    MembershipRole,
    MembershipState,
)
from people.membership_letters import tell
from people.memberships import Membership, MembershipEvent
from people.privacy.consents import ConsentPurpose, give_consent
from people.protocols import clean_name
from people.user import User

CLAIMS_A_DAY = 5


class Refused(Exception):
    """What the rules do not allow; `message` is shown to the person."""

    def __init__(self, reason: MembershipRefusal, **values: str) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.values = values

    @property
    def message(self) -> str:
        label = str(self.reason.label)
        return label % self.values if self.values else label


def lock_association(**which) -> Association:
    """The association as it is now, held until the transaction ends. Must be the transaction's first statement.

    `which` is a lookup that finds one: `pk=7`, `memberships=12`. Raises Association.DoesNotExist.
    """
    Association.objects.filter(**which).update(lock_seq=F("lock_seq") + 1)
    return Association.objects.get(**which)


def mandate_end(role: str, valid_from: datetime.date, valid_to: datetime.date | None) -> datetime.date | None:
    """The last day of a mandate: for elected roles three years where none is given. Raises `Refused`.

    Three years at most: for the chair by art. 51-1(1), for the council by 51(4), for the audit commission by 45(1).
    """
    today = timezone.localdate()
    if valid_from > today:
        raise Refused(MembershipRefusal.NOT_YET)
    if role in ELECTED:
        longest = _years_later(valid_from, ELECTED_YEARS)
        valid_to = valid_to or longest
        if valid_to > longest:
            raise Refused(MembershipRefusal.TOO_LONG)
    if valid_to and valid_to < valid_from:
        raise Refused(MembershipRefusal.BACKWARDS)
    if valid_to and valid_to < today:
        raise Refused(MembershipRefusal.MANDATE_OVER)
    return valid_to


@transaction.atomic
def claim(
    *,
    user: User,
    association_id: int,
    role: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None,
    protocol: File | None,
    language: str,
) -> Membership:
    """`user` asks the office to confirm her role. Records her consent. Raises `Refused`.

    `protocol` is a file that `people.protocols.check_protocol` has let through. An earlier mandate of hers in
    the same role that is over is ended here: a chair elected anew claims anew.
    """
    association = lock_association(pk=association_id)
    valid_to = mandate_end(role, valid_from, valid_to)
    if role in ELECTED and not protocol:
        raise Refused(MembershipRefusal.NO_PROTOCOL)
    day_ago = timezone.now() - datetime.timedelta(days=1)
    claimed_today = user.memberships.filter(events__to_state=MembershipState.CLAIMED, created_at__gte=day_ago)
    if claimed_today.count() >= CLAIMS_A_DAY:
        raise Refused(MembershipRefusal.TOO_MANY_CLAIMS)
    end_expired(association, user=user, role=role, actor=user)
    if association.memberships.open().filter(user=user, role=role).exists():
        raise Refused(MembershipRefusal.ALREADY)
    if role == MembershipRole.CHAIR and association.memberships.waiting().chairs().exists():
        raise Refused(MembershipRefusal.OTHER_CLAIM)
    membership = Membership(association=association, user=user, role=role, valid_from=valid_from, valid_to=valid_to)
    if protocol:
        membership.protocol = protocol
        membership.protocol_name = clean_name(protocol.name or "")
    move(membership, MembershipState.CLAIMED, reason=MembershipReason.CLAIMED, actor=user)
    give_consent(user=user, purpose=ConsentPurpose.MEMBERSHIP, language=language)
    return membership


@transaction.atomic
def confirm(*, membership_id: int, actor: User, ends_previous: bool = False) -> Membership:
    """The office confirms a claim. Raises `Refused`.

    A chair whose mandate is over makes way by herself; one whose mandate holds only with `ends_previous`.
    """
    association, membership = _claim_to_decide(membership_id, actor)
    if membership.valid_to and membership.valid_to < timezone.localdate():
        raise Refused(MembershipRefusal.MANDATE_OVER)
    if membership.role == MembershipRole.CHAIR:
        make_way(association, actor=actor, ends_previous=ends_previous)
    membership.confirmed_by = actor
    membership.confirmed_at = timezone.now()
    reason = MembershipReason.PROTOCOL if membership.protocol else MembershipReason.BY_STAFF
    move(membership, MembershipState.CONFIRMED, reason=reason, actor=actor)
    return membership


@transaction.atomic
def reject(*, membership_id: int, actor: User, note: str) -> Membership:
    """The office does not confirm a claim; `note` says why and is shown to the person. Raises `Refused`."""
    _association, membership = _claim_to_decide(membership_id, actor)
    if not note.strip():
        raise Refused(MembershipRefusal.NO_NOTE)
    membership.note = note.strip()[:300]
    move(membership, MembershipState.REJECTED, reason=MembershipReason.BY_STAFF, actor=actor)
    return membership


@transaction.atomic
def withdraw(*, membership_id: int, actor: User) -> Membership:
    """The person takes her own claim back. Raises `Refused` where it was decided meanwhile."""
    association = lock_association(memberships=membership_id)
    membership = association.memberships.get(pk=membership_id, user=actor)
    if not membership.is_waiting:
        raise Refused(MembershipRefusal.DECIDED)
    move(membership, MembershipState.WITHDRAWN, reason=MembershipReason.OWN_WISH, actor=actor)
    return membership


@transaction.atomic
def end(*, membership_id: int, actor: User, reason: MembershipReason) -> Membership:
    """Ends a confirmed membership. Raises `Refused`.

    `reason` says who acts: OWN_WISH the person herself (a chair may leave), BY_CHAIR today's chair about
    anybody but a chair, BY_STAFF the office, whose right to this association the caller has checked.
    """
    association = lock_association(memberships=membership_id)
    membership = association.memberships.get(pk=membership_id)
    match reason:
        case MembershipReason.OWN_WISH if membership.user_id == actor.pk:
            pass
        case MembershipReason.BY_CHAIR if membership.role != MembershipRole.CHAIR:
            require_chair(association, actor)
        case MembershipReason.BY_STAFF:
            pass
        case _:
            raise ValueError(f"{reason} does not let this person end this membership")
    if membership.state != MembershipState.CONFIRMED:
        raise Refused(MembershipRefusal.OVER)
    move(membership, MembershipState.ENDED, reason=reason, actor=actor)
    return membership


def make_way(association: Association, *, actor: User, ends_previous: bool) -> None:
    """Ends the chair that another one follows. Needs the association's lock. Raises `Refused`."""
    previous = association.memberships.filter(state=MembershipState.CONFIRMED).chairs().first()
    if previous is None:
        return
    if previous.is_expired:
        move(previous, MembershipState.ENDED, reason=MembershipReason.EXPIRED, actor=actor)
    elif ends_previous:
        move(previous, MembershipState.ENDED, reason=MembershipReason.HANDOVER, actor=actor)
    else:
        raise Refused(MembershipRefusal.CHAIR_HOLDS, since=date_format(previous.valid_from))


def end_expired(association: Association, *, user: User, role: str, actor: User) -> None:
    """Ends `user`'s own mandate in `role` that is over, so that the next one can begin. Needs the lock."""
    for membership in association.memberships.expired().filter(user=user, role=role):
        move(membership, MembershipState.ENDED, reason=MembershipReason.EXPIRED, actor=actor)


def require_chair(association: Association, user: User) -> Membership:
    """The membership that makes `user` today's chair. Raises `Refused`."""
    chair = association.memberships.active().chairs().filter(user=user).first()
    if chair is None:
        raise Refused(MembershipRefusal.NOT_CHAIR)
    return chair


def move(membership: Membership, to: MembershipState, *, reason: MembershipReason, actor: User | None) -> None:
    """One transition: the row, its event and its letter, together or not at all. Needs the association's lock."""
    before = MembershipState(membership.state) if membership.pk else None
    if to not in MEMBERSHIP_MOVES.get(before, frozenset()):
        raise ValueError(f"a membership cannot go from {before} to {to}")
    membership.state = to
    if to == MembershipState.ENDED:
        membership.ended_at = timezone.now()
    membership.save()
    event = MembershipEvent.objects.create(
        membership=membership, from_state=before or "", to_state=to, reason=reason, actor=actor
    )
    tell(membership, event)


def _claim_to_decide(membership_id: int, actor: User) -> tuple[Association, Membership]:
    association = lock_association(memberships=membership_id)
    membership = association.memberships.get(pk=membership_id)
    if not membership.is_waiting or membership.user_id is None:
        raise Refused(MembershipRefusal.DECIDED)
    if membership.user_id == actor.pk:
        raise Refused(MembershipRefusal.OWN_CLAIM)
    return association, membership


def _years_later(day: datetime.date, years: int) -> datetime.date:
    """The same day of a later year; the 28th where it was the 29th of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
