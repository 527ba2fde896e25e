"""Setting a second factor up, and going on to where it was asked for."""

from __future__ import annotations

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.mixins import NextRedirectMixin
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.models import signed_in
from people.second_factor import has_factor, is_shown, mark_shown


@login_required
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Why the admin asks for a second factor, and the ways to have one."""
    user = signed_in(request)
    if not has_factor(user):
        return render(request, "mfa/start.html", {"go_on": get_next_redirect_url(request) or ""})
    if is_shown(request):
        return HttpResponseRedirect(get_next_redirect_url(request) or reverse("mfa_index"))
    door = get_adapter().get_reauthentication_methods(user)[0]["url"]
    return HttpResponseRedirect(cast(str, passthrough_next_redirect_url(request, door, "next")))


def after_set_up(request: HttpRequest, *, new_codes: bool) -> str:
    """The address after a factor was added: new recovery codes first, then where the person was going."""
    if new_codes:
        return cast(str, passthrough_next_redirect_url(request, reverse("mfa_view_recovery_codes"), "next"))
    return get_next_redirect_url(request) or reverse("mfa_index")


@method_decorator(never_cache, name="dispatch")
class ActivateAppView(NextRedirectMixin, ActivateTOTPView):
    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        mark_shown(self.request, Authenticator.objects.get(user=signed_in(self.request), type="totp"))
        return response

    def get_success_url(self) -> str:
        return after_set_up(self.request, new_codes=self.did_generate_recovery_codes)


class GenerateCodesView(GenerateRecoveryCodesView):
    def form_valid(self, form) -> HttpResponse:
        """Replaced codes take with them what was shown by an old one; whoever replaces them has just shown herself."""
        response = super().form_valid(form)
        mark_shown(self.request, Authenticator.objects.get(user=signed_in(self.request), type="recovery_codes"))
        return response


@method_decorator(never_cache, name="dispatch")
class RecoveryCodesView(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"go_on": get_next_redirect_url(self.request) or ""}
