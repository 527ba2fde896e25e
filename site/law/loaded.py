"""Rows a public page needs in many places, asked for once a request.

Thirty pieces of rich text with a link each would otherwise be thirty queries. What is kept lives from the start of a
GET request to its end and nowhere else: what another request writes is seen by the next one, a request that writes
keeps nothing, and commands, tasks and tests of models ask the database each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import TypeVar

from django.core.signals import request_finished, request_started
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
_kept: ContextVar[dict[type[Model], dict[int, Model | None]] | None] = ContextVar("law_loaded", default=None)


def rows(model: type[Row], pks: Iterable[int]) -> dict[int, Row]:
    """Those rows of `model` that exist, by primary key. At most one query, none where all are known already."""
    wanted = set(pks)
    known = _known(model)
    missing = [pk for pk in wanted if pk not in known]
    if missing:
        found = model._default_manager.in_bulk(missing)
        known.update({pk: found.get(pk) for pk in missing})
    return {pk: row for pk in wanted if (row := known[pk]) is not None}  # type: ignore[misc]


def keep(found: Iterable[Model]) -> None:
    """Remembers rows that were loaded by another way (a join), each with all that its default manager gives."""
    for row in found:
        _known(type(row))[row.pk] = row


def _known(model: type[Model]) -> dict[int, Model | None]:
    kept = _kept.get()
    return {} if kept is None else kept.setdefault(model, {})


def begin(environ: dict | None = None, **kwargs) -> None:
    _kept.set({} if environ and environ.get("REQUEST_METHOD") in {"GET", "HEAD"} else None)


def end(**kwargs) -> None:
    _kept.set(None)


request_started.connect(begin, dispatch_uid="law_loaded")
request_finished.connect(end, dispatch_uid="law_loaded")
