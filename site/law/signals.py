"""Wagtail tells when a text is published, saved or deleted; the radar looks at it once the change is committed.

After the commit and not within it: a publication holds its page, a decision about an amendment the amendment,
and two that waited for each other would end one of them. What fails here is made good by the next run of
`apply_amendments`.
"""

from __future__ import annotations

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import DraftStateMixin, Page
from wagtail.signals import page_published, page_unpublished, published, unpublished

from law import radar_sync
from law.citations import CitesLaw
from people.user import User


@receiver([page_published, page_unpublished])
def page_changed(sender, instance, revision=None, **kwargs) -> None:
    _look_at(instance, revision)


@receiver([published, unpublished])
def snippet_changed(sender, instance, revision=None, **kwargs) -> None:
    if isinstance(instance, CitesLaw):
        _look_at(instance, revision)


@receiver(post_save)
def text_without_drafts_changed(sender, instance, raw=False, **kwargs) -> None:
    if isinstance(instance, CitesLaw) and not isinstance(instance, DraftStateMixin) and not raw:
        _look_at(instance)


@receiver(post_delete)
def text_deleted(sender, instance, **kwargs) -> None:
    if isinstance(instance, (Page, CitesLaw)):
        radar_sync.deleted(instance, actor=_actor())


def _look_at(text: models.Model, revision=None) -> None:
    radar_sync.changed(text, actor=_actor() or (revision.user if revision else None))


def _actor() -> User | None:
    """Who works in the admin just now, where somebody does."""
    return get_active_log_context().user
