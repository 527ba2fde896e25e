"""«Менің бетім»: a page to which the apps add their sections, so that this layer knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from people.models import User


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
