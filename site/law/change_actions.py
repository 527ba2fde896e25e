"""Keeps change notes, with the text as it stood before."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.models.pages import COMMENTS_RELATION_NAME

from law.amendments import Amendment, RadarItem
from law.change_notes import ChangeNote

FIELD = "change_note"


@dataclass(frozen=True)
class Publication:
    """A publication with a note that is about to happen, and the page as readers still see it."""

    revision: Revision
    note: str
    before: dict | None
    amendment: Amendment | None


def begin(page, revision: Revision) -> Publication | None:
    """What has to be known before `revision` goes live; None where it says nothing to readers."""
    note = (revision.content.get(FIELD) or "").strip()
    return Publication(revision, note, _as_it_stands(page), _answered(page, revision)) if note else None


def finish(publication: Publication, page, user) -> None:
    """Makes the note, and takes it out of the page, its revision and the drafts begun from it.

    Nothing is made where nothing was published: the day of a scheduled one has not come, or it was refused.
    """
    revision = Revision.objects.get(pk=publication.revision.pk)
    is_published = Page.objects.live().filter(pk=page.pk, live_revision_id=revision.pk).exists()
    if not is_published or not revision.content.get(FIELD):  # an inner door has made the note already
        return
    revision.content[FIELD] = ""
    revision.save(update_fields=["content"])
    type(page).objects.filter(pk=page.pk).update(**{FIELD: ""})
    _clear_drafts_since(page, revision, publication.note)
    ChangeNote.objects.create(
        page_id=page.pk,
        text=publication.note,
        on=timezone.localdate(),
        by=user or revision.user,
        amendment=publication.amendment,
        before=publication.before,
    )


@contextmanager
def note_of_publication(page, *, revision: Revision, user):
    """Around the publication of `revision`: makes the change note the revision asks for, in one transaction."""
    publication = begin(page, revision)
    if publication is None:
        yield
        return
    with transaction.atomic():
        yield
        finish(publication, page, user)


def _as_it_stands(page) -> dict | None:
    """The content of the live page; None for one that readers do not see yet.

    Read anew: the page at hand may be the very one that was edited. What staff said to each other stays out.
    """
    live = type(page).objects.live().filter(pk=page.pk).first()
    if live is None:
        return None
    content = live.serializable_data()
    content.pop(COMMENTS_RELATION_NAME, None)
    return content


def _answered(page, revision: Revision) -> Amendment | None:
    """The amendment that the edit answers: the one it was prepared for, else the earliest that waits for the page."""
    items = list(RadarItem.objects.of(page).pending().select_related("amendment").order_by("amendment__in_force_on"))
    prepared = [item for item in items if item.prepared_revision_id == revision.pk]
    return next((item.amendment for item in [*prepared, *items]), None)


def _clear_drafts_since(page, revision: Revision, note: str) -> None:
    """Drafts that were begun from this revision hold its note too; one prepared for an amendment has its own."""
    prepared = RadarItem.objects.of(page).exclude(prepared_revision=None).values("prepared_revision")
    for draft in page.revisions.filter(pk__gt=revision.pk, **{f"content__{FIELD}": note}).exclude(pk__in=prepared):
        draft.content[FIELD] = ""
        draft.save(update_fields=["content"])
