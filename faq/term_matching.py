"""Finds the terms of a glossary in running text, in any form of their words. No database, no HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search.analysis import forms, normalise

# A reference like &nbsp; is part of the gap between words. Accents may stand apart from their letters.
_LETTER = r"[^\W_][̀-ͯ]*"
_TOKEN = re.compile(rf"&#?\w+;|(?:{_LETTER})+(?:-(?:{_LETTER})+)*")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")

# Endings of Russian nouns: a stem alone would take «предписано» for «предписание».
_NOUN = frozenset("а я у ю о е ы и ь й ом ем ов ев ей ой ою ам ям ами ями ах ях ью".split()) | {""}
_NOUN_IE = frozenset("ие ия ию ием ии ий иям иями иях ье ья ью ьем".split())
# Endings of Kazakh nouns: number, possession, case, «of which», «without».
_KAZAKH_NOUN = re.compile(
    r"(?:[лдт][ае]р)?"
    r"(?:[ыі]?[мң](?:[ыі]з)?|с?[ыі])?"
    r"(?:[ндт][ыі]ң|[ғқ]а|[гк]е|н?[ае]|[ндт][ыі]|н|н?[дт][ае]|[ндт][ае]н|[мбп]ен)?"
    r"(?:н?[дт]ағы|н?[дт]егі)?(?:с[ыі]з)?(?:-.*)?"
)
_FLEETING = re.compile(r"(?P<head>.+[^аеиоуыэюя])[ое](?P<tail>[^аеиоуыэюя])ь?$")


@dataclass(frozen=True)
class Word:
    """A word of the text: where it stands, as it is written, and its forms."""

    start: int
    end: int
    text: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One way to write a term: the forms of each word, and what stands between them besides spaces."""

    slug: str
    words: tuple[frozenset[str], ...]
    gaps: tuple[str, ...]
    last: str  # the last word as the glossary has it


class Matcher:
    """Knows the terms of one language. Longer phrases are tried first at every word."""

    def __init__(self, terms: Iterable[tuple[str, str, str]], language: str) -> None:
        """`terms` are (slug, term, abbreviation)."""
        self.language = language
        self.abbreviations: dict[str, str] = {}
        self.phrases: dict[str, list[Phrase]] = {}
        for slug, term, abbreviation in terms:
            if abbreviation:
                self.abbreviations.setdefault(abbreviation, slug)
            for spelling in {_IN_BRACKETS.sub("", term), *([] if term.endswith(")") else [term])}:
                self._learn(slug, spelling)
        for phrases in self.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))

    def _learn(self, slug: str, spelling: str) -> None:
        words = list(_words(spelling, self.language))
        if not words:
            return
        phrase = Phrase(
            slug,
            tuple(frozenset(word.forms) | _fleeting(word.text, self.language) for word in words),
            tuple(_gap(spelling, one, other) for one, other in pairwise(words)),
            normalise(words[-1].text),
        )
        for form in phrase.words[0]:
            self.phrases.setdefault(form, []).append(phrase)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """`(start, end, slug)` of every term in `text`, from left to right, none inside another."""
        words = list(_words(text, self.language))
        place = 0
        while place < len(words):
            phrase = self._phrase_at(text, words, place)
            if phrase:
                last = place + len(phrase.words) - 1
                yield words[place].start, words[last].end, phrase.slug
                place = last
            elif slug := self._abbreviation(words[place].text):
                yield words[place].start, words[place].end, slug
            place += 1

    def _phrase_at(self, text: str, words: list[Word], place: int) -> Phrase | None:
        """The longest phrase that begins with the word at `place`."""
        best: Phrase | None = None
        for form in words[place].forms:
            for phrase in self.phrases.get(form, ()):
                if best and len(best.words) >= len(phrase.words):
                    break
                if self._fits(phrase, text, words[place : place + len(phrase.words)]):
                    best = phrase
                    break
        return best

    def _fits(self, phrase: Phrase, text: str, words: list[Word]) -> bool:
        if len(words) < len(phrase.words):
            return False
        # Kazakh puts the head of a term last, Russian inflects all of it: a stem in a row of stems is proof enough.
        if (self.language == "kk" or len(words) == 1) and not _is_form_of(words[-1], phrase.last, self.language):
            return False
        return all(known.intersection(word.forms) for known, word in zip(phrase.words, words, strict=True)) and all(
            gap == _gap(text, one, other) for gap, (one, other) in zip(phrase.gaps, pairwise(words), strict=True)
        )

    def _abbreviation(self, text: str) -> str:
        """The slug of «МИБ» and «МИБ-тің», written as in the glossary: «оси» are axes, «ОСИ-101» is a course."""
        head, hyphen, ending = text.partition("-")
        if hyphen and not (ending.isalpha() and ending.islower()):
            return ""
        return self.abbreviations.get(head, "")


@lru_cache(maxsize=8)
def matcher(terms: tuple[tuple[str, str, str], ...], language: str) -> Matcher:
    """The matcher of these very terms, made once: another text of a term is another key."""
    return Matcher(terms, language)


@lru_cache(maxsize=20_000)
def _forms(text: str, language: str) -> tuple[str, ...]:
    return forms(normalise(text), language)


def _words(text: str, language: str) -> Iterator[Word]:
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word[0] != "&":
            yield Word(token.start(), token.end(), word, _forms(word, language))


def _gap(text: str, one: Word, other: Word) -> str:
    return "".join(html.unescape(text[one.end : other.start]).split())


def _fleeting(text: str, language: str) -> frozenset[str]:
    """Russian stems without the vowel that comes and goes: участок → участк(а), перечень → перечн(я), ка → ок."""
    word = normalise(text)
    if language != "ru" or len(word) < 5:
        return frozenset()
    if word.endswith("ка"):
        return frozenset({word[:-2] + "ок", word[:-2] + "ек"})
    match = _FLEETING.match(word)
    return frozenset({match["head"] + match["tail"]}) if match else frozenset()


def _is_form_of(word: Word, lemma: str, language: str) -> bool:
    """Whether a word is the term's own and not another of its family: шағымды of шағым, and not шағымдану."""
    text = normalise(word.text)
    if language == "kk":
        return any(
            known in word.forms and bool(_KAZAKH_NOUN.fullmatch(text, len(known))) for known in _possessed(lemma)
        )
    if lemma.endswith("ие"):
        return text.startswith(lemma[:-2]) and text[len(lemma) - 2 :] in _NOUN_IE
    stems = {lemma.rstrip("аеийоуыьэюя"), *_fleeting(lemma, language)}
    return any(text.startswith(stem) and text[len(stem) :] in _NOUN for stem in stems)


@lru_cache(maxsize=2_000)
def _possessed(lemma: str) -> tuple[str, ...]:
    """The word and, where it is possessed, its plural: хаттамасы, хаттамалары. A stem alone is another word."""
    stems = [
        lemma[:-length] for length, ending in ((1, "ыі"), (2, "с")) if lemma[-1] in "ыі" and lemma[-length] in ending
    ]
    hard = [stem[:-1] + {"б": "п", "ғ": "қ", "г": "к"}.get(stem[-1], stem[-1]) for stem in stems if len(stem) > 2]
    return lemma, *(stem + plural for stem in hard for plural in "лары лері дары дері тары тері".split())
