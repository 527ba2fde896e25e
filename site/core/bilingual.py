"""Rows that hold their words in both languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


def in_language(row: models.Model, field: str) -> str:
    """`field_kk` or `field_ru` by the active language; the other one where it is empty."""
    first, other = ("kk", "ru") if get_language() == "kk" else ("ru", "kk")
    return getattr(row, f"{field}_{first}") or getattr(row, f"{field}_{other}")
