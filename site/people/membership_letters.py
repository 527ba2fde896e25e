"""What a person is told about her role in an association, in her language, once."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from core.outbox import queue_mail
from people.enums import MembershipState
from people.memberships import Invitation, Membership, MembershipEvent

_KINDS = {
    MembershipState.CONFIRMED: "people/membership_confirmed",
    MembershipState.REJECTED: "people/membership_rejected",
    MembershipState.ENDED: "people/membership_ended",
}


def tell(membership: Membership, event: MembershipEvent) -> None:
    """Queues the letter of one transition inside the caller's transaction.

    None to who acted herself (the page has told her), none about a claim, none where the account is gone.
    """
    user = membership.user
    kind = _KINDS.get(MembershipState(event.to_state))
    if kind is None or user is None or event.actor_id == user.pk:
        return
    with translation.override(user.language):
        context = {
            "name": user.full_name,
            "association": str(membership.association),
            "role": str(membership.get_role_display()),
            "valid_to": date_format(membership.valid_to) if membership.valid_to else "",
            "reason": str(event.get_reason_display()),
            "note": membership.note,
            "page_url": _address("association", membership.association_id),
            "site_url": f"{settings.WAGTAILADMIN_BASE_URL}/{user.language}/",
        }
    queue_mail(
        kind=kind,
        recipient=user.email,
        person=user,
        language=user.language,
        context=context,
        dedupe_key=f"membership:{membership.public_id}:{event.pk}",
    )


def send_invitation(invitation: Invitation, token: str, *, language: str) -> None:
    """Queues the letter with the secret link. Nobody's cabinet keeps it: the link is for the address alone."""
    with translation.override(language):
        context = {
            "association": str(invitation.association),
            "role": str(invitation.get_role_display()),
            "expires": date_format(invitation.expires_at, "DATE_FORMAT"),
            "link": _address("invitation_link", token),
            "site_url": f"{settings.WAGTAILADMIN_BASE_URL}/{language}/",
        }
    queue_mail(
        kind="people/invitation",
        recipient=invitation.email,
        language=language,
        context=context,
        dedupe_key=f"invitation:{invitation.public_id}",
    )


def _address(name: str, argument: int | str) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=[argument])
