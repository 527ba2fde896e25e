"""Words to search forms, for Kazakh and Russian. Pure functions: no database, no settings.

The same functions run when a page is indexed and when a person searches, so that «собраний» meets
«собрание» and «жиналыста» meets «жиналыс» on any database.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

MAX_CHARACTERS = 200
MAX_TOKENS = 12
VERSION = 1

KAZAKH_LETTERS = frozenset("әғқңөұүһі")
# A stemmer would turn «ОСИ» into «ось»: these stay whole.
ABBREVIATIONS = frozenset("оси кск нсу мжд мрп миб пик аек мрз жкх ткш цон хқко рк қр нпа гкб ипу иин жсн".split())
STOP_WORDS = frozenset(
    "а бы в вы во где да для до ее если есть еще же за и из или им их к как ко ли мне мой мы на над не ни но о об"
    " он от по под при с со так то у уж что чтобы это я"
    " ал бар бе біз бұл да де егер еді екен емес және мен менің не ол осы па пе сен сіз та те үшін ғой".split()
)
# Roots of two letters that a suffix ladder may step down to.
SHORT_ROOTS = frozenset({"үй", "су", "ай", "ит", "ат", "аз"})

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*", re.UNICODE)
_RUSSIAN = snowballstemmer.stemmer("russian")

# Longest first within a layer; a back-vowel suffix never follows a front-vowel stem.
_SUFFIXES = sorted(
    # case
    "ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті да де та те нда нде дан ден тан тен нан нен"
    " мен бен пен дағы дегі тағы тегі ндағы ндегі"
    # possession
    " ым ім ың ің ы і сы сі мыз міз ымыз іміз ңыз ңіз ыңыз іңіз н"
    # number
    " лар лер дар дер тар тер"
    # word formation
    " лық лік дық дік тық тік лы лі ды ді ты ті сыз сіз шы ші"
    # verbs: infinitive, participles, converbs, conditions
    " у ған ген қан кен ып іп п са се йды йді ады еді атын етін йтын йтін ма ме ба бе па пе ылды ілді"
    " амын емін ймын ймін амыз еміз ймыз йміз майды мейді байды бейді пайды пейді ңдар".split(),
    key=len,
    reverse=True,
)
_BACK, _FRONT = frozenset("аоұыя"), frozenset("әөүіе")
_VOICED = {"б": "п", "ғ": "қ", "г": "к"}


def normalise(text: str) -> str:
    """NFC, case folded, ё as е."""
    return unicodedata.normalize("NFC", text).casefold().replace("ё", "е")


def tokens(text: str) -> list[str]:
    """Words and numbers in order; `42-1` and hyphenated words whole, then their parts."""
    found: list[str] = []
    for word in _WORD.findall(normalise(text)):
        found.append(word)
        if "-" in word:
            found += [part for part in word.split("-") if len(part) > 1 or part.isdigit()]
    return found


@lru_cache(maxsize=50_000)
def forms(token: str, language: str | None = None) -> tuple[str, ...]:
    """Every form a token is indexed and asked under, itself first.

    `language` narrows it for text whose language is known; a query's is not.
    """
    if token in ABBREVIATIONS or any(character.isdigit() for character in token) or len(token) < 3:
        return (token,)
    kazakh = bool(KAZAKH_LETTERS & set(token))
    found = {token: None}
    if not kazakh and language != "kk":
        found[_RUSSIAN.stemWord(token)] = None
    if kazakh or language in {"kk", None}:
        found.update(dict.fromkeys(ladder(token)))
    return tuple(found)


def ladder(token: str) -> list[str]:
    """Stems of a Kazakh word, one suffix at a time: пәтерлердің → пәтерлер, пәтер."""
    rungs: dict[str, None] = {}
    queue = [token]
    for _ in range(4):
        following = []
        for word in queue:
            for suffix in _SUFFIXES:
                if not word.endswith(suffix):
                    continue
                stem = word[: -len(suffix)]
                if not (len(stem) >= 3 or stem in SHORT_ROOTS) or not _harmonious(stem, suffix) or stem in rungs:
                    continue
                if not (_BACK | _FRONT | frozenset("иуюэ")) & set(stem):
                    continue
                rungs[stem] = None
                following.append(stem)
                if stem[-1] in _VOICED:
                    rungs[stem[:-1] + _VOICED[stem[-1]]] = None
        queue = following
    return list(rungs)


def _harmonious(stem: str, suffix: str) -> bool:
    """The suffix's vowels go with the stem's last vowel; a stem or suffix without vowels goes with anything."""
    vowels = [letter for letter in stem if letter in _BACK | _FRONT]
    if not vowels:
        return True
    clash = _BACK if vowels[-1] in _FRONT else _FRONT
    return not clash & set(suffix)


def indexed(text: str, language: str | None = None) -> str:
    """The text with every form of every word: what the index stores beside nothing else."""
    return " ".join(form for token in tokens(text) for form in forms(token, language))


def question(text: str) -> list[tuple[str, ...]]:
    """What a person typed, as groups of alternative forms; empty where nothing can be searched.

    At most 200 characters and 12 words are read. Function words count only when there is nothing else.
    """
    words = [token for token in tokens(text[:MAX_CHARACTERS]) if "-" not in token or any(c.isdigit() for c in token)]
    meaningful = [word for word in words if word not in STOP_WORDS] or words
    return [forms(word) for word in dict.fromkeys(meaningful)][:MAX_TOKENS]
