"""The page where a person says which letters she wants."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.models import signed_in
from people.notification_actions import choose
from people.notifications import topics, wanted


class TopicsForm(forms.Form):
    """A switch for each registered topic."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for topic in topics():
            self.fields[topic.key] = forms.BooleanField(
                label=str(topic.label), help_text=str(topic.help_text), required=False
            )


@login_required
@never_cache
def notifications(request: HttpRequest) -> HttpResponse:
    """Shows the switches; a POST saves them all."""
    person = signed_in(request)
    if request.method == "POST":
        form = TopicsForm(request.POST)
        if form.is_valid():
            choose(user=person, wanted=form.cleaned_data, actor=person)
            messages.success(request, _("Saved."))
            return redirect("notifications")
    else:
        form = TopicsForm(initial=wanted(person))
    return render(request, "people/notifications.html", {"form": form})
