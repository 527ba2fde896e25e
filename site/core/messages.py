"""Finds every translatable string of ours, without GNU gettext. Needs Babel, a development package."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SOURCES = ("site", "courses", "faq")


@dataclass(frozen=True)
class Message:
    """One string to translate; `plural` is empty for most."""

    msgid: str
    context: str = ""
    plural: str = ""


def our_messages() -> dict[Message, list[str]]:
    """Every message of our code and templates, with the files it stands in."""
    root = Path(settings.ROOT)
    found: dict[Message, list[str]] = {}
    files = [
        file for source in SOURCES for file in sorted((root / source).rglob("*.py")) if "migrations" not in file.parts
    ]
    files += sorted(file for suffix in ("html", "txt") for file in (root / "templates").rglob(f"*.{suffix}"))
    for file in files:
        for message in _messages(file):
            where = str(file.relative_to(root))
            places = found.setdefault(message, [])
            if where not in places:
                places.append(where)
    return found


def _messages(file: Path) -> Iterator[Message]:
    from babel.messages.extract import extract_python

    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # What is left of a template is no Python: its indentation would stop the tokenizer.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(file)).splitlines())
    for _line, function, found, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        texts: tuple = found if isinstance(found, tuple) else (found,)
        if not all(isinstance(text, str) for text in texts[:2] if text is not None):
            continue
        match KEYWORDS[function]:
            case None:
                message = Message(texts[0])
            case (1, 2):
                message = Message(texts[0], plural=texts[1])
            case (_, 2):
                message = Message(texts[1], context=texts[0])
            case _:
                message = Message(texts[1], context=texts[0], plural=texts[2])
        if message.msgid:
            yield message
