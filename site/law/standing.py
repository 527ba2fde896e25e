"""What may be said of a page on a day: the one rule behind the stamp that readers see and the lists of staff."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from law.basis import LawBased


class Standing(StrEnum):
    """Only `SIGNED` claims to be current."""

    RECHECK = "recheck"  # the law changed, and nobody has compared the page with the change
    OVERDUE = "overdue"  # signed, and the next review should have been made
    CHANGED = "changed"  # the text was edited after the signature
    SIGNED = "signed"
    COMPARED = "compared"  # written from an edition, not signed yet
    UNCHECKED = "unchecked"  # an editor asks for a lawyer, or nothing is known


def standing_of(page: LawBased, day: datetime.date) -> Standing:
    """What holds first of the list above; a correction that is no news to the twin is none to the signature."""
    review = page.review
    if page.rechecks:
        return Standing.RECHECK
    if review.is_signed and review.is_overdue(day):
        return Standing.OVERDUE
    if review.is_signed:
        is_edited = review.is_older_than(getattr(page, "text_changed_at", None))
        if not is_edited:
            return Standing.SIGNED
        return Standing.CHANGED if page.is_verified else Standing.UNCHECKED
    return Standing.COMPARED if page.is_verified and review.edition_date else Standing.UNCHECKED
