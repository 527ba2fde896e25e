"""How hard a text is to read: figures from the lengths of words and sentences, nothing more.

Russian: the reading ease of Flesch with the coefficients of I. V. Oborneva (2006), who found them on books of which
both languages exist: 206.835 − 1.3 × words a sentence − 60.1 × syllables a word. 100 is a primer; below 30 only a
trained reader follows.

Kazakh: no formula is validated. We use the shape of C.-H. Björnsson's LIX (1968): words a sentence + the share of
long words. In Kazakh a suffix does what a word of its own does elsewhere, so «long» is counted from ten letters and
not from seven, and the limit is measured on our own short answers. It tells a text that is harder than ours from
one like ours, and must not be compared with LIX of any other language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONG_WORD = 10

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[\s»\")]+(?=[«\"(]?[^\W\d_a-zа-яёәғқңөұүһі])|\n+")
_RUSSIAN_VOWELS = frozenset("аеёиоуыэюя")


@dataclass(frozen=True)
class Figures:
    """What the formulas are made of."""

    words: list[str]
    sentences: list[str]

    @property
    def words_a_sentence(self) -> float:
        return len(self.words) / len(self.sentences)


def figures(text: str) -> Figures:
    """Words and sentences of a text. A line is a sentence of its own: an item of a list, a heading."""
    pieces = (piece.strip() for piece in _END.split(text))
    sentences = [piece for piece in pieces if _WORD.search(piece)]
    return Figures(_WORD.findall(text), sentences)


def ease_ru(text: str) -> float:
    """Oborneva's reading ease of a Russian text: the higher, the easier. Raises ValueError for a text without words."""
    found = _with_words(text)
    syllables = sum(sum(letter in _RUSSIAN_VOWELS for letter in word.lower()) for word in found.words)
    return 206.835 - 1.3 * found.words_a_sentence - 60.1 * syllables / len(found.words)


def lix_kk(text: str) -> float:
    """Our own measure of a Kazakh text: the higher, the harder. Raises ValueError for a text without words."""
    found = _with_words(text)
    long = sum(len(word.replace("-", "")) >= LONG_WORD for word in found.words)
    return found.words_a_sentence + 100 * long / len(found.words)


def longest_sentence(text: str) -> str:
    """The sentence with the most words; empty for a text without words."""
    return max(figures(text).sentences, key=lambda sentence: len(_WORD.findall(sentence)), default="")


def _with_words(text: str) -> Figures:
    found = figures(text)
    if not found.words:
        raise ValueError("a text without words has no reading level")
    return found
