"""The calendar of statutory duties: a public page, a person's own page, and the file a phone follows."""

from __future__ import annotations

import datetime
import hashlib

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from law.calendar_feed import feed_of, make_feed, revoke_feed
from law.duties import CalendarFeed, Duty
from law.duty_cabinet import chair_mandates
from law.duty_calendar import duty_calendar
from law.duty_dates import in_words, next_occurrences, span_in_words, today
from law.enums import DutyRule
from people.models import signed_in

DATES_SHOWN = 3
NEAR = datetime.timedelta(days=5)
# Phones ask a few times a day, but a whole house or a mobile operator sits behind one address.
FEED_LIMIT = {"calendar": "120/m/ip"}


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """For everybody: duties by their next date, then those that start with an event. One query for all duties."""
    duties = list(Duty.objects.in_full().with_recheck(today()))
    context = {
        "dates": _dates(duties, today()),
        "after_event": [
            {"duty": duty, "span": span_in_words(duty)} for duty in duties if duty.rule == DutyRule.AFTER_EVENT
        ],
    }
    return render(request, "law/duties.html", context)


def _dates(duties: list[Duty], at: datetime.date) -> list[dict]:
    """Each dated duty once, the nearest first, with the dates after the next one."""
    found = []
    for duty in duties:
        days = next_occurrences(duty, at, DATES_SHOWN)
        if days:
            row = {"duty": duty, "day": days[0], "later": days[1:], "distance": in_words(days[0], at)}
            found.append(row | {"is_near": days[0] - at <= NEAR})
    return sorted(found, key=lambda row: row["day"])


@login_required
@never_cache
@require_safe
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Whether the person has an address, and the buttons to make, replace or revoke it."""
    feed = CalendarFeed.objects.filter(user=signed_in(request)).first()
    return render(request, "law/duty_calendar.html", {"feed": feed})


@login_required
@never_cache
def make_calendar(request: HttpRequest) -> HttpResponse:
    """Shows the new address in the answer itself: stored nowhere, it could not be shown after a redirect."""
    if request.method != "POST":  # sign-in leads back here when the session had ended: nothing is made by looking
        return redirect("own_calendar")
    person = signed_in(request)
    token = make_feed(user=person, language=get_language() or person.language, actor=person)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    _scheme, _separator, rest = address.partition("://")
    return render(request, "law/duty_calendar_made.html", {"address": address, "tap_address": f"webcal://{rest}"})


@login_required
@never_cache
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    """Stops the address. Doing it twice changes nothing."""
    if request.method == "POST":
        person = signed_in(request)
        if revoke_feed(user=person, actor=person):
            messages.success(request, _("The calendar address no longer works."))
    return redirect("own_calendar")


def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file itself. An address that is wrong, replaced or revoked gets one and the same answer."""
    if request.method not in {"GET", "HEAD"}:
        return _refusal(405)
    if ratelimit.consume(request, app="law", action="calendar", config=FEED_LIMIT, limit_get=True) is None:
        return _refusal(429)
    feed = feed_of(token)
    if feed is None:
        return _refusal(404)
    body = duty_calendar(
        duties=Duty.objects.dated().in_full(),
        mandates=chair_mandates(feed.user),
        language=feed.language,
        day=today(),
    )
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})
    response["Content-Language"] = feed.language
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return _private(get_conditional_response(request, etag=etag, response=response) or response)


def _refusal(status: int) -> HttpResponse:
    response = HttpResponse(f"{status}\n", status=status, content_type="text/plain; charset=utf-8")
    if status == 429:
        response["Retry-After"] = "60"
    if status == 405:
        response["Allow"] = "GET, HEAD"
    # Django logs the path of every refusal, and this path is a secret, or was one until it was revoked.
    setattr(response, "_has_been_logged", True)  # noqa: B010  where django.utils.log looks for it
    return _private(response)


def _private(response):
    response["Cache-Control"] = "private, max-age=3600" if response.status_code in {200, 304} else "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
