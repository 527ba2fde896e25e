"""Choosing which letters to get."""

from __future__ import annotations

from django.db import transaction

from people.models import User
from people.notifications import NotificationChoice, topics


@transaction.atomic
def choose(*, user: User, wanted: dict[str, bool], actor: User) -> None:
    """Writes down what `user` wants, by topic key. Topics that are not registered are left out.

    Raises PermissionError for anybody but the person herself: nobody chooses letters for others.
    """
    if actor != user:
        raise PermissionError("a person chooses her own letters")
    for topic in topics():
        if topic.key in wanted:
            NotificationChoice.objects.update_or_create(
                user=user, topic=topic.key, defaults={"is_wanted": wanted[topic.key]}
            )
