"""On which days duties fall due. Pure calendar: no database, no clock but the one that is handed in.

A day is a day in Kazakhstan: at 23:30 in Astana it is still today, whatever the hour in London. Days that
do not exist (the 31st of April, 29 February of most years) are the last day of their month. Days off do not
move a date: doing it earlier is always safe. Duties that start with an event have no dates here: the site does
not know the event, and does not count working days until it knows the holidays.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from law.duties import Duty
from law.enums import DutyRule, DutyUnit


@dataclass(frozen=True)
class Occurrence:
    """One day on which one duty falls due."""

    day: datetime.date
    duty: Duty


def today(at: datetime.datetime | None = None) -> datetime.date:
    """The day in Kazakhstan at the moment `at` (default: now), whatever zone is active."""
    return timezone.localdate(at, ZoneInfo(settings.TIME_ZONE))


def next_occurrences(duty: Duty, after: datetime.date, count: int) -> list[datetime.date]:
    """The next `count` last days of a duty, earliest first; a day that is `after` itself is still to come.

    Empty for a duty that starts with an event.
    """
    found: list[datetime.date] = []
    days = _days(duty, after)
    while len(found) < count and (day := next(days, None)) is not None:
        found.append(day)
    return found


def occurrences_until(duties: Iterable[Duty], after: datetime.date, until: datetime.date) -> list[Occurrence]:
    """Every day from `after` to `until`, both included, on which one of `duties` falls due, in order."""
    found = []
    for duty in duties:
        for day in _days(duty, after):
            if day > until:
                break
            found.append(Occurrence(day, duty))
    return sorted(found, key=lambda occurrence: (occurrence.day, occurrence.duty.position))


def nearest(duties: Iterable[Duty], after: datetime.date, count: int) -> list[Occurrence]:
    """The next `count` days of `duties` taken together."""
    found = [Occurrence(day, duty) for duty in duties for day in next_occurrences(duty, after, count)]
    return sorted(found, key=lambda occurrence: (occurrence.day, occurrence.duty.position))[:count]


def in_words(day: datetime.date, at: datetime.date) -> str:
    """How far `day` is from `at`: «бүгін», «ертең», «12 күннен кейін»."""
    days = (day - at).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def span_in_words(duty: Duty) -> str:
    """How long a duty that starts with an event may take: «10 жұмыс күні». Empty for a duty with dates."""
    if duty.amount is None:
        return ""
    match duty.unit:
        case DutyUnit.WORKING_DAYS:
            words = ngettext("%(amount)s working day", "%(amount)s working days", duty.amount)
        case DutyUnit.CALENDAR_DAYS:
            words = ngettext("%(amount)s calendar day", "%(amount)s calendar days", duty.amount)
        case DutyUnit.MONTHS:
            words = ngettext("%(amount)s month", "%(amount)s months", duty.amount)
        case _:
            words = "%(amount)s"
    return words % {"amount": duty.amount}


def _days(duty: Duty, after: datetime.date) -> Iterator[datetime.date]:
    """The days of a duty without end, from `after` on."""
    if duty.rule == DutyRule.AFTER_EVENT or duty.day is None:
        return
    year, month = after.year, after.month
    while year <= datetime.MAXYEAR:
        if duty.rule == DutyRule.MONTHLY or month == duty.month:
            day = _within_month(year, month, duty.day)
            if day >= after:
                yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _within_month(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))
