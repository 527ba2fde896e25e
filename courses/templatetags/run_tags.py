"""Runs in words, and the way to a run's page."""

from __future__ import annotations

from django import template
from wagtail.models import Locale

from courses import when
from courses.runs import CourseRun, Session
from courses.seminars import SeminarIndexPage

register = template.Library()


@register.filter
def when_in_words(session: Session | None) -> str:
    return when.when_in_words(session) if session else ""


@register.filter
def place_in_words(run: CourseRun) -> str:
    return when.place_in_words(run)


@register.simple_tag(takes_context=True)
def run_url(context, run: CourseRun) -> str:
    """A run's page in the reader's language; empty where the calendar is not published. One query a request."""
    request = context["request"]
    if not hasattr(request, "_seminar_index"):
        request._seminar_index = SeminarIndexPage.objects.live().filter(locale=Locale.get_active()).first()
    return request._seminar_index.run_url(run, request) if request._seminar_index else ""
