"""«Менің бетім»: a page to which the apps add their sections, so that this layer knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.outbox import OutboxMessage
from people.models import User

LETTERS_SHOWN = 3


@dataclass(frozen=True)
class Section:
    """One block of the cabinet: `context(user)` is given to `template`; lower `order` comes first."""

    key: str
    template: str
    context: Callable[[User], dict]
    order: int = 100


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    if section.key in _sections:
        raise ValueError(f"cabinet section {section.key} is registered already")
    _sections[section.key] = section


def sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: section.order)


def is_first_visit(user: User) -> bool:
    """Nothing is known of the person yet but her address."""
    return not user.full_name and user.district_id is None


def letters_context(user: User) -> dict:
    """The newest letters, and whether there are more. One query."""
    newest = list(OutboxMessage.objects.received_by(user)[: LETTERS_SHOWN + 1])
    return {"letters": newest[:LETTERS_SHOWN], "has_more": len(newest) > LETTERS_SHOWN}


register(Section("messages", "people/cabinet_messages.html", letters_context, order=60))
