"""What a person is told about her seat, in her language, once."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.outbox import queue_mail
from courses.enrolment import Enrolment, EnrolmentEvent
from courses.enums import EnrolmentStatus, EventReason
from courses.runs import CourseRun
from courses.when import place_in_words, when_in_words


def tell(enrolment: Enrolment, event: EnrolmentEvent) -> None:
    """Queues the message of one transition inside the caller's transaction."""
    queue_mail(
        kind=f"courses/{_kind(event)}",
        recipient=enrolment.email,
        person=enrolment.user,
        language=enrolment.language,
        context=_context(enrolment),
        dedupe_key=f"enrolment:{enrolment.public_id}:{event.pk}",
    )


def _kind(event: EnrolmentEvent) -> str:
    match EnrolmentStatus(event.to_status):
        case EnrolmentStatus.CONFIRMED:
            return "promoted" if event.from_status else "confirmed"
        case EnrolmentStatus.WAITLISTED:
            return "waitlisted"
        case EnrolmentStatus.CANCELLED_BY_STAFF if event.reason == EventReason.RUN_CANCELLED:
            return "run_cancelled"
        case _:
            return "cancelled"


def _context(enrolment: Enrolment) -> dict:
    with translation.override(enrolment.language):
        run = CourseRun.objects.for_cards().get(pk=enrolment.run_id)
        place = Enrolment.objects.with_place().values_list("place", flat=True).get(pk=enrolment.pk)
        return {
            "name": enrolment.full_name,
            "title": run.title,
            "when": "; ".join(when_in_words(session) for session in run.sessions.all()),
            "where": place_in_words(run),
            "place": place,
            "seat_url": settings.WAGTAILADMIN_BASE_URL + reverse("seat", args=[enrolment.public_id]),
            "site_url": f"{settings.WAGTAILADMIN_BASE_URL}/{enrolment.language}/",
        }
