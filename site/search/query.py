"""From what a person typed to a query a backend can run. No raw text ever reaches the backend's parser."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from modelsearch.query import PlainText, SearchQuery

from search.analysis import question


def all_words(text: str) -> SearchQuery | None:
    """Every word in some form; None where there is nothing to search for."""
    return _join(text, and_)


def any_word(text: str) -> SearchQuery | None:
    """At least one word in some form: the relaxed question for when all words find nothing."""
    return _join(text, or_)


def _join(text: str, operator) -> SearchQuery | None:
    groups = [reduce(or_, (PlainText(form) for form in group)) for group in question(text)]
    return reduce(operator, groups) if groups else None
