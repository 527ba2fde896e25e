"""Letters about overdue reviews: to owner and deputy at once, then every Monday; to all lawyers where nobody cares.

Safe to run as often as one likes. The digest of a week holds what was overdue on its Monday and goes out with the
first run of the week, so that a day on which the timer did not run loses nothing. A page that falls due later in the
week is told of on its own day, once.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from core.outbox import OutboxMessage, queue_mail
from law.duty_dates import today
from law.reviews import ReviewState
from people.user import User

LAWYERS = "Lawyers"
LISTED = 50  # the rest is counted: the desk shows it


@dataclass(frozen=True)
class _Letter:
    dedupe_key: str
    kind: str
    user: User
    states: list[ReviewState]


@transaction.atomic
def send_review_letters(*, at: datetime.datetime | None = None) -> int:
    """Queues what is due on the day of `at` (default: now) and was not queued before; returns how many letters.

    Four queries and one more for each new letter.
    """
    day = today(at)
    states = list(ReviewState.objects.public().overdue(day).in_full())
    if not states:
        return 0
    letters = _digests(states, day)
    queued = set(
        OutboxMessage.objects.filter(dedupe_key__in=[letter.dedupe_key for letter in letters]).values_list(
            "dedupe_key", flat=True
        )
    )
    letters = [letter for letter in letters if letter.dedupe_key not in queued]
    told = {(letter.user.pk, state.pk) for letter in letters for state in letter.states}
    letters += _first_words([state for state in states if state.told_of != state.next_review_on], told)
    for letter in letters:
        _queue(letter)
    _remember(states)
    return len(letters)


def _digests(states: list[ReviewState], day: datetime.date) -> list[_Letter]:
    monday = day - datetime.timedelta(days=day.weekday())
    standing = [state for state in states if state.is_overdue(monday)]
    return [
        _Letter(f"review-digest:{user.pk}:{monday:%Y-%m-%d}", "law/review_digest", user, rows)
        for user, rows in _by_person(standing)
    ]


def _first_words(states: list[ReviewState], told: set[tuple[int, int]]) -> list[_Letter]:
    """One letter a person with all pages that fell due since the last run; `told` are in her digest already."""
    letters = []
    for user, rows in _by_person(states):
        new = [state for state in rows if (user.pk, state.pk) not in told]
        if new:
            news = " ".join(f"{state.pk}:{state.next_review_on}" for state in new)
            key = f"review-overdue:{user.pk}:{sha256(news.encode()).hexdigest()[:32]}"
            letters.append(_Letter(key, "law/review_overdue", user, new))
    return letters


def _by_person(states: list[ReviewState]) -> list[tuple[User, list[ReviewState]]]:
    """Who is told of which pages: owner and deputy, or all lawyers where neither can read a letter."""
    people: dict[int, User] = {}
    pages: dict[int, list[ReviewState]] = defaultdict(list)
    lawyers: list[User] | None = None
    for state in states:
        readers = [user for user in (state.responsible, state.deputy) if user is not None and user.is_active]
        if not readers:
            if lawyers is None:
                lawyers = list(User.objects.filter(is_active=True, groups__name=LAWYERS).distinct().order_by("pk"))
            readers = lawyers
        for user in readers:
            people[user.pk] = user
            pages[user.pk].append(state)
    return [(user, pages[pk]) for pk, user in people.items()]


def _remember(states: list[ReviewState]) -> None:
    new = [state for state in states if state.told_of != state.next_review_on]
    for state in new:
        state.told_of = state.next_review_on
    ReviewState.objects.bulk_update(new, ["told_of"], batch_size=500)


def _queue(letter: _Letter) -> None:
    user, site = letter.user, settings.WAGTAILADMIN_BASE_URL
    with translation.override(user.language):
        context = {
            "name": user.full_name or user.get_short_name(),
            "pages": [
                {
                    "title": state.page.title,
                    "language": state.page.locale.language_code,
                    "since": date_format(state.next_review_on, "DATE_FORMAT") if state.next_review_on else "",
                    "url": site + reverse("law_review", args=[state.page_id]),
                }
                for state in letter.states[:LISTED]
            ],
            "more": max(len(letter.states) - LISTED, 0),
            "number": len(letter.states),
            "desk_url": site + reverse("law_reviews"),
            "site_url": f"{site}/{user.language}/",
        }
    queue_mail(
        kind=letter.kind,
        recipient=user.email,
        person=user,
        language=user.language,
        context=context,
        dedupe_key=letter.dedupe_key,
    )
