"""When an office is open: the week in words, one day with its exception, open or not right now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.enums import Weekday
from people.offices import Office, OfficeHours


@dataclass(frozen=True)
class Day:
    """One date of an office: closed where `opens` is None; `note` says why it differs from the week."""

    date: datetime.date
    opens: datetime.time | None
    closes: datetime.time | None
    note: str = ""
    is_exception: bool = False


def week_in_words(hours: Iterable[OfficeHours]) -> str:
    """«дүйсенбі–жұма 09:00–18:00; сенбі 10:00–14:00». Days off are left out; empty for no hours at all."""
    days = sorted((row for row in hours if row.opens), key=lambda row: row.weekday)
    runs = []
    for _key, group in groupby(
        enumerate(days), lambda pair: (pair[1].weekday - pair[0], pair[1].opens, pair[1].closes)
    ):
        rows = [row for _place, row in group]
        first, last = (str(Weekday(row.weekday).label).lower() for row in (rows[0], rows[-1]))
        span = first if len(rows) == 1 else f"{first}–{last}"
        runs.append(f"{span} {rows[0].opens:%H:%M}–{rows[0].closes:%H:%M}")
    return "; ".join(runs)


def day_of(office: Office, date: datetime.date) -> Day:
    """The hours of `date`: an exception goes before the week. Reads prefetched rows only."""
    for exception in office.exceptions.all():
        if exception.date == date:
            return Day(date, exception.opens, exception.closes, exception.note, is_exception=True)
    for row in office.hours.all():
        if row.weekday == date.weekday():
            return Day(date, row.opens, row.closes)
    return Day(date, None, None)


def wall_clock(at: datetime.datetime | None = None) -> datetime.datetime:
    """The moment (default: now) as clocks in the offices show it, whatever zone a member of staff has chosen."""
    return timezone.localtime(at, timezone.get_default_timezone())


def is_open_now(office: Office, at: datetime.datetime | None = None) -> bool:
    """Open from the first minute of its hours to the last one before they end."""
    now = wall_clock(at)
    today = day_of(office, now.date())
    return bool(today.opens and today.closes and today.opens <= now.time() < today.closes)


def state_now(office: Office, at: datetime.datetime | None = None) -> str:
    """One sentence: open until, opens at, closed today; empty where no hours are known for the day."""
    now = wall_clock(at)
    today = day_of(office, now.date())
    if not today.is_exception and not office.hours.all():
        return ""
    if today.opens is None or today.closes is None:
        return _("Closed today")
    if now.time() < today.opens:
        return _("Opens today at %(time)s") % {"time": f"{today.opens:%H:%M}"}
    if now.time() < today.closes:
        return _("Open now, until %(time)s") % {"time": f"{today.closes:%H:%M}"}
    return _("Closed for today")


def coming_exceptions(office: Office, at: datetime.date | None = None, days: int = 30) -> list[Day]:
    """Exceptions of today and the next `days` days, nearest first."""
    today = at or wall_clock().date()
    until = today + datetime.timedelta(days=days)
    return sorted(
        (day_of(office, row.date) for row in office.exceptions.all() if today <= row.date <= until),
        key=lambda day: day.date,
    )


def exception_in_words(day: Day) -> str:
    """«31 желтоқсан: 10:00–14:00 (мереке қарсаңы)» or «16 желтоқсан: жабық»."""
    date = date_format(day.date, "j E" if day.date.year == wall_clock().year else "DATE_FORMAT")
    hours = f"{day.opens:%H:%M}–{day.closes:%H:%M}" if day.opens and day.closes else pgettext("office", "closed")
    return f"{date}: {hours} ({day.note})" if day.note else f"{date}: {hours}"
