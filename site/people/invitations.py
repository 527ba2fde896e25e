"""A chair invites people of the house to their roles, or hands the chair over. Locks as in `people.mandates`."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from people.associations import Association
from people.enums import MembershipReason, MembershipRefusal, MembershipRole, MembershipState
from people.mandates import Refused, end_expired, lock_association, make_way, mandate_end, move, require_chair
from people.membership_letters import send_invitation
from people.memberships import Invitation, Membership
from people.privacy.consents import ConsentPurpose, give_consent
from people.user import User, normalise_email

LIVES = datetime.timedelta(days=14)
OPEN_AT_ONCE = 20
# Replacing an invitation sends one more letter: these two keep a chair from writing to an address for ever.
LETTERS_A_DAY = 40
LETTERS_TO_ONE_A_DAY = 3


def token_hash(token: str) -> str:
    """What is kept of a link's secret. It is random: a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    association_id: int,
    actor: User,
    role: str,
    email: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None,
    language: str,
) -> Invitation:
    """Today's chair invites an address to a role; to that of the chair, it is a handover. Raises `Refused`.

    The letter is in `language`; the answer is the same whether or not the address has an account. A repeated
    invitation takes the place of the earlier one, whose link stops working.
    """
    association = lock_association(pk=association_id)
    require_chair(association, actor)
    valid_to = mandate_end(role, valid_from, valid_to)
    email = normalise_email(email)
    if email == actor.email:
        raise Refused(MembershipRefusal.INVITES_HERSELF)
    now = timezone.now()
    earlier = association.invitations.open(now).filter(role=role)
    if role != MembershipRole.CHAIR:  # there is one chair, and one handover at a time
        earlier = earlier.filter(email=email)
    earlier.update(revoked_at=now)
    today = association.invitations.filter(created_at__gte=now - datetime.timedelta(days=1))
    if (
        association.invitations.open(now).count() >= OPEN_AT_ONCE
        or today.count() >= LETTERS_A_DAY
        or today.filter(email=email).count() >= LETTERS_TO_ONE_A_DAY
    ):
        raise Refused(MembershipRefusal.TOO_MANY_INVITATIONS)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        association=association,
        role=role,
        email=email,
        valid_from=valid_from,
        valid_to=valid_to,
        token_hash=token_hash(token),
        invited_by=actor,
        expires_at=now + LIVES,
    )
    send_invitation(invitation, token, language=language)
    return invitation


@transaction.atomic
def revoke(*, invitation_id: int, actor: User) -> Invitation:
    """Today's chair takes an invitation back; taking it back twice changes nothing. Raises `Refused`."""
    association = lock_association(invitations=invitation_id)
    require_chair(association, actor)
    invitation = association.invitations.get(pk=invitation_id)
    if invitation.accepted_at:
        raise Refused(MembershipRefusal.INVITATION_USED)
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
    return invitation


@transaction.atomic
def accept(*, token: str, user: User, language: str) -> Membership:
    """`user` takes the role she was invited to; her consent is recorded. Raises `Refused`.

    A chair who accepts takes over: the mandate of who invited her ends in the same transaction.
    """
    try:
        association = lock_association(invitations__token_hash=token_hash(token))
    except Association.DoesNotExist as error:
        raise Refused(MembershipRefusal.INVITATION_UNKNOWN) from error
    invitation = association.invitations.select_related("association", "invited_by").get(token_hash=token_hash(token))
    check(invitation, user)
    end_expired(association, user=user, role=invitation.role, actor=user)
    membership = association.memberships.open().filter(user=user, role=invitation.role).first()
    if membership is None:
        membership = Membership(association=association, user=user, role=invitation.role)
    elif membership.state == MembershipState.CONFIRMED:
        raise Refused(MembershipRefusal.ALREADY)
    reason = MembershipReason.INVITATION
    if invitation.role == MembershipRole.CHAIR:
        make_way(association, actor=user, ends_previous=True)
        reason = MembershipReason.HANDOVER
    membership.valid_from, membership.valid_to = invitation.valid_from, invitation.valid_to
    membership.confirmed_by, membership.confirmed_at = invitation.invited_by, timezone.now()
    move(membership, MembershipState.CONFIRMED, reason=reason, actor=user)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    give_consent(user=user, purpose=ConsentPurpose.MEMBERSHIP, language=language)
    return membership


def check(invitation: Invitation, user: User) -> None:
    """Raises `Refused` where `user` cannot accept. Who it was not sent to learns nothing more than that."""
    if not EmailAddress.objects.filter(user=user, verified=True, email=invitation.email).exists():
        raise Refused(MembershipRefusal.INVITATION_OTHER)
    if invitation.accepted_at:
        raise Refused(MembershipRefusal.INVITATION_USED)
    if invitation.revoked_at:
        raise Refused(MembershipRefusal.INVITATION_REVOKED)
    if invitation.expires_at <= timezone.now():
        raise Refused(MembershipRefusal.INVITATION_TOO_OLD)
    if not invitation.association.memberships.active().chairs().filter(user=invitation.invited_by).exists():
        raise Refused(MembershipRefusal.INVITER_GONE)
    if invitation.valid_to and invitation.valid_to < timezone.localdate():
        raise Refused(MembershipRefusal.MANDATE_OVER)


def find(token: str) -> Invitation | None:
    """The invitation of a link, or None."""
    return (
        Invitation.objects.select_related("association__office", "association__district", "invited_by")
        .filter(token_hash=token_hash(token))
        .first()
    )
