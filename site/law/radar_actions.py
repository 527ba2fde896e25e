"""Recording an amendment and working through the texts it reaches: every decision is a verb here.

The first statement of each transaction locks the amendment, so that a decision, the closing and the day in force
(`law.radar_day`) never read the same past. Who may act is for the door to check (`law.sign_review`).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, ModelLogEntry, Page, Revision, RevisionMixin

from law.amendments import Amendment, RadarItem
from law.basis import LawBased
from law.enums import RadarOutcome, ReviewOutcome
from law.radar_letters import tell_owners
from law.radar_sync import sync
from law.review_actions import NAMELESS, Refused, record_review
from people.user import User

CLOSED = _("The list is closed.")
DECIDED = _("It is decided already.")
TOO_LATE = _("The date in force has come: publish the edit itself.")
NO_DRAFTS = _("This text has no drafts: edit it when the date has come.")
NO_DRAFT = _("There is no draft. Write the edit and save it as a draft first.")
SCHEDULED = _("The draft has a date of its own. Take its schedule away first: it goes live with the amendment.")
STILL_PENDING = _("There are texts that nobody has decided about.")


@transaction.atomic
def record(*, amendment: Amendment, actor: User) -> int:
    """After an amendment was saved, for the first time or again: fills its list; returns how many texts are new to it.

    Each owner of a page that is listed gets one letter about the amendment, however often it is saved.
    """
    Amendment.objects.filter(pk=amendment.pk, recorded_by=None).update(recorded_by=actor)
    found = sync(amendment, actor=actor, is_corrected=True)
    log(instance=amendment, action="law.radar.record", user=actor, data={"found": found})
    tell_owners(amendment)
    return found


@transaction.atomic
def confirm(*, amendment_id: int, item_ids: Collection[int], actor: User, note: str = "") -> int:
    """Says of texts that they are true under the amendment; returns of how many.

    One that was published since the amendment was recorded counts as rewritten. Texts that are decided, or have
    an edit prepared, are left as they are. A page that leans on the law is signed with it. Raises `Refused` where
    the list is closed, and for an actor without a name.
    """
    amendment = _open(amendment_id)
    _with_a_name(actor)
    items = list(amendment.items.pending().filter(pk__in=item_ids, prepared_at=None).prefetch_related("item"))
    for item in items:
        is_edited = item.item is not None and _published_since(item.item, amendment)
        decide(
            item, outcome=RadarOutcome.EDITED if is_edited else RadarOutcome.CONFIRMED, actor=actor, note=note.strip()
        )
    return len(items)


def decide(item: RadarItem, *, outcome: RadarOutcome, actor: User | None, note: str = "") -> None:
    """Writes a decision, its line in the log of the amendment, and the review of the page. Within a lock."""
    item.outcome, item.note, item.decided_by, item.decided_at = outcome, note[:300], actor, timezone.now()
    item.save(update_fields=["outcome", "note", "decided_by", "decided_at"])
    text = item.item
    _log(item, "law.radar.decide", actor, outcome=outcome.value, note=note)
    if actor is not None and isinstance(text, Page) and text.live and isinstance(page := text.specific, LawBased):
        record_review(
            page=page,
            actor=actor,
            outcome=ReviewOutcome.EDITED if outcome == RadarOutcome.EDITED else ReviewOutcome.UNCHANGED,
            amendment=item.amendment,
            edition_date=_edition(page, item.amendment),
            note=note,
        )


def _edition(page: LawBased, amendment: Amendment) -> datetime.date | None:
    """The edition a page is signed by: the amendment's, or a later one it was compared with; before it, the current."""
    if not amendment.is_in_force:
        return None
    return max(filter(None, [amendment.in_force_on, page.review.edition_date]))


@transaction.atomic
def prepare(*, amendment_id: int, item_id: int, actor: User) -> RadarItem:
    """Lets the latest draft of a text go live with the amendment. Raises `Refused` where there is none, or no time."""
    amendment, item = _pending(amendment_id, item_id)
    _with_a_name(actor)
    if amendment.is_in_force:
        raise Refused(TOO_LATE)
    item.prepared_revision = _draft(item.item)
    item.prepared_by, item.prepared_at = actor, timezone.now()
    item.save(update_fields=["prepared_revision", "prepared_by", "prepared_at"])
    _log(item, "law.radar.prepare", actor)
    return item


@transaction.atomic
def withdraw(*, amendment_id: int, item_id: int, actor: User) -> RadarItem:
    """The draft stays a draft: it does not go live with the amendment."""
    _amendment, item = _pending(amendment_id, item_id)
    item.prepared_revision = item.prepared_by = item.prepared_at = None
    item.save(update_fields=["prepared_revision", "prepared_by", "prepared_at"])
    _log(item, "law.radar.withdraw", actor)
    return item


@transaction.atomic
def close(*, amendment_id: int, actor: User) -> Amendment:
    """Ends the work: no new text joins the list. Raises `Refused` while a text waits, one found just now included."""
    amendment = _open(amendment_id)
    sync(amendment, actor=actor)
    if amendment.items.pending().exists():
        raise Refused(STILL_PENDING)
    amendment.closed_at, amendment.closed_by = timezone.now(), actor
    amendment.save(update_fields=["closed_at", "closed_by"])
    log(instance=amendment, action="law.radar.close", user=actor)
    return amendment


def _open(amendment_id: int) -> Amendment:
    amendment = Amendment.objects.locked(amendment_id)
    if amendment.closed_at:
        raise Refused(CLOSED)
    return amendment


def _pending(amendment_id: int, item_id: int) -> tuple[Amendment, RadarItem]:
    """The amendment, locked, and an undecided text of its list. Raises RadarItem.DoesNotExist for no text of it."""
    amendment = _open(amendment_id)
    item = amendment.items.get(pk=item_id)
    if not item.is_pending:
        raise Refused(DECIDED)
    return amendment, item


def _with_a_name(actor: User) -> None:
    if not actor.full_name.strip():
        raise Refused(NAMELESS)


def _draft(text: Any) -> Revision:
    """The draft of a text that may wait for a date. Raises `Refused`."""
    text = text.specific if isinstance(text, Page) else text
    if not isinstance(text, RevisionMixin) or not isinstance(text, DraftStateMixin):
        raise Refused(NO_DRAFTS)
    draft = text.get_latest_revision() if text.has_unpublished_changes or not text.live else None
    if draft is None:
        raise Refused(NO_DRAFT)
    if draft.approved_go_live_at or draft.as_object().go_live_at:
        raise Refused(SCHEDULED)
    return draft


def _published_since(text: models.Model, amendment: Amendment) -> bool:
    """Whether readers got new words of a text after the amendment was recorded."""
    if isinstance(text, DraftStateMixin):
        return text.last_published_at is not None and text.last_published_at > amendment.recorded_at
    edits = ModelLogEntry.objects.for_instance(text)
    return edits.filter(action="wagtail.edit", timestamp__gt=amendment.recorded_at).exists()


def _log(item: RadarItem, action: str, actor: User | None, **data: str) -> None:
    log(instance=item.amendment, action=action, user=actor, data={"text": str(item.item or item.note), **data})
