"""«My association» in the cabinet."""

from __future__ import annotations

from django.utils import timezone

from people.enums import OPEN_STATES, MembershipState
from people.memberships import Membership
from people.user import User

SHOWN = 30
# From then on the cabinet reminds of the next election: notice, meeting and survey take their time.
SOON = 60


def cabinet_context(user: User) -> dict:
    """Open roles with the days their mandates have left, claims that were not confirmed, and what has ended.

    A refusal is shown until the person asks again for the same role.
    """
    today = timezone.localdate()
    memberships = list(user.memberships.for_cards()[:SHOWN])
    current = [membership for membership in memberships if membership.state in OPEN_STATES]
    rejected: dict[tuple[int, str], Membership] = {}
    asked_again = {(membership.association_id, membership.role) for membership in current}
    for membership in memberships:  # newest first
        key = (membership.association_id, membership.role)
        if membership.state == MembershipState.REJECTED and key not in asked_again:
            rejected.setdefault(key, membership)
    shown = [*current, *rejected.values()]
    return {
        "roles": [
            {"membership": membership, "days_left": days, "is_ending": days is not None and 0 <= days <= SOON}
            for membership in shown
            for days in [(membership.valid_to - today).days if membership.valid_to else None]
        ],
        "earlier": [membership for membership in memberships if membership not in shown],
    }
