"""What waits for a person while she signs in.

An app that sends a stranger through sign-in registers a callable here; it is asked once, right
after the session belongs to the account, and may return the address to go on to.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from people.models import User

Continuation = Callable[[HttpRequest, User], str | None]
_continuations: list[Continuation] = []


def register(continuation: Continuation) -> Continuation:
    if continuation in _continuations:
        raise ValueError(f"{continuation} is registered already")
    _continuations.append(continuation)
    return continuation


def next_address(request: HttpRequest, user: User) -> str | None:
    """The first address a continuation asks for, or None."""
    for continuation in _continuations:
        if address := continuation(request, user):
            return address
    return None
