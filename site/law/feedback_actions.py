"""What a reader's voice does. The one who acts is nobody we know: `visitor` stands for her.

A visitor has one voice a page and day, and gives at most one reason of the kind that calls a lawyer: whatever is
sent how often, one person adds one voice to a review task.
"""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from wagtail.models import Page

from law.enums import FeedbackReason
from law.feedback import Feedback
from law.reviews import ReviewTask

# A task is read by people: what a crowd adds beyond this is counted and not copied.
TASK_WORDS = 5000


@transaction.atomic
def record_voice(*, page: Page, is_useful: bool, visitor: str, day: datetime.date) -> Feedback:
    """Keeps «it helped» or «it did not»; a second voice of the visitor on that day takes the place of the first."""
    kept, _is_new = Feedback.objects.update_or_create(
        page=page, visitor=visitor, day=day, defaults={"is_useful": is_useful}
    )
    return kept


@transaction.atomic
def give_reason(*, voice: Feedback, reason: str, text: str) -> None:
    """Says why the page did not help. «Out of date» opens a review task, or adds a voice to the open one.

    Does nothing for a voice that has become a «yes», and for one that has called a lawyer already.
    """
    current = Feedback.objects.select_for_update().get(pk=voice.pk)
    if current.is_useful or current.reason == FeedbackReason.OUTDATED:
        return
    current.reason, current.text = reason, text
    current.save(update_fields=["reason", "text"])
    if reason == FeedbackReason.OUTDATED:
        _call_a_lawyer(current.page, text)


def _call_a_lawyer(page: Page, text: str) -> None:
    if _add_voice(page, text):
        return
    try:
        with transaction.atomic():
            ReviewTask.objects.create(page=page, text=text)
    except IntegrityError:  # somebody else opened it in this very moment
        _add_voice(page, text)


def _add_voice(page: Page, text: str) -> bool:
    """Whether there was an open task to add to."""
    task = ReviewTask.objects.open().select_for_update().filter(page=page).first()
    if task is None:
        return False
    said = "\n".join(filter(None, [task.text, text]))
    fields = {"text": said} if len(said) <= TASK_WORDS else {}
    ReviewTask.objects.filter(pk=task.pk).update(voices=F("voices") + 1, **fields)
    return True
