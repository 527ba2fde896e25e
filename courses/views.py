"""A person's own seat."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from courses import actions
from courses.calendar_file import seat_calendar
from courses.catalogue import CoursePage
from courses.enrolment import Enrolment
from courses.seminars import SeminarIndexPage
from people.models import signed_in
from people.office_card import office_card


def _own_or_404(request: HttpRequest, public_id) -> Enrolment:
    enrolment = Enrolment.objects.visible_to(request.user).for_cards().filter(public_id=public_id).first()
    if enrolment is None:
        raise Http404
    return enrolment


@login_required
@never_cache
@require_safe
def seat(request: HttpRequest, public_id) -> HttpResponse:
    enrolment = _own_or_404(request, public_id)
    locale = Locale.get_active()
    index = SeminarIndexPage.objects.live().filter(locale=locale).first()
    course_page = CoursePage.objects.live().filter(course=enrolment.run.course, locale=locale).first()
    context = {
        "enrolment": enrolment,
        "run": enrolment.run,
        "events": enrolment.events.all(),
        "run_url": index.run_url(enrolment.run, request) if index else "",
        "course_page": course_page,
        "first_lesson": course_page.lessons[0] if course_page and course_page.lessons else None,
        "office": SimpleLazyObject(lambda: office_card(enrolment.run.office)),
        "can_cancel": enrolment.is_waiting or not (until := enrolment.run.cancellable_until) or until > timezone.now(),
    }
    return render(request, "courses/seat.html", context)


@login_required
def cancel(request: HttpRequest, public_id) -> HttpResponse:
    enrolment = _own_or_404(request, public_id)
    if request.method != "POST":  # sign-in leads back here when the session had ended: nothing is done by looking
        return redirect("seat", public_id=public_id)
    try:
        actions.cancel(enrolment_id=enrolment.pk, actor=signed_in(request))
    except actions.TooLate:
        messages.error(request, _("The time to give the seat back is over. Call the front office."))
    else:
        if enrolment.is_waiting:
            messages.success(request, _("You have left the queue."))
        else:
            messages.success(request, _("Your place was given back. Thank you: the next in the queue gets it."))
    return redirect("seat", public_id=public_id)


@login_required
@never_cache
@require_safe
def calendar(request: HttpRequest, public_id) -> HttpResponse:
    enrolment = _own_or_404(request, public_id)
    url = request.build_absolute_uri(reverse("seat", args=[public_id]))
    response = HttpResponse(seat_calendar(enrolment, enrolment.run, url), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{enrolment.run.code}.ics"'
    return response
