"""Passkeys: added, renamed, removed, and used to sign in.

What the browser needs stands in `data-options` of a form as JSON: `static/js/passkeys.js` reads it, as the
policy of public pages runs no script from a page.
"""

from __future__ import annotations

import json

from allauth.account.mixins import NextRedirectMixin
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from people.models import signed_in
from people.second_factor import mark_shown
from people.second_factor_views import after_set_up
from people.sign_in_views import leave_the_code


@method_decorator(never_cache, name="dispatch")
class AddPasskeyView(NextRedirectMixin, AddWebAuthnView):
    def get_context_data(self, **kwargs) -> dict:
        """allauth would ask for a key that cannot sign in by itself."""
        options = auth.begin_registration(signed_in(self.request), passwordless=True)
        context = FormView.get_context_data(self, **kwargs)
        return context | {"passkey_options": json.dumps(options), "redirect_field_value": self.get_next_url() or ""}

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        newest = Authenticator.objects.filter(user=signed_in(self.request), type="webauthn").latest("pk")
        mark_shown(self.request, newest)
        return response

    def get_success_url(self) -> str:
        return after_set_up(self.request, new_codes=self.did_generate_recovery_codes)


@method_decorator(never_cache, name="dispatch")
class SignInByPasskeyView(NextRedirectMixin, LoginWebAuthnView):
    """GET gives the script a challenge; POST brings the answer."""

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        leave_the_code(request)
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form) -> HttpResponse:
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))


@method_decorator(never_cache, name="dispatch")
class ReauthenticateByPasskeyView(ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return context | {"passkey_options": json.dumps(context["js_data"]["request_options"])}

    def form_invalid(self, form) -> HttpResponse:
        return FormView.form_invalid(self, form)


class SecondFactorSignInView(AuthenticateView):
    """The second step of sign-in: the phone's code, a recovery code, or a passkey."""

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        own = Authenticator.objects.filter(user=self.stage.login.user)
        types = set(own.values_list("type", flat=True))
        options = json.dumps(context["js_data"]["request_options"]) if "webauthn" in types else ""
        return context | {"passkey_options": options, "has_app": "totp" in types}
