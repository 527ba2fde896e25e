"""Letters to chairs before a date: safe to run as often as one likes, each letter goes out once.

A run looks at the whole window and not at one day of it, so a day on which the timer did not run loses nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst

from core.outbox import OutboxMessage, queue_mail
from law.duties import Duty
from law.duty_calendar import handover_words
from law.duty_dates import Occurrence, occurrences_until, today
from people.enums import MembershipRole
from people.models import Membership, User
from people.notifications import who_want

TOPIC = "deadlines"
BEFORE_DUTY = datetime.timedelta(days=5)
BEFORE_MANDATE_ENDS = datetime.timedelta(days=30)


@dataclass(frozen=True)
class _Letter:
    dedupe_key: str
    kind: str
    user: User
    words: Callable[[], dict[str, str]]  # of the active language


def send_reminders(*, at: datetime.datetime | None = None) -> int:
    """Queues what is due on the day of `at` (default: now) and was not queued before; returns how many letters.

    Five queries and one more for each new letter.
    """
    day = today(at)
    chairs = who_want(
        User.objects.filter(is_active=True, memberships__in=Membership.objects.active(day).chairs()).distinct(), TOPIC
    )
    letters = [*_of_duties(chairs, day), *_of_mandates(chairs, day)]
    keys = [letter.dedupe_key for letter in letters]
    queued = set(OutboxMessage.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    new = [letter for letter in letters if letter.dedupe_key not in queued]
    for letter in new:
        _queue(letter)
    return len(new)


def _of_duties(chairs: Iterable[User], day: datetime.date) -> list[_Letter]:
    """One letter a duty, a date and a person, however many associations she leads."""
    duties = Duty.objects.dated().of(MembershipRole.CHAIR).in_full()
    occurrences = occurrences_until(duties, day, day + BEFORE_DUTY)
    if not occurrences:
        return []
    return [
        _Letter(
            f"deadline:{found.duty.key}:{found.day:%Y-%m-%d}:{chair.pk}",
            "law/deadline",
            chair,
            partial(_duty_words, found),
        )
        for chair in chairs
        for found in occurrences
    ]


def _of_mandates(chairs, day: datetime.date) -> list[_Letter]:
    ending = (
        Membership.objects.active(day)
        .chairs()
        .filter(valid_to__lte=day + BEFORE_MANDATE_ENDS, user__in=chairs)
        .select_related("user", "association")
    )
    return [
        _Letter(
            f"mandate:{row.pk}:{row.valid_to:%Y-%m-%d}", "law/deadline_mandate", row.user, partial(_mandate_words, row)
        )
        for row in ending
        if row.user is not None
    ]


def _queue(letter: _Letter) -> None:
    user = letter.user
    with translation.override(user.language):
        context = {
            "name": user.full_name or user.get_short_name(),
            "page_url": settings.WAGTAILADMIN_BASE_URL + reverse("deadlines"),
            "choice_url": settings.WAGTAILADMIN_BASE_URL + reverse("notifications"),
            "site_url": f"{settings.WAGTAILADMIN_BASE_URL}/{user.language}/",
            **letter.words(),
        }
    queue_mail(
        kind=letter.kind,
        recipient=user.email,
        person=user,
        language=user.language,
        context=context,
        dedupe_key=letter.dedupe_key,
        at_once=True,
    )


def _duty_words(occurrence: Occurrence) -> dict[str, str]:
    provision = occurrence.duty.provision
    return {
        "title": occurrence.duty.title,
        "note": occurrence.duty.note,
        "date": date_format(occurrence.day, "DATE_FORMAT"),
        "article": f"{capfirst(provision.words)}. {provision.act.title}",
    }


def _mandate_words(mandate: Membership) -> dict[str, str]:
    return {
        "association": str(mandate.association),
        "date": date_format(mandate.valid_to, "DATE_FORMAT") if mandate.valid_to else "",
        "handover": handover_words(),
    }
