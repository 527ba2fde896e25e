"""Mail of the demo, readable in the browser so that a code can be followed. Not mounted anywhere else."""

from __future__ import annotations

import email
from dataclasses import dataclass
from email import policy
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

LIMIT = 30


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    date: str
    body: str


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest letters, newest first."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return render(request, "home/demo_mail.html", {"letters": [_read(file) for file in files[:LIMIT]]})


def _read(file: Path) -> Letter:
    # Django's file backend ends each message with a line of dashes.
    source = file.read_bytes().rpartition(b"\n" + b"-" * 79)[0] or file.read_bytes()
    message = email.message_from_bytes(source, policy=policy.default)
    part = message.get_body(("plain", "html"))
    body = part.get_content() if part else ""
    return Letter(str(message["to"]), str(message["subject"]), str(message["date"]), body)
