from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.law.clock import moment


@pytest.fixture
def on(monkeypatch):
    """Makes a day today: `on(date(2026, 12, 14))`."""

    def move(day: date) -> None:
        now = moment(day)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return move
