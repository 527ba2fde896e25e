"""Showing once more who one is, before the locks of an account change.

A session that proved it within `ACCOUNT_REAUTHENTICATION_TIMEOUT` is not asked: by signing in, or here. Who
has a second factor proves it with that; others with the password or, as most have none, with a code by mail.
"""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import User, signed_in
from people.second_factor import has_factor, is_shown, shown_at


def recently_proved(request: HttpRequest) -> bool:
    """Whether this session has shown who it is within the last minutes, by the best way the account has."""
    user = signed_in(request)
    if has_factor(user):
        times = list(shown_at(request).values()) if is_shown(request) else []
    else:
        times = [record["at"] for record in get_authentication_records(request, user)]
    return any(time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT for at in times)


def methods_for(user: User, offered: list[dict]) -> list[dict]:
    """Ways to show once more who one is, the best first. `offered` are allauth's, of which some do not do.

    A password alone is not enough for an account with a second factor; without one there is always a code.
    """
    if not has_factor(user):
        by_code = {
            "id": "reauthenticate_by_code",
            "description": _("Use a code from a letter"),
            "url": reverse("account_reauthenticate_by_code"),
        }
        return [*offered, by_code]
    methods = [method for method in offered if method["id"] != "reauthenticate"]
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        methods.sort(key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")
    return methods
