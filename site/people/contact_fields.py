"""A person's name and phone as forms take them: one rule for the profile, a seat and whatever asks next."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_FOREIGN = re.compile(r"[<>{}\[\]@#/\\=]|\d{3}")  # a link, a tag, a number: in letters and lists they would be live
_PHONE = re.compile(r"^\+?[\d\s()\-]{6,25}$")


def name_in_letters(typed: str) -> str:
    """The name with single spaces; empty stays empty. Raises ValidationError for what is no name."""
    name = " ".join(typed.split())
    if name and (not _LETTERS.search(name) or _FOREIGN.search(name)):
        raise ValidationError(_("Write your name in letters."))
    return name


def phone_number(typed: str) -> str:
    """The number with single spaces; empty stays empty. Raises ValidationError for what cannot be dialled."""
    phone = " ".join(typed.split())
    if phone and not _PHONE.match(phone):
        raise ValidationError(_("Write the number like +7 701 123 45 67, or leave it empty."))
    return phone
