"""The cabinet and the profile."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.cabinet import sections
from people.forms import ProfileForm
from people.models import signed_in


@login_required
@never_cache
def cabinet(request: HttpRequest) -> HttpResponse:
    shown = [{"template": section.template, **section.context(signed_in(request))} for section in sections()]
    return render(request, "people/cabinet.html", {"sections": shown})


@login_required
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("cabinet")
    return render(request, "people/profile.html", {"form": form})
