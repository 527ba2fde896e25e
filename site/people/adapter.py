"""How allauth behaves here."""

from __future__ import annotations

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponseRedirect

from people import after_sign_in


class AccountAdapter(DefaultAccountAdapter):
    def post_login(self, request: HttpRequest, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if address := after_sign_in.next_address(request, user):
            return HttpResponseRedirect(address)
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by confirming a code (`people.sign_in`), never by allauth's own form."""
        return False

    def generate_login_code(self) -> str:
        """Six digits: typed on a phone keypad, short-lived, five tries."""
        return f"{secrets.randbelow(1_000_000):06d}"
