"""From a citation as people write it to the provision it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from law.acts import LegalAct, Provision
from law.citation_text import ParsedCitation, fold, parse
from search.analysis import forms

__all__ = ["ParsedCitation", "Proposal", "parse", "resolve"]

DEFAULT_ACT = "housing-law"  # nine citations of ten; people leave its name out


@dataclass(frozen=True)
class Proposal:
    """What a citation means. `provision` is None where the register has none yet; then `nearest` encloses it."""

    act: LegalAct
    ref: str
    provision: Provision | None = None
    nearest: Provision | None = None


def resolve(text: str) -> list[Proposal]:
    """What `text` cites, each provision once, in its order; an act that is only named stands for itself.

    The act is found by key, number, title, short name or alias, whatever the grammatical case; where none is named it
    is the housing law. Two queries, whatever the text.
    """
    citations = parse(text)
    names = _names(LegalAct.objects.order_by("pk"))
    wanted: list[tuple[LegalAct, str]] = []
    if citations:
        default = next((act for _words, act in names if act.key == DEFAULT_ACT), None)
        acts = _acts_of(citations, names)
        for place, (citation, act) in enumerate(zip(citations, acts, strict=True)):
            # «ст. 42 и ст. 43 Гражданского кодекса»: the name stands once, after both
            act = act or next(filter(None, acts[place:]), None) or default
            if act is not None:
                wanted.append((act, citation.ref))
    elif (named := _first(text, names)) is not None:
        wanted.append((named, ""))
    return _proposals(list(dict.fromkeys(wanted)))


def enclosing(ref: str) -> list[str]:
    """References that hold `ref`, the nearest first: 42(5)(12) → 42(5), 42, and the act as a whole."""
    found = []
    while ref:
        ref = ref[: ref.rfind("(")] if "(" in ref else ""
        found.append(ref)
    return found


def _proposals(wanted: list[tuple[LegalAct, str]]) -> list[Proposal]:
    if not wanted:
        return []
    refs = {step for _act, ref in wanted for step in (ref, *enclosing(ref))}
    rows = Provision.objects.filter(act__in={act for act, _ref in wanted}, ref__in=refs)
    known = {(row.act_id, row.ref): row for row in rows}
    return [
        Proposal(
            act,
            ref,
            known.get((act.pk, ref)),
            next((known[act.pk, step] for step in enclosing(ref) if (act.pk, step) in known), None),
        )
        for act, ref in wanted
    ]


Names = list[tuple[tuple[frozenset[str], ...], LegalAct]]


def _names(acts: Iterable[LegalAct]) -> Names:
    """Every way to name every act, as words in all their forms."""
    found = []
    for act in acts:
        aliases = act.aliases.splitlines()
        title_ru = act.title_ru.partition(" (")[0]  # «Гражданский кодекс (Общая часть)»
        title_kk = act.title_kk.partition(" (")[0]
        for name in {act.key, act.number, title_kk, title_ru, act.short_kk, act.short_ru, *aliases}:
            words = _words(name)
            # a number alone («163») would be taken from anywhere: it needs its sign
            if name == act.number and name.isdigit():
                words = (frozenset({"№"}), *words)
            if words:
                found.append((words, act))
    return found


def _acts_of(citations: list[ParsedCitation], names: Names) -> list[LegalAct | None]:
    """The act beside each citation: after it in Russian, before it in Kazakh, unless the whole text does otherwise."""
    before = [_last(citation.before, names) for citation in citations]
    after = [_first(citation.after, names) for citation in citations]
    names_lead = before[0] is not None and after[-1] is None  # «ЖК ст. 34, КоАП ст. 320»
    return [
        (one or other) if names_lead or citation.is_kazakh else (other or one)
        for citation, one, other in zip(citations, before, after, strict=True)
    ]


def _first(text: str, names: Names) -> LegalAct | None:
    """The act named first in a text; of several names at one place the longest."""
    return min(_named(text[:200], names), key=lambda found: (found[0], -found[1]), default=(0, 0, None))[2]


def _last(text: str, names: Names) -> LegalAct | None:
    return max(_named(text[-200:], names), key=lambda found: (found[0] + found[1], found[1]), default=(0, 0, None))[2]


def _named(text: str, names: Names) -> list[tuple[int, int, LegalAct]]:
    """Where acts are named: the place of the first word, how many words, which act."""
    said = _words(text)
    heard = frozenset().union(*said)
    return [
        (start, len(name), act)
        for name, act in names
        if name[0] & heard
        for start in range(len(said) - len(name) + 1)
        if all(one & other for one, other in zip(name, said[start:], strict=False))
    ]


@lru_cache(maxsize=2000)
def _words(text: str) -> tuple[frozenset[str], ...]:
    """The words of a name, each with the forms it is known under; a number's sign is a word of its own."""
    return tuple(
        frozenset({word}) if word == "№" else frozenset(fold(form) for form in (word, *forms(word)))
        for word in re.findall(r"№|[^\W_]+(?:-[^\W_]+)*", fold(text))
    )
