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


def closeness(query: str, title: str, summary: str = "") -> float:
    """How much of a query the title and the summary of a result hold, 0 to 1.

    A word in the title counts three times as much as one in the summary.
    """
    groups = question(query)
    if not groups:
        return 0.0
    found = 0.0
    in_title, in_summary = _forms_of(title), _forms_of(summary)
    for group in groups:
        found += 3 * bool(in_title.intersection(group)) + bool(in_summary.intersection(group))
    return found / (4 * len(groups))


def _forms_of(text: str) -> set[str]:
    return {form for token in tokens(text) for form in forms(token)}
