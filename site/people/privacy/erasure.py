"""Erasing an account: everything that tells of a person goes in one transaction, or nothing does.

What is kept for totals and history (see the declarations) stays without her. Apps clean up after themselves by
`before_erasure`; models of this app and of libraries follow from their declarations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q
from django_tasks import task
from wagtail.models import ModelLogEntry

from core.outbox import OutboxMessage, deliver, queue_mail
from core.personal_data import OnErasure
from people.enums import OPEN_STATES, MembershipReason, MembershipState
from people.mandates import lock_association, move
from people.memberships import Invitation, Membership
from people.privacy import traces
from people.privacy.declarations import Declared, declared
from people.privacy.records import ErasureRecord
from people.privacy.traces import Traces
from people.user import User

BeforeErasure = Callable[[User], None]
Removed = dict[str, int]
_handlers: list[BeforeErasure] = []

LAST_LETTER = "people/erased"


class LastAdministrator(Exception):
    """Nobody could let anybody into the editing part any more."""


def before_erasure(handler: BeforeErasure) -> BeforeErasure:
    """Registers what an app does while the account is still there, inside the transaction of the erasure.

    A handler locks its own rows in ascending order of their keys. What it raises stops the whole erasure.
    """
    if handler in _handlers:
        raise ValueError(f"{handler} is registered already")
    _handlers.append(handler)
    return handler


def is_last_administrator(user: User) -> bool:
    return user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists()


def erase_account(*, user: User, actor: User) -> ErasureRecord:
    """Erases `user` and everything that tells of her; `actor` is herself or a member of the staff.

    One transaction; files go after it. A last letter goes to her main address and leaves no row behind.
    Raises `LastAdministrator`, and whatever a handler raises: then nothing has changed.
    """
    found = Traces.of(user)
    farewell = {"email": user.email, "language": user.language, "name": user.get_short_name()}
    number, by_owner = user.pk, actor.pk == user.pk
    with transaction.atomic():
        removed: Counter[str] = Counter()
        for step in STEPS:
            removed.update(step(found))
        if is_last_administrator(user):
            raise LastAdministrator
        if not by_owner:
            ModelLogEntry.objects.log_action(user, "wagtail.delete", user=actor, title=f"#{number}", deleted=True)
        removed.update(user.delete()[1])
        record = ErasureRecord.objects.create(
            account=number, by_owner=by_owner, removed={label: rows for label, rows in removed.items() if rows}
        )
        _say_farewell(**farewell)
    return record


def _let_apps_clean_up(found: Traces) -> Removed:
    for handler in _handlers:
        handler(found.user)
    return {}


def _end_memberships(found: Traces) -> Removed:
    """Roles end by her own hand: a chair's place is free. Associations are locked in ascending order."""
    open_ones = Membership.objects.open().filter(user=found.user)
    for association_id in sorted(set(open_ones.values_list("association_id", flat=True))):
        association = lock_association(pk=association_id)
        for membership in association.memberships.filter(user=found.user, state__in=OPEN_STATES):
            to = MembershipState.WITHDRAWN if membership.is_waiting else MembershipState.ENDED
            move(membership, to, reason=MembershipReason.ERASED, actor=found.user)
    return {}


def _remove_invitations(found: Traces) -> Removed:
    """Those she sent and those sent to her, used or not."""
    about = Q(invited_by=found.user) | Q(accepted_by=found.user) | Q(email__in=found.addresses)
    return {Invitation._meta.label: Invitation.objects.filter(about).delete()[0]}


def _follow_declarations(found: Traces) -> Removed:
    """Blanks what stays, deletes what goes, with the files of both."""
    removed: Removed = {}
    for each in declared():
        if not each.data.owner or each.model is User:
            continue
        rows = each.rows_of(found.user)
        if each.data.on_erasure is OnErasure.ANONYMISE:
            _remove_files(each, rows, each.data.blanks)
            removed[each.label] = rows.update(**each.data.blanks)
        elif each.data.on_erasure is OnErasure.DELETE:
            _remove_files(each, rows, each.data.fields)
            removed[each.label] = rows.delete()[1].get(each.label, 0)
    return removed


# In this order: locks first, then what others read, then rows. Each cleans one place.
STEPS: tuple[Callable[[Traces], Removed], ...] = (
    _let_apps_clean_up,
    _end_memberships,
    _remove_invitations,
    traces.clear_letters,
    traces.clear_claimed_addresses,
    traces.end_sessions,
    traces.clear_history,
    traces.clear_tasks,
    _follow_declarations,
)


def _remove_files(each: Declared, rows, names) -> None:
    for field in each.file_fields(names):
        for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
            transaction.on_commit(partial(_remove_file, field.storage, name), robust=True)


def _remove_file(storage: Storage, name: str) -> None:
    storage.delete(name)


def _say_farewell(*, email: str, language: str, name: str) -> None:
    key = f"erased:{uuid4()}"
    site_url = f"{settings.WAGTAILADMIN_BASE_URL}/{language}/"
    queue_mail(
        kind=LAST_LETTER,
        recipient=email,
        language=language,
        context={"name": name, "site_url": site_url},
        dedupe_key=key,
    )
    transaction.on_commit(lambda: forget_letter.enqueue(key), robust=True)


@task()
def forget_letter(dedupe_key: str) -> bool:
    """Sends the last letter if it has not gone out, and removes its row; `send_outbox` does so where this cannot."""
    message = OutboxMessage.objects.filter(dedupe_key=dedupe_key).first()
    if message is None:
        return False
    deliver.call(message.pk)
    return bool(OutboxMessage.objects.filter(pk=message.pk).exclude(sent_at=None).delete()[0])
