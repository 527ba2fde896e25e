"""What the frame of every page needs, remembered by each process for a minute.

A change is seen at once by the process that made it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

SECONDS = 60
Value = TypeVar("Value")


def remembered(key: str, make: Callable[[], Value]) -> Value:
    """`make()`, or what it gave less than a minute ago. None is not remembered."""
    value = caches["process"].get(key)
    if value is None:
        value = make()
        if value is not None:
            caches["process"].set(key, value, SECONDS)
    return value


def forget(**kwargs) -> None:
    """Heard when a page is published, unpublished or moved, and when a site is saved."""
    caches["process"].clear()
