"""The deadline calendar as a file (RFC 5545): whole days, with a reminder the morning before.

Read by anybody who has the address, so it says what is due and by which article, and nothing of the person.
The same day always gives the same bytes: programs that ask whether something changed get a true answer.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from law import references
from law.duties import Duty
from law.duty_dates import occurrences_until
from people.models import Membership

MONTHS = 13
# Whole days begin at midnight wherever the phone is: 15 hours before that it is nine in the morning.
ALARM = datetime.timedelta(hours=-15)
HANDOVER = ("housing-law", "51-1(4)")


def horizon(day: datetime.date) -> datetime.date:
    """The last day of the calendar: the end of the month 13 months on."""
    months = day.month + MONTHS
    first = datetime.date(day.year + months // 12, months % 12 + 1, 1)
    return first - datetime.timedelta(days=1)


def duty_calendar(
    *, duties: Iterable[Duty], mandates: Iterable[Membership], language: str, day: datetime.date
) -> bytes:
    """The days of `duties` from `day` on for 13 months, and the ends of a chair's `mandates`, in `language`."""
    with translation.override(language):
        page = settings.WAGTAILADMIN_BASE_URL + reverse("deadlines")
        calendar = Calendar()
        calendar.add("prodid", "-//Turgyndar Amanaty//deadlines//KK")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Deadlines of an owners' association"))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("x-published-ttl", "P1D")
        for occurrence in occurrences_until(duties, day, horizon(day)):
            duty = occurrence.duty
            calendar.add_component(
                _event(
                    uid=f"duty-{duty.key}-{occurrence.day:%Y%m%d}",
                    day=occurrence.day,
                    stamp=day,
                    summary=duty.title,
                    words=[duty.note, f"{capfirst(duty.provision.words)}. {duty.provision.act.title}", page],
                    url=page,
                )
            )
        for mandate in mandates:
            last_day = mandate.valid_to
            if last_day is not None and day <= last_day <= horizon(day):
                calendar.add_component(_mandate_end(mandate, last_day, day, page))
    return calendar.to_ical()


def handover_words() -> str:
    """What a chair does when her mandate ends, with the article."""
    act, ref = HANDOVER
    article = references.in_words(ref, act=act)
    words = _(
        "If another chair is elected, hand over the documents, keys and codes within 10 working days (%(article)s)."
    )
    return words % {"article": article}


def _mandate_end(mandate: Membership, last_day: datetime.date, stamp: datetime.date, page: str) -> Event:
    return _event(
        # Not the row's own number: that opens pages of the site.
        uid=f"mandate-{uuid.uuid5(mandate.public_id, 'calendar')}-{last_day:%Y%m%d}",
        day=last_day,
        stamp=stamp,
        summary=_("Last day of the chair's mandate"),
        words=[handover_words(), page],
        url=page,
    )


def _event(*, uid: str, day: datetime.date, stamp: datetime.date, summary: str, words: list[str], url: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@turgyndar-amanaty")
    event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), ZoneInfo(settings.TIME_ZONE)))
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", "\n\n".join(filter(None, words)))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", ALARM)
    event.add_component(alarm)
    return event
