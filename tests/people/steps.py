"""The way in, step by step, as a person walks it."""

from __future__ import annotations

import re

from django.core import mail


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
