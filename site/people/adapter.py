"""How allauth behaves here."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.outbox import queue_mail
from people import after_sign_in, limits
from people.models import User
from people.reauthentication import methods_for, recently_proved

NOWHERE = "0.0.0.0"  # noqa: S104  not bound to: the one network of all whose address a proxy did not tell


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Through the outbox: a mail server that is down or slow never holds up a page."""
        letter = self.render_mail(template_prefix, email, {"email": email} | context)
        queue_mail(
            kind="account",
            recipient=email,
            language=get_language() or "kk",
            context={"subject": letter.subject, "body": letter.body},
            dedupe_key=f"account:{uuid4()}",
            at_once=True,
        )

    def post_login(self, request: HttpRequest, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if address := after_sign_in.next_address(request, user):
            return HttpResponseRedirect(address)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("cabinet")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by confirming a code (`people.sign_in`), never by allauth's own form."""
        return False

    def generate_login_code(self) -> str:
        """Six digits: typed on a phone keypad, short-lived, five tries."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def generate_password_reset_code(self) -> str:
        """Eight digits: asked for seldom, and worth more to whoever guesses it."""
        return f"{secrets.randbelow(100_000_000):08d}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address. A proxy that does not say what it was set up to say is no reason to fail."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return NOWHERE

    # Passwords: allauth would count wrong ones by address alone, so that anybody could lock its owner out.

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        email = credentials.get("email", "")
        self._counted = [limits.use(request, "password", email)]
        if all(self._counted):
            self._counted.append(limits.use_network(request, "password"))
        if all(self._counted):
            self._counted.append(limits.use_everywhere(request, "password", email))
        if not all(self._counted):
            message = _("Too many wrong passwords. Wait 15 minutes, or sign in with a code by e-mail now.")
            raise ValidationError(message, code="too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        for usage in self._counted:
            if usage:
                usage.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        limits.forget(request, "password", credentials["email"])

    # Locks of an account: `people.reauthentication` has the rules.

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Never True: allauth would then ask by its own rule, which lets accounts without a password pass."""
        if not recently_proved(context.request):
            raise ReauthenticationRequired
        return False

    def get_reauthentication_methods(self, user) -> list[dict]:
        if not isinstance(user, User):
            return []
        return methods_for(user, super().get_reauthentication_methods(user))


class SecondFactorAdapter(DefaultMFAAdapter):
    def _get_site_name(self) -> str:
        """What a phone shows beside a passkey."""
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user, type) -> str:
        return _("Passkey %(number)s") % {"number": user.authenticator_set.filter(type=type).count() + 1}
