"""Reads citations as people write them: «ст. 42-1 ЗРК», «п.п. 5) п. 2 ст. 42», «42-баптың 5-тармағы», «42(8)».

Pure functions over text: nothing is looked up here. Any text is read without an error; what is no citation is
passed over.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

MAX_CHARACTERS = 2000
MAX_CITATIONS = 20

# Letters that look alike, typed on the wrong keyboard. Only ever used on both sides of a comparison.
_LOOK_ALIKE = str.maketrans("abcehikmoptxy", "авсенікмортху")
_DASHES = re.compile(r"\s*[‐‑‒–—−]\s*(?=[0-9])|[‐‑‒–—−]")
_GAPS = re.compile(r"[\s\u200b\ufeff]+")
_NUMBER = r"(?<![0-9-])[0-9]{1,4}(?:-[0-9]{1,3})*(?!-?[0-9])"
_AND = r"\)?\s*(?:,|;|и|және|мен)\s*"
_NUMBERS = rf"{_NUMBER}(?:{_AND}{_NUMBER})*"
# Russian puts the word before the number, Kazakh after it. Subpoints come first: their words hold the word of points.
_BEFORE = {
    "article": r"стат(?:ья|ьи|ье|ью|ьей|ей|ьям|ьях|ьями)|ст",
    "subpoint": r"подпункт(?:ы|а|у|е|ом|ов|ам|ах|ами)?|п\.?\s?п|подп",
    "point": r"пункт(?:ы|а|у|е|ом|ов|ам|ах|ами)?|п",
    "part": r"част(?:ь|и|ью|ей|ям|ях|ями)|ч",
}
_AFTER = {
    "article": r"ба[пб][а-яәғқңөұүһі]*",
    "subpoint": r"тарма[қк]ша[а-яәғқңөұүһі]*",
    "point": r"тарма[қғкг](?!ша)[а-яәғқңөұүһі]*",
    "part": r"б[өо]лі[кг](?!ш)[а-яәғқңөұүһі]*",
}
# a number that goes on with a Kazakh word belongs to that word: «ст. 42, 5-тармақ»
_OWN = rf"(?!\)?\s*-?\s*(?:{'|'.join(_AFTER.values())}))"
_RUSSIAN = "|".join(
    rf"(?<![а-яәғқңөұүһі])(?:{word})\.?\s*(?P<ru_{level}>{_NUMBER}(?:{_AND}{_NUMBER}{_OWN})*)\)?"
    for level, word in _BEFORE.items()
)
_KAZAKH = "|".join(rf"(?P<kk_{level}>{_NUMBERS})\)?\s*-?\s*(?:{word})" for level, word in _AFTER.items())
_PLAIN = rf"(?P<plain>{_NUMBER}(?:\s?\({_NUMBER}\))+)"
_WITH_PARTS = rf"(?:стат(?:ья|ьи|ье|ью|ьей)|ст)\.?\s*(?P<worded>{_NUMBER}(?:\s?\({_NUMBER}\))+)"
_PIECE = re.compile(f"{_WITH_PARTS}|{_KAZAKH}|{_PLAIN}|{_RUSSIAN}")
_WHOLE = re.compile(rf"{_NUMBER}(?:\({_NUMBER}\)){{0,2}}")
_NUMBER_ONLY = re.compile(_NUMBER)


@dataclass(frozen=True)
class ParsedCitation:
    """An article with its points, outermost first, and the words around it, where the act may be named.

    `is_kazakh`: by its words; then the act stands before it, as a rule, and in Russian after it.
    """

    article: str
    parts: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    is_kazakh: bool = False

    @property
    def ref(self) -> str:
        """As it stands in the data; a part too deep for it is left off."""
        return self.article + "".join(f"({part})" for part in self.parts[:2])


@dataclass
class _Piece:
    level: str
    numbers: list[str]
    start: int
    end: int
    kazakh: bool = False
    own_parts: tuple[str, ...] = ()


def fold(text: str) -> str:
    """One form for all the ways to type the same: case, look-alike letters, dashes, blanks and ё."""
    text = unicodedata.normalize("NFC", text).casefold().replace("ё", "е").translate(_LOOK_ALIKE)
    return _GAPS.sub(" ", _DASHES.sub("-", text)).strip()


def parse(text: str) -> list[ParsedCitation]:
    """The citations of a text, in its order. Never raises; only the beginning of a very long text is read."""
    text = fold(text[:MAX_CHARACTERS])
    if _WHOLE.fullmatch(text):
        pieces = [_plain(text, 0, len(text))]
    else:
        pieces = [_piece(match) for match in _PIECE.finditer(text)]
    found: list[ParsedCitation] = []
    groups = _groups(text, pieces)
    for place, group in enumerate(groups):
        start, end = min(piece.start for piece in group), max(piece.end for piece in group)
        before = text[max((piece.end for piece in groups[place - 1]), default=0) if place else 0 : start]
        after = text[end : min(piece.start for piece in groups[place + 1]) if place + 1 < len(groups) else len(text)]
        article = next(piece for piece in group if piece.level == "article")
        for numbers in product(article.numbers, *(piece.numbers for piece in _ordered(group, article))):
            parts = (*article.own_parts, *numbers[1:])
            found.append(ParsedCitation(numbers[0], parts, before.strip(), after.strip(), article.kazakh))
            if len(found) == MAX_CITATIONS:
                return found
    return found


def _piece(match: re.Match[str]) -> _Piece:
    name, text = next((name, value) for name, value in match.groupdict().items() if value is not None)
    if name in {"plain", "worded"}:
        return _plain(text, match.start(), match.end())
    language, level = name.split("_")
    return _Piece(level, _NUMBER_ONLY.findall(text), match.start(), match.end(), kazakh=language == "kk")


def _plain(text: str, start: int, end: int) -> _Piece:
    article, *parts = _NUMBER_ONLY.findall(text)
    return _Piece("article", [article], start, end, own_parts=tuple(parts))


def _groups(text: str, pieces: list[_Piece]) -> list[list[_Piece]]:
    """Each article with the points that belong to it; points without an article are no citation."""
    groups: list[list[_Piece]] = []
    waiting: list[_Piece] = []
    for piece in pieces:
        if piece.level != "article":
            waiting.append(piece)
        elif not groups or not waiting:
            groups.append([*waiting, piece])
            waiting = []
        else:
            before, after = _shared_out(text, groups[-1], waiting, piece)
            groups[-1] += before
            groups.append([*after, piece])
            waiting = []
    if groups:
        groups[-1] += waiting
    return groups


def _shared_out(
    text: str, group: list[_Piece], waiting: list[_Piece], article: _Piece
) -> tuple[list[_Piece], list[_Piece]]:
    """Points between two articles: those of the one before («ст. 42, п. 8, ст. 43») or after («п. 3 ст. 43»)."""
    to_last = text[max(piece.end for piece in group) : waiting[0].start]
    to_next = text[waiting[-1].end : article.start]
    if article.kazakh or (to_next.strip() and not to_last.strip()):
        return waiting, []
    if to_last.strip() and not to_next.strip():
        return [], waiting
    goes_up = group[0].level != "article"
    return ([], waiting) if goes_up and not to_next.strip() else (waiting, [])


def _ordered(group: list[_Piece], article: _Piece) -> list[_Piece]:
    """Points from the outermost to the innermost: after the article as they stand, before it backwards."""
    before = [piece for piece in group if piece.end <= article.start]
    after = [piece for piece in group if piece.start >= article.end]
    levels = [piece.level for piece in after]
    if "point" in levels and "subpoint" in levels and levels.index("subpoint") < levels.index("point"):
        after.reverse()
    return [*reversed(before), *after]
