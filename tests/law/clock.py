"""Days of the calendar, as they are lived in Kazakhstan."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def moment(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """That hour in Astana."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Almaty"))
