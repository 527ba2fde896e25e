"""What is older than its declaration allows goes. Every step works in batches and is safe to run twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from core.outbox import OutboxMessage
from core.personal_data import OnErasure
from people.enums import ImportState, MembershipState
from people.imports import RegisterImport
from people.memberships import Membership
from people.privacy.declarations import Declared, declared

BATCH = 500
REFUSED_PROTOCOLS = timedelta(days=90)
NEVER_SENT = timedelta(days=30)
# A code that could not be sent in time is of no use, and must not lie around; one that was sent is not kept.
CODES = timedelta(minutes=15)
WITH_A_CODE = Q(kind="account") | Q(dedupe_key__startswith="code:")
# A file is written before its row is committed.
UPLOADING = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One thing that is too old: which rows, and what becomes of a batch of them."""

    what: str
    rows: QuerySet
    apply: Callable[[QuerySet], None]


def apply_retention(*, at: datetime, dry_run: bool = False) -> Iterator[tuple[str, int]]:
    """Yields what was done, step by step: `("courses.Enrolment anonymised", 12)`. A dry run only counts."""
    for step in _steps(at):
        yield step.what, step.rows.count() if dry_run else _in_batches(step)
    yield "files nobody refers to", sum(_remove_orphans(at, dry_run))
    yield "old counters in the cache", _clear_cache(at, dry_run)


def _steps(at: datetime) -> Iterator[Step]:
    for each in declared():
        if each.data.keep_for is not None:
            yield _declared_step(each, at - each.data.keep_for)
    letters = OutboxMessage.objects.filter(sent_at=None)
    yield Step("core.OutboxMessage never sent", letters.filter(created_at__lt=at - NEVER_SENT), _delete)
    codes = OutboxMessage.objects.filter(WITH_A_CODE, created_at__lt=at - CODES)
    yield Step("core.OutboxMessage with a code", codes, _delete)
    refused = Membership.objects.filter(state__in=[MembershipState.REJECTED, MembershipState.WITHDRAWN])
    refused = refused.alias(since=Coalesce("ended_at", "updated_at")).filter(since__lt=at - REFUSED_PROTOCOLS)
    blanks = {"protocol": "", "protocol_name": ""}
    yield Step("people.Membership minutes", refused.exclude(protocol=""), partial(_blank, blanks=blanks))
    ended = RegisterImport.objects.filter(state__in=[ImportState.DONE, ImportState.FAILED], finished_at__lt=at)
    yield Step("people.RegisterImport file", ended.exclude(file=""), partial(_blank, blanks={"file": ""}))


def _declared_step(each: Declared, before: datetime) -> Step:
    rows = each.model._default_manager.filter(**{f"{each.data.since}__lt": before})
    if each.data.on_erasure is OnErasure.DELETE:
        return Step(f"{each.label} deleted", rows, _delete)
    return Step(f"{each.label} anonymised", rows.exclude(_is_blank(each)), partial(_blank, blanks=each.data.blanks))


def _is_blank(each: Declared) -> Q:
    """Rows that were anonymised before: counted and written once."""
    done = Q()
    for name, value in each.data.blanks.items():
        done &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return done


def _in_batches(step: Step) -> int:
    """Each batch is a transaction of its own, so that the site goes on working."""
    done = 0
    rows = step.rows.order_by("pk")
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        rows = rows.filter(pk__gt=keys[-1])
        with transaction.atomic():
            step.apply(step.rows.model._default_manager.filter(pk__in=keys))
        done += len(keys)
    return done


def _delete(rows: QuerySet) -> None:
    rows.delete()


def _blank(rows: QuerySet, *, blanks: dict) -> None:
    """Writes the blanks; the files they leave behind go after the commit."""
    for field in rows.model._meta.concrete_fields:
        if field.name in blanks and hasattr(field, "storage"):
            for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                transaction.on_commit(partial(field.storage.delete, name), robust=True)
    rows.update(**blanks)


def _remove_orphans(at: datetime, dry_run: bool) -> Iterator[int]:
    """Yields 1 for each private file without a row: its erasure was cut short, or its form was never saved."""
    storage = storages["private"]
    for folder, model, field in (("protocols", Membership, "protocol"), ("imports", RegisterImport, "file")):
        kept = set(model._default_manager.exclude(**{field: ""}).values_list(field, flat=True))
        for path in _files_in(storage, folder):
            if path not in kept and storage.get_modified_time(path) < at - UPLOADING:
                if not dry_run:
                    storage.delete(path)
                yield 1


def _clear_cache(at: datetime, dry_run: bool) -> int:
    """Rows of a cache in the database that are over: Django leaves them until there are many, networks in the keys."""
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    over = [connection.ops.adapt_datetimefield_value(at)]
    with connection.cursor() as cursor:
        if dry_run:
            cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE expires < %s", over)  # noqa: S608  quoted
            return cursor.fetchone()[0]
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", over)  # noqa: S608  quoted
        return cursor.rowcount


def _files_in(storage: Storage, folder: str) -> list[str]:
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]
