"""The day an amendment comes into force: prepared edits go live together, provisions get their new state."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from law.acts import Drafted, Provision
from law.amendments import Amendment, RadarItem
from law.enums import AmendmentEffect, ProvisionState, RadarOutcome
from law.radar_actions import decide
from law.radar_sync import held
from law.reviews import ReviewState
from people.user import User

ONE_DAY = datetime.timedelta(days=1)


def apply(*, amendment_id: int, actor: User | None) -> bool:
    """Puts an amendment into force whose date has come; False where it is not so far, or was done already.

    One transaction under the amendment's lock: readers never see one half of it, and two that come at once do
    it once. `actor` is who pressed the button, None for the timer; prepared edits are published, and reviewed, in
    the name of who prepared them. An edit that was overtaken by another publication stays undecided.
    """
    with transaction.atomic():
        amendment = Amendment.objects.locked(amendment_id)
        if amendment.applied_at or not amendment.is_in_force:
            return False
        with held():
            prepared = amendment.items.prepared().select_related("prepared_revision", "prepared_by")
            published = sum(_go_live(item) for item in prepared.prefetch_related("item"))
        _renew_editions(amendment)
        _renew_provisions(amendment, actor)
        amendment.applied_at = timezone.now()
        amendment.save(update_fields=["applied_at"])
        log(instance=amendment, action="law.radar.apply", user=actor, data={"published": published})
        return True


def is_overtaken(item: RadarItem, text: Any) -> bool:
    """Whether a prepared edit can no longer go live: its text was published since, or the draft is gone."""
    if text is None or item.prepared_at is None or item.prepared_revision_id is None:
        return item.prepared_at is not None
    if text.live_revision_id == item.prepared_revision_id:
        return False
    return text.last_published_at is not None and text.last_published_at > item.prepared_at


def _go_live(item: RadarItem) -> bool:
    text: Any = item.item
    revision = item.prepared_revision
    if text is None or revision is None or is_overtaken(item, text):
        return False
    if text.live_revision_id != revision.pk:
        _publish(text, revision, item.prepared_by)
        text.refresh_from_db()
    decide(item, outcome=RadarOutcome.EDITED, actor=item.prepared_by)
    return True


def _publish(text: Any, revision: Revision, actor: User | None) -> None:
    """Who prepared it was asked for her right then; she may be away today."""
    specific = text.specific if isinstance(text, Page) else text
    specific.publish(revision, user=actor, skip_permission_checks=True)


def _renew_editions(amendment: Amendment) -> None:
    """Who was decided about before the day was compared with the law of that day."""
    pages = amendment.items.filter(outcome__in=[RadarOutcome.CONFIRMED, RadarOutcome.EDITED]).among(Page.objects.all())
    states = ReviewState.objects.filter(page__in=pages.values("object_id"), page__reviews__amendment=amendment)
    ReviewState.objects.filter(pk__in=states.values("pk"), edition_date__lt=amendment.in_force_on).update(
        edition_date=amendment.in_force_on
    )


def _renew_provisions(amendment: Amendment, actor: User | None) -> None:
    """Gives what the amendment touches its new state, and its acts their new edition."""
    day = amendment.in_force_on
    acts = {}
    for row in amendment.provisions.select_related("provision__act"):
        provision = row.provision
        acts[provision.act_id] = provision.act
        renew(provision, new_state(row.effect, day), actor=actor)
        if row.effect == AmendmentEffect.ADDED and not provision.live:
            _publish_draft(provision, actor)
    for act in acts.values():
        if act.edition_date is None or act.edition_date < day:
            renew(act, {"edition_date": day}, actor=actor)


def new_state(effect: str, day: datetime.date) -> dict[str, object]:
    """What a provision says of itself after a change that is in force from `day`."""
    match AmendmentEffect(effect):
        case AmendmentEffect.REPEALED:
            return {"state": ProvisionState.REPEALED, "valid_until": day - ONE_DAY}
        case AmendmentEffect.ADDED:
            return {"state": ProvisionState.IN_FORCE, "valid_from": day}
        case _:
            return {"state": ProvisionState.AMENDED}


def renew(row: Drafted, fields: dict[str, object], *, actor: User | None) -> None:
    """Sets facts of a live row and of its unpublished drafts alike.

    Publishing a revision would end the draft, the workflow or the schedule of somebody who is at work on the same
    row; leaving the draft alone would bring the old facts back the day it is published.
    """
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    written = row.serializable_data()
    drafts = models.Q(approved_go_live_at__isnull=False)
    if row.has_unpublished_changes or not row.live:
        drafts |= models.Q(pk=row.latest_revision_id)
    for draft in row.revisions.filter(drafts):
        draft.content |= {name: written[name] for name in fields}
        draft.save(update_fields=["content"])
    log(instance=row, action="law.radar.renew", user=actor, data={name: str(written[name]) for name in fields})


def _publish_draft(provision: Provision, actor: User | None) -> None:
    """A norm that was written down before it was law is shown from the day it is."""
    draft = provision.get_latest_revision() or provision.save_revision(user=actor, clean=False)
    provision.publish(draft, user=actor, skip_permission_checks=True)
