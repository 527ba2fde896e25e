"""How a provision is written: `42(8)` in the data, words in a reader's language."""

from __future__ import annotations

import re

from django.utils.translation import get_language

# Articles that go straight to sub-items: 2(24-1) is «подпункт 24-1», there are no points above it.
_WITHOUT_POINTS = {"housing-law": frozenset({"2", "10-2"})}
_REF = re.compile(r"^(?P<article>[0-9]+(?:-[0-9]+)*)(?P<parts>(?:\([0-9]+(?:-[0-9]+)*\)){0,2})$")


def parse(ref: str) -> tuple[str, list[str]]:
    """`51-1(4)` → `("51-1", ["4"])`. Raises ValueError where the text is no reference."""
    match = _REF.match(ref.strip())
    if not match:
        raise ValueError(f"{ref!r} is not a reference like 42, 42(8) or 42(5)(12)")
    return match["article"], re.findall(r"\(([\d-]+)\)", match["parts"])


def sort_key(ref: str) -> tuple[tuple[int, ...], ...]:
    """Orders 2(24-1) before 42(8) before 42(10) before 42-1."""
    try:
        article, parts = parse(ref)
    except ValueError:
        return ((10**6,),)
    return tuple(tuple(int(number) for number in piece.split("-")) for piece in [article, *parts])


def slug(ref: str) -> str:
    """The reference in an address: `42(5)(12)` → `42.5.12`; `act` for an act as a whole."""
    return ref.replace("(", ".").replace(")", "") or "act"


def from_slug(text: str) -> str:
    """`42.5.12` → `42(5)(12)`: the way back from an address."""
    if text == "act":
        return ""
    article, *parts = text.split(".")
    return article + "".join(f"({part})" for part in parts)


def reaches(amended: str, cited: str) -> bool:
    """Whether a change of `amended` may change what `cited` says, both references of one act.

    It does when one holds the other: a change of article 42 reaches 42(8), a change of 42(8) reaches who
    cites the whole of article 42. It never reaches who cites the act as a whole.
    """
    if not amended or not cited:
        return amended == cited
    one, other = _steps(amended), _steps(cited)
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _steps(ref: str) -> list[str]:
    try:
        article, parts = parse(ref)
    except ValueError:
        return [ref]
    return [article, *parts]


def in_words(ref: str, language: str | None = None, act: str = "") -> str:
    """`42(5)(12)` → «статья 42, пункт 5, подпункт 12» or «42-бап, 5-тармақ, 12-тармақша».

    `act` is the act's key: a few articles have no points. What is no reference (an appendix, say)
    is given back as it stands.
    """
    try:
        article, parts = parse(ref)
    except ValueError:
        return ref
    skipped = 1 if article in _WITHOUT_POINTS.get(act, ()) else 0
    if (language or get_language()) == "kk":
        levels = ["{}-тармақ", "{}-тармақша", "{}-бөлік"][skipped:]
        words = [f"{article}-бап"]
    else:
        levels = ["пункт {}", "подпункт {}", "часть {}"][skipped:]
        words = [f"статья {article}"]
    return ", ".join(words + [level.format(part) for level, part in zip(levels, parts, strict=False)])
