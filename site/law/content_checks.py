"""What an editor could still improve in a text: found from the words alone, before anybody publishes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wagtail.models import Page

from law import readability
from law.basis import LawBased
from law.passages import Passage, passages

SHORT_ANSWER_LIMIT = 300
SHORT_ANSWER_NEAR = 240
# The hardest of our own pages has 28 of Oborneva's points, the hardest of our 51 Kazakh short answers 36 of ours.
EASE_RU_LIMIT = 25
LIX_KK_LIMIT = 40
ENOUGH_WORDS = 50  # fewer say nothing of a text
STATEMENTS = 5  # so many examples are enough to find the rest

NO_CITATION = "law-no-citation"
UNCITED_STATEMENT = "law-uncited-statement"
SHORT_ANSWER_TOO_LONG = "law-short-answer-too-long"
SHORT_ANSWER_LONG = "law-short-answer-long"
HARD_TO_READ = "law-hard-to-read"
LINK_TO_ACT = "law-link-to-act"
RULES = (NO_CITATION, UNCITED_STATEMENT, SHORT_ANSWER_TOO_LONG, SHORT_ANSWER_LONG, HARD_TO_READ, LINK_TO_ACT)

# Words by which a text says what the law demands, allows or forbids, in both languages: a page may quote the other.
_OF_LAW = re.compile(
    r"\b(?:обязан\w*|вправе|запрещ\w+|воспрещ\w+|не допуска\w+|стать(?:я|и|е|ю|ей|ёй|ям|ях|ями)|статей|ст\.\s*\d+"
    r"|име\w+ право|нес\w+ ответственность|штраф\w*"
    r"|міндетті|міндеттен\w+|құқылы|құқығы бар|тыйым салын\w+|жол берілмейді|бап(?:та|қа|тың|пен|тан|тар\w*)?"
    r"|баб(?:ы|ында|ына|ының|ынан|ымен)|жауапты болады|айыппұл\w*)(?!\w)",
    re.IGNORECASE,
)
_ACT_HERE = re.compile(r"(?:^|/)(?:kk|ru)/acts/[\w-]+/?(?:[?#].*)?$")
_ACT_THERE = re.compile(r"^https?://(?:[\w-]+\.)*adilet\.zan\.kz/\w+/docs/", re.IGNORECASE)


@dataclass(frozen=True)
class Problem:
    """`rule` is one of RULES; `detail` what it is about: the words, a number of characters."""

    rule: str
    detail: str = ""


def content_problems(page: Page) -> list[Problem]:
    """All that can be told from the words of a page, most serious first.

    No query for a draft from the editor or a page with its citations prefetched; one for any other page of law.
    """
    found = passages(page)
    has_list = _has_list_of_sources(page)
    problems = []
    if isinstance(page, LawBased) and not has_list and not any(passage.cites for passage in found):
        problems.append(Problem(NO_CITATION))
    if not has_list:
        problems += [Problem(UNCITED_STATEMENT, passage.text) for passage in _uncited(found)[:STATEMENTS]]
    problems += _of_short_answer(getattr(page, "short_answer", ""))
    problems += [
        Problem(LINK_TO_ACT, words or address)
        for passage in found
        for address, words in passage.links
        if _ACT_HERE.search(address) or _ACT_THERE.match(address)
    ]
    return problems + _of_level(found, page.locale.language_code)


def speaks_of_law(text: str) -> bool:
    """Whether a passage says what the law demands, allows or forbids, or names an article."""
    return bool(_OF_LAW.search(text))


def _has_list_of_sources(page: Page) -> bool:
    """Whether the page names its sources as a list; such a list speaks for the whole text."""
    rows = getattr(page, "citations", None)
    return rows is not None and any(row.provision_id for row in rows.all())


def _uncited(found: list[Passage]) -> list[Passage]:
    """Statements that neither cite nor stand beside what cites."""
    cites = [False, *(passage.cites for passage in found), False]
    return [
        passage
        for place, passage in enumerate(found)
        if speaks_of_law(passage.text) and not any(cites[place : place + 3])
    ]


def _of_short_answer(text: str) -> list[Problem]:
    length = len(text)
    if length > SHORT_ANSWER_LIMIT:
        return [Problem(SHORT_ANSWER_TOO_LONG, str(length))]
    return [Problem(SHORT_ANSWER_LONG, str(length))] if length > SHORT_ANSWER_NEAR else []


def _of_level(found: list[Passage], language: str) -> list[Problem]:
    text = "\n".join(passage.text for passage in found if passage.text)
    if len(readability.figures(text).words) < ENOUGH_WORDS:
        return []
    is_hard = readability.lix_kk(text) > LIX_KK_LIMIT if language == "kk" else readability.ease_ru(text) < EASE_RU_LIMIT
    return [Problem(HARD_TO_READ, readability.longest_sentence(text))] if is_hard else []
