"""The secret address of a person's deadline calendar: made, replaced, revoked, recognised.

Whoever has the address reads the calendar, so it holds no name, e-mail or association. 192 random bits cannot
be guessed; only their SHA-256 is kept, so a copy of the database opens no calendar, and the address is shown
once. Nothing here writes an address to a log.
"""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from law.duties import CalendarFeed
from people.models import User

TOKEN_BYTES = 24


@transaction.atomic
def make_feed(*, user: User, language: str, actor: User) -> str:
    """Gives `user` a new address and returns its token, which nobody can ask for again. The old one stops working.

    Raises PermissionError for anybody but the person herself.
    """
    _own(user, actor)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.filter(user=user).delete()
    CalendarFeed.objects.create(user=user, token_hash=_hash(token), language=language)
    return token


@transaction.atomic
def revoke_feed(*, user: User, actor: User) -> bool:
    """Makes the address of `user` stop working; whether there was one. Raises PermissionError for anybody else."""
    _own(user, actor)
    deleted, _rows = CalendarFeed.objects.filter(user=user).delete()
    return bool(deleted)


def feed_of(token: str) -> CalendarFeed | None:
    """The calendar behind an address; None where it is unknown, replaced, revoked or of a closed account."""
    return CalendarFeed.objects.filter(token_hash=_hash(token), user__is_active=True).select_related("user").first()


def _own(user: User, actor: User) -> None:
    if actor != user:
        raise PermissionError("a calendar address is made and revoked by its person alone")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
