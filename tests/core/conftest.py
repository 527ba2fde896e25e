from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.core.mailing import DeadServer


@pytest.fixture
def mail_server(settings):
    """`mail_server(False)` takes it down, `mail_server(True)` brings it back."""

    def switch(works: bool) -> None:
        dead = f"{DeadServer.__module__}.{DeadServer.__name__}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend" if works else dead

    return switch


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Runs what waits for the commit, as a real commit would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def after(monkeypatch):
    """Moves the clock forward."""
    now = timezone.now

    def move(delta: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now() + delta)

    return move
