"""Keeps the rows of the radar in step with what texts cite: they are added, and struck off, by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import models, transaction
from django.utils import timezone
from wagtail.models import ReferenceIndex, TranslatableMixin

from law import radar
from law.acts import Provision
from law.amendments import AmendedProvision, Amendment, RadarItem, radar_content_type
from law.enums import RadarOutcome
from people.user import User

_held: ContextVar[list[models.Model] | None] = ContextVar("held_texts", default=None)


@contextmanager
def held() -> Iterator[None]:
    """While many texts change in one transaction they wait here, and are looked at together after the commit."""
    texts: list[models.Model] = []
    token = _held.set(texts)
    try:
        yield
    finally:
        _held.reset(token)
    transaction.on_commit(partial(_sync_texts, texts), robust=True)


def changed(text: models.Model, *, actor: User | None = None) -> None:
    """To be told when a page or a snippet was published or saved: looks at it once the change is committed."""
    if (waiting := _held.get()) is not None:
        waiting.append(text)
    else:
        transaction.on_commit(partial(sync_object, text, actor=actor), robust=True)


def deleted(text: models.Model, *, actor: User | None = None) -> None:
    """To be told when a page or a snippet was deleted, as long as it knows its key."""
    key = radar_content_type(type(text)).pk, text.pk
    transaction.on_commit(partial(sync_deleted, key, title=str(text), actor=actor), robust=True)


def sync(amendment: Amendment, *, actor: User | None = None, is_corrected: bool = False) -> int:
    """Brings the rows of an amendment in step with what texts cite now; returns how many were added.

    Texts that came to cite it are added, undecided ones that no longer do are struck off in the name of
    `actor`, and come back when they cite it again. A decision stays. A closed amendment is left as it is.
    With `is_corrected` the amendment itself was edited: what it never touched is no work done, and just goes.
    """
    with transaction.atomic():
        amendment = Amendment.objects.locked(amendment.pk)
        if amendment.closed_at:
            return 0
        found = radar.find(amendment)
        items = {(item.content_type_id, item.object_id): item for item in amendment.items.all()}
        new = [
            RadarItem(amendment=amendment, content_type_id=content_type, object_id=pk, routes=sorted(routes))
            for (content_type, pk), routes in found.items()
            if (content_type, pk) not in items
        ]
        if is_corrected:
            gone = [item.pk for key, item in items.items() if key not in found and item.is_pending]
            RadarItem.objects.filter(pk__in=gone).delete()
            items = {key: item for key, item in items.items() if item.pk not in gone}
        moved = [item for key, item in items.items() if _move(item, found.get(key), actor)]
        RadarItem.objects.bulk_create(new)
        RadarItem.objects.bulk_update(moved, ["routes", "outcome", "decided_by", "decided_at"])
        return len(new)


def _move(item: RadarItem, routes: set | None, actor: User | None) -> bool:
    """Changes a row to what was found of its text; whether there was anything to change."""
    if routes is None:
        if not item.is_pending:
            return False
        item.outcome, item.decided_by, item.decided_at = RadarOutcome.NO_LONGER_CITES, actor, timezone.now()
        return True
    comes_back = item.outcome == RadarOutcome.NO_LONGER_CITES
    if comes_back:
        item.outcome, item.decided_by, item.decided_at = "", None, None
    is_moved = item.routes != sorted(routes)
    item.routes = sorted(routes)
    return comes_back or is_moved


def sync_open() -> None:
    """Every amendment that is still worked on."""
    for amendment in Amendment.objects.open():
        sync(amendment)


def sync_object(text: models.Model, *, actor: User | None = None) -> None:
    """After a page or a snippet was saved or published: the amendments it has to do with.

    Costs one query where no amendment is open.
    """
    amendments = {row.pk: row for row in Amendment.objects.open()}
    if amendments and _bring_up_to_date(text):
        for pk in sorted(_concerned(text, set(amendments))):
            sync(amendments[pk], actor=actor)


def sync_deleted(key: radar.Key, *, title: str, actor: User | None = None) -> None:
    """After a page or a snippet was deleted: it is struck off, and its title kept for the log."""
    content_type, pk = key
    items = RadarItem.objects.filter(content_type=content_type, object_id=pk, amendment__closed_at=None)
    amendments = list(Amendment.objects.filter(items__in=items).distinct())
    items.pending().update(
        outcome=RadarOutcome.NO_LONGER_CITES, note=title[:300], decided_by=actor, decided_at=timezone.now()
    )
    for amendment in amendments:
        sync(amendment, actor=actor)


def _sync_texts(texts: list[models.Model]) -> None:
    for text in texts:
        _bring_up_to_date(text)
    sync_open()


def _bring_up_to_date(text: models.Model) -> bool:
    """The reference index of a text as it is now; whether there is such a text. Wagtail does it too, in the
    background: too late for a list that is asked for now."""
    now = type(text)._default_manager.filter(pk=text.pk).first()
    if now is None:  # a page that is deleted is unpublished first
        return False
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(now)
    return True


def _concerned(text: models.Model, amendments: set[int]) -> set[int]:
    """Those of `amendments` whose list may change with `text`: it, its twin or a snippet in it is listed, or
    it cites what they touch. Four queries at most."""
    targets = ReferenceIndex.objects.filter(base_content_type=radar_content_type(type(text)), object_id=str(text.pk))
    leans_on: dict[int, set[int]] = {}
    leaned_on: list[type[models.Model]] = [Provision, *radar.snippet_models()]
    for content_type, pk in targets.filter(
        to_content_type__in=[radar_content_type(model) for model in leaned_on]
    ).values_list("to_content_type", "to_object_id"):
        leans_on.setdefault(content_type, set()).add(int(pk))
    cited = leans_on.pop(radar_content_type(Provision).pk, set())

    listed = models.Q(content_type=radar_content_type(type(text)), object_id__in=_same_text(text))
    for content_type, pks in leans_on.items():
        listed |= models.Q(content_type=content_type, object_id__in=pks)
    concerned = set(RadarItem.objects.filter(listed, amendment__in=amendments).values_list("amendment", flat=True))

    provisions = Provision.objects.filter(pk__in=cited).values_list("act", "ref") if cited else []
    named = AmendedProvision.objects.filter(amendment__in=amendments - concerned)
    for amendment, act, ref in named.values_list("amendment", "provision__act", "provision__ref") if cited else []:
        if any(radar.is_touched([(act, ref)], *provision) for provision in provisions):
            concerned.add(amendment)
    return concerned


def _same_text(text: models.Model):
    """Keys of a text and of its twins."""
    if not isinstance(text, TranslatableMixin):
        return [text.pk]
    return type(text)._default_manager.filter(translation_key=text.translation_key).values("pk")
