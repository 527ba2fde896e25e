"""Calendar files (RFC 5545) that phones understand: right end time, right zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vText

from courses.enrolment import Enrolment
from courses.enums import Modality
from courses.runs import CourseRun
from courses.when import place_in_words


def seat_calendar(enrolment: Enrolment, run: CourseRun, url: str) -> bytes:
    """One event a session of the run, in Asia/Almaty, with the seat's address."""
    zone = ZoneInfo(settings.TIME_ZONE)
    calendar = Calendar()
    calendar.add("prodid", "-//Turgyndar Amanaty//seats//KK")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for session in run.sessions.all():
        event = Event()
        event.add("uid", f"session-{session.pk}@turgyndar-amanaty")
        event.add("dtstamp", enrolment.updated_at)
        event.add("dtstart", session.starts_at.astimezone(zone))
        event.add("dtend", session.ends_at.astimezone(zone))
        event.add("summary", run.title)
        event.add("url", url)
        event.add("description", url)
        event.add("status", "CONFIRMED" if enrolment.is_confirmed and not run.is_cancelled else "CANCELLED")
        if session.venue and run.modality != Modality.ONLINE:
            address = ", ".join(filter(None, [session.venue.name, session.venue.address, session.venue.city]))
            event["location"] = vText(address)
        else:
            event["location"] = vText(place_in_words(run))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
