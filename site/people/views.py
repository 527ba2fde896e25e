"""The cabinet and the profile."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.cabinet import is_first_visit, sections
from people.forms import ProfileForm
from people.models import signed_in


@login_required
@never_cache
def cabinet(request: HttpRequest) -> HttpResponse:
    """«Менің бетім»: what the apps have for this person, and the way to everything kept about her."""
    person = signed_in(request)
    shown = [{"template": section.template, **section.context(person)} for section in sections()]
    return render(request, "people/cabinet.html", {"sections": shown, "is_first_visit": is_first_visit(person)})


@login_required
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone, language, district. What was typed wrong stays on screen and is not saved."""
    form = ProfileForm(request.POST or None, instance=signed_in(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("cabinet")
    return render(request, "people/profile.html", {"form": form})
