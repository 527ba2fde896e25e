"""Messages for the tests of the outbox, and a mail server that is down."""

from __future__ import annotations

from io import StringIO

from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command

from core.outbox import queue_mail

FACTS = {
    "name": "Айгүл <Серікова>",
    "title": 'Жиналыс & "хаттама"',
    "when": "2026 ж. 5 желтоқсан, 10:00",
    "where": "Астана",
    "place": None,
    "seat_url": "http://site.test/kk/seats/1/",
    "site_url": "http://site.test/kk/",
}


class DeadServer(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody answers on port 587")


def queue(key="news:1", language="kk", **fields) -> None:
    message = {"kind": "courses/confirmed", "recipient": "aigul@mail.test", "context": FACTS} | fields
    queue_mail(language=language, dedupe_key=key, **message)


def sweep() -> str:
    """What the command says that runs every minute."""
    out = StringIO()
    call_command("send_outbox", stdout=out)
    return out.getvalue().strip()
