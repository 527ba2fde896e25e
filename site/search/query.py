"""From what a person typed to a query a backend can run. No raw text ever reaches the backend's parser."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from modelsearch.query import PlainText, SearchQuery

from search.analysis import forms, question, tokens


def all_words(text: str) -> SearchQuery | None:
    """Every word in some form; None where there is nothing to search for."""
    return _join(text, and_)


def any_word(text: str) -> SearchQuery | None:
    """At least one word in some form: the relaxed question for when all words find nothing."""
    return _join(text, or_)


def _join(text: str, operator) -> SearchQuery | None:
    groups = [reduce(or_, (PlainText(form) for form in group)) for group in question(text)]
    return reduce(operator, groups) if groups else None


def closeness(query: str, texts: dict[str, float]) -> float:
    """How much of a query a result holds, 0 to 1. `texts` maps its texts to their weights.

    Words are compared by their forms, so that the order is the same on every database.
    """
    groups = question(query)
    total = sum(texts.values()) * len(groups)
    if not total:
        return 0.0
    found = 0.0
    for text, weight in texts.items():
        held = _forms_of(text)
        found += weight * sum(1 for group in groups if held.intersection(group))
    return found / total


def _forms_of(text: str) -> set[str]:
    return {form for token in tokens(text) for form in forms(token)}
