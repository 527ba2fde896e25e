"""The way in, step by step, as a person walks it."""

from __future__ import annotations

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def ask(client, email: str, language: str = "kk", **fields):
    """Gives an address on the sign-in page."""
    return client.post(f"/{language}/account/login/", {"email": email, **fields})


def enter(client, code: str, language: str = "kk", **fields):
    """Types a code on the page that asks for it."""
    return client.post(f"/{language}/account/login/code/confirm/", {"code": code, **fields})


def ask_again(client, language: str = "kk"):
    return enter(client, "", language, action="resend")


def code_in(letter) -> str:
    (code,) = re.findall(r"^\s*(\d{6})\s*$", letter.body, re.MULTILINE)
    return code


def last_code() -> str:
    return code_in(mail.outbox[-1])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def sign_in(client, email: str, language: str = "kk", **fields):
    ask(client, email, language, **fields)
    return enter(client, last_code(), language, **fields)


def is_in(client) -> bool:
    """Whether the cabinet opens."""
    return client.get("/kk/cabinet/").status_code == 200


def give_app(user) -> Authenticator:
    """An authenticator app on the person's phone."""
    return Authenticator.objects.filter(user=user, type="totp").first() or TOTP.activate(user, SECRET).instance


def app_code(secret: str = SECRET) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def show_second_factor(client, user) -> None:
    """Notes in an open session that the person's app was shown in it a moment ago."""
    app = give_app(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "id": app.pk, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
