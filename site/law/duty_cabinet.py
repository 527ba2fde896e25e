"""«Deadlines» in the cabinet of a chair: what is due next, and when her mandate ends."""

from __future__ import annotations

from law.duties import Duty
from law.duty_calendar import handover_words
from law.duty_dates import in_words, nearest, today
from people.models import Membership, User

DATES_SHOWN = 3


def chair_mandates(user: User) -> list[Membership]:
    """Where `user` is chair today. One query."""
    return list(Membership.objects.active(today()).chairs().filter(user=user).select_related("association"))


def cabinet_context(user: User) -> dict:
    """For a chair the next dates and the ends of her mandates; for everybody else nothing. At most two queries."""
    mandates = chair_mandates(user)
    if not mandates:
        return {"mandates": []}
    day = today()
    dates = nearest(Duty.objects.dated().in_full(), day, DATES_SHOWN)
    return {
        "dates": [{"occurrence": date, "distance": in_words(date.day, day)} for date in dates],
        "mandates": [
            {"membership": row, "distance": in_words(row.valid_to, day) if row.valid_to else ""} for row in mandates
        ],
        "handover": handover_words(),
    }
