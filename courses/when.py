"""Dates and places in words. Walls show Asia/Almaty whatever the reader's device thinks."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.enums import Modality
from courses.runs import CourseRun, Session


def when_in_words(session: Session) -> str:
    """«суббота, 28 ноября, 10:00–16:00» or «сенбі, 28 қараша, 10:00–16:00»."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    if start.date() == end.date():
        return f"{date_format(start, 'l')}, {day_in_words(session)}, {start:%H:%M}–{end:%H:%M}"
    return f"{day_in_words(session)}, {start:%H:%M} – {date_format(end, 'j E')}, {end:%H:%M}"


def day_in_words(session: Session) -> str:
    """The day, with the year where it is not this one."""
    start = timezone.localtime(session.starts_at)
    if start.year == timezone.localdate().year:
        return date_format(start, "j E")
    return date_format(start, "DATE_FORMAT")


def place_in_words(run: CourseRun) -> str:
    """The place, always with a city: the reader may live in another one."""
    if run.modality == Modality.ONLINE:
        return _("online, front office: %(city)s") % {"city": run.office.city}
    if run.venue:
        return f"{run.venue.name}, {run.venue.city}"
    return _("%(city)s, the place will be announced") % {"city": run.office.city}
