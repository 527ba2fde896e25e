"""The page «Where you are signed in»."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import sessions


@login_required
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "usersessions/usersession_list.html", {"sessions": sessions.open_sessions(request)})


@login_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":  # sign-in leads back here when this very session had been ended
        return redirect("usersessions_list")
    try:
        sessions.end(request, number)
    except UserSession.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The session is ended."))
    return redirect("usersessions_list")


@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("usersessions_list")
    sessions.end_others(request)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("usersessions_list")
