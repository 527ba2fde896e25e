from __future__ import annotations

from django import template

from law.change_notes import notes_of

register = template.Library()
SHOWN = 3


@register.simple_tag
def change_notes(page) -> dict:
    """`last` change notes of a page, and the `older` ones."""
    notes = notes_of(page)
    return {"last": notes[:SHOWN], "older": notes[SHOWN:]}
