"""The way of a stranger from «sign up» to a seat: what she typed waits in her session for the code."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import actions
from courses.enrolment import Enrolment
from courses.enums import BY_ROLE
from people.models import User, normalise_email

SESSION_KEY = "seat_wanted"
# Longer than a code lives, shorter than a person forgets what she asked for.
REMEMBERED = 60 * 60


def remember(request: HttpRequest, *, run_id: int, run_url: str, typed: dict, waits_for_code: bool = True) -> None:
    """Keeps the filled-in form until the address is confirmed, or until a role is. Nothing goes to the database."""
    request.session[SESSION_KEY] = {
        "run_id": run_id,
        "run_url": run_url,
        "typed": typed,
        "waits_for_code": waits_for_code,
        "at": time.time(),
    }


def typed_before(request: HttpRequest, run_id: int) -> dict:
    """What this visitor typed for this run before; empty for everybody else. Reads no session that is not there.

    The tick of somebody else on the same phone is no consent of who is signed in now.
    """
    wanted = _wanted(request) or {}
    typed = dict(wanted.get("typed", {})) if wanted.get("run_id") == run_id else {}
    if request.user.is_authenticated and normalise_email(typed.get("email", "")) not in {"", request.user.email}:
        typed.pop("consent", None)
    return typed


def forget(request: HttpRequest) -> None:
    """What was typed has become a seat, or is not needed any more."""
    request.session.pop(SESSION_KEY, None)


def _wanted(request: HttpRequest) -> dict | None:
    wanted = request.session.get(SESSION_KEY)
    return wanted if wanted and time.time() - wanted["at"] < REMEMBERED else None


def finish_sign_up(request: HttpRequest, user: User) -> str | None:
    """Called right after sign-in: takes the seat that was asked for and returns where to go on.

    Who signed in with another address than she typed is shown the form again: the seat may have been
    asked for by somebody else on the same phone. So is who needs a role that is not confirmed: the page of
    the form says how to confirm it, and what she typed stays in it.
    """
    wanted = _wanted(request)
    if not wanted or not wanted.get("waits_for_code", True):
        return None
    typed = wanted["typed"]
    if normalise_email(typed["email"]) != user.email:
        return f"{wanted['run_url']}enrol/"
    forget(request)
    try:
        enrolment, created = actions.enrol(
            run_id=wanted["run_id"],
            user=user,
            full_name=typed["full_name"],
            phone=typed["phone"],
            language=get_language() or user.language,
            actor=user,
        )
    except actions.Refused as refused:
        if refused.reason in BY_ROLE:
            remember(request, run_id=wanted["run_id"], run_url=wanted["run_url"], typed=typed, waits_for_code=False)
            return f"{wanted['run_url']}enrol/"
        messages.error(request, refused.reason.label)
        return wanted["run_url"]
    say_result(request, enrolment, created=created, expected_seat=typed.get("expects") != "queue")
    return seat_url(enrolment)


def say_result(request: HttpRequest, enrolment: Enrolment, *, created: bool, expected_seat: bool) -> None:
    """One sentence about what came of the sign-up."""
    if not created:
        messages.info(request, _("You were signed up already. This is your seat page."))
    elif enrolment.is_confirmed:
        messages.success(request, _("The seat is yours. We have sent a confirmation to your e-mail."))
    elif expected_seat:
        messages.warning(
            request, _("The last seat was taken while you were confirming your address. You are in the queue now.")
        )
    else:
        messages.success(
            request, _("You are in the queue. As soon as a seat is free, it is yours and we write to you.")
        )


def seat_url(enrolment: Enrolment) -> str:
    return reverse("seat", args=[enrolment.public_id])


def cabinet_context(user: User) -> dict:
    """Seats of the cabinet: coming ones first, then what is over or given back."""
    enrolments = list(Enrolment.objects.visible_to(user).for_cards().order_by("-created_at")[:100])
    current = [e for e in enrolments if not e.is_cancelled and not e.run.is_over and not e.run.is_cancelled]
    return {
        "current": sorted(current, key=lambda enrolment: enrolment.run.starts_at),
        "earlier": [enrolment for enrolment in enrolments if enrolment not in current],
    }
