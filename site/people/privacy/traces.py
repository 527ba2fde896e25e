"""Where a person's name and addresses are written outside rows of her own: letters, sessions, history, tasks.

Each function here takes one such place clean and returns how many rows it changed, by model. They are steps of
`people.privacy.erasure` and run inside its transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Replace
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, PageLogEntry

from core.outbox import OutboxMessage
from people.user import User, normalise_email

GONE = "…"
_AUTH = "_auth"
_MESSAGES = "_messages"


@dataclass(frozen=True)
class Traces:
    """What tells of one person wherever it is written.

    A first name alone is nobody's: taking «Айгүл» out of every letter would spoil those about others. A whole
    name can have a namesake: what is written to or about her is left alone.
    """

    user: User
    addresses: frozenset[str]
    name: str
    sessions: frozenset[str]

    @classmethod
    def of(cls, user: User) -> Traces:
        """Reads everything; call it before the transaction, as it looks into every session."""
        addresses = addresses_of(user)
        name = user.full_name if len(user.full_name.split()) > 1 else ""
        return cls(user, addresses, name, frozenset(_sessions_telling_of(user, addresses, name)))

    @property
    def words(self) -> list[str]:
        return [word for word in (*self.addresses, self.name) if word]


def addresses_of(user: User) -> frozenset[str]:
    """Her addresses, proven or not, without those that are meanwhile somebody else's."""
    own = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    own = {normalise_email(address) for address in own if address}
    of_others = {
        *User.objects.exclude(pk=user.pk).filter(email__in=own).values_list("email", flat=True),
        *EmailAddress.objects.exclude(user=user).filter(email__in=own, verified=True).values_list("email", flat=True),
    }
    return frozenset(own - of_others)


def clear_letters(traces: Traces) -> dict[str, int]:
    """Letters to her go; what letters to others say of her becomes «…»."""
    hers = Q(person=traces.user) | Q(person=None, recipient__in=traces.addresses)
    removed, _rows = OutboxMessage.objects.filter(hers).delete()
    for word in traces.words:
        others = OutboxMessage.objects.exclude(person__full_name=word)
        for field in ("body", "subject", "last_error"):
            others.filter(**{f"{field}__contains": word}).update(**{field: Replace(F(field), Value(word), Value(GONE))})
    for pk, context in _telling(OutboxMessage.objects.filter(sent_at=None), "context", traces.words):
        OutboxMessage.objects.filter(pk=pk).update(context=_without(context, traces.words))
    return {OutboxMessage._meta.label: removed}


def clear_claimed_addresses(traces: Traces) -> dict[str, int]:
    """Her address on somebody else's account, where it was never proven."""
    claimed = EmailAddress.objects.exclude(user=traces.user).filter(email__in=traces.addresses, verified=False)
    return {EmailAddress._meta.label: claimed.delete()[0]}


def end_sessions(traces: Traces) -> dict[str, int]:
    """Signs her out everywhere, and takes her out of what other visitors' sessions remember."""
    keys = traces.sessions | set(UserSession.objects.filter(user=traces.user).values_list("session_key", flat=True))
    ended = 0
    for session in Session.objects.filter(session_key__in=keys):
        data = session.get_decoded()
        if data.get(SESSION_KEY) in {None, str(traces.user.pk)}:
            _store(session.session_key).delete()
            ended += 1
        else:
            telling = _keys_telling(data, traces.addresses, traces.name)
            kept = {key: value for key, value in data.items() if key not in telling}
            Session.objects.filter(pk=session.pk).update(session_data=_store().encode(kept))
    return {Session._meta.label: ended}


def clear_history(traces: Traces) -> dict[str, int]:
    """Wagtail's log names the account of each row about her by its number, and nobody else's rows by her name."""
    account = ContentType.objects.get_for_model(User)
    changed = ModelLogEntry.objects.filter(content_type=account, object_id=str(traces.user.pk)).update(
        label=f"#{traces.user.pk}", data={}
    )
    for model in (ModelLogEntry, PageLogEntry):
        for word in traces.words:
            telling = model.objects.filter(label__contains=word)
            if word == traces.name:
                telling = telling.exclude(content_type=account)  # a namesake's
            changed += telling.update(label=Replace(F("label"), Value(word), Value(GONE)))
        for pk, data in _telling(model.objects.all(), "data", traces.words):
            changed += model.objects.filter(pk=pk).update(data=_without(data, traces.words))
    return {ModelLogEntry._meta.label: changed}


def clear_tasks(traces: Traces) -> dict[str, int]:
    """Tasks name rows by number; what one failed with may hold an address all the same."""
    removed = 0
    for field in ("args_kwargs", "return_value", "traceback"):
        tasks = _telling(DBTaskResult.objects.exclude(finished_at=None), field, traces.words)
        removed += DBTaskResult.objects.filter(pk__in=[pk for pk, _value in tasks]).delete()[0]
    return {DBTaskResult._meta.label: removed}


def _telling(rows: QuerySet, field: str, words: Iterable[str]) -> list[tuple]:
    """Key and value of rows whose `field` holds one of the words; in JSON, SQLite keeps Cyrillic letters escaped."""
    found = Q()
    for word in words:
        found |= Q(as_text__contains=word) | Q(as_text__contains=json.dumps(word)[1:-1])
    if not found:
        return []
    return list(rows.alias(as_text=Cast(field, TextField())).filter(found).order_by().values_list("pk", field))


def _without(value, words: Iterable[str]):
    """The same JSON with «…» for each of the words."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, GONE)
        return value
    if isinstance(value, dict):
        return {key: _without(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, words) for item in value]
    return value


def _tells(value, words: Iterable[str]) -> bool:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return any(word in text for word in words)


def _store(key: str | None = None):
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def _keys_telling(data: dict, addresses: Iterable[str], name: str) -> set[str]:
    """What of somebody else's session tells of her: an address anywhere, a name where staff are told of her."""
    about_staff = {_MESSAGES} if name and _tells(data.get(_MESSAGES), [name]) else set()
    return about_staff | {key for key, value in data.items() if not key.startswith(_AUTH) and _tells(value, addresses)}


def _sessions_telling_of(user: User, addresses: Iterable[str], name: str) -> Iterable[str]:
    """Keys of sessions that are hers or hold something of her: an unfinished sign-in, a message to staff."""
    store = _store()
    sessions = Session.objects.filter(expire_date__gt=timezone.now()).values_list("session_key", "session_data")
    for key, encoded in sessions.iterator(chunk_size=2000):
        data = store.decode(encoded)
        if data.get(SESSION_KEY) == str(user.pk) or _keys_telling(data, addresses, name):
            yield key
