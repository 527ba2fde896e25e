"""«Deadlines» in the cabinet of a chair: what is due next, and when her mandate ends."""

from __future__ import annotations

import datetime

from law.duties import Duty
from law.duty_calendar import handover_words
from law.duty_dates import in_words, nearest, today
from people.models import Membership, User

DATES_SHOWN = 3
COUNTED_IN_DAYS = 90


def chair_mandates(user: User) -> list[Membership]:
    """Where `user` is chair today. One query."""
    return list(Membership.objects.active(today()).chairs().filter(user=user).select_related("association"))


def _distance(end: datetime.date | None, day: datetime.date) -> str:
    """How far the end of a mandate is, where days say more than its date; empty otherwise."""
    if end is None or (end - day).days > COUNTED_IN_DAYS:
        return ""
    return in_words(end, day)


def cabinet_context(user: User) -> dict:
    """For a chair the next dates and the ends of her mandates; for everybody else nothing. At most two queries."""
    mandates = chair_mandates(user)
    if not mandates:
        return {"mandates": []}
    day = today()
    dates = nearest(Duty.objects.dated().in_full(), day, DATES_SHOWN)
    return {
        "dates": [{"occurrence": date, "distance": in_words(date.day, day)} for date in dates],
        "mandates": [{"membership": row, "distance": _distance(row.valid_to, day)} for row in mandates],
        "handover": handover_words(),
    }
