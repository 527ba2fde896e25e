"""How allauth behaves here."""

from __future__ import annotations

import secrets
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from core.outbox import queue_mail
from people import after_sign_in


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
