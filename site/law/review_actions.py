"""Signing a page and giving it an owner: every write to reviews is a verb here.

A review makes no revision: the text stays, only what is said about it changes. Who may sign is for the door to
check (`law.sign_review`); a verb takes its actor as given.
"""

from __future__ import annotations

import calendar
import datetime

from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from law.amendments import Amendment
from law.basis import LawBased
from law.duty_dates import today
from law.reviews import Review, ReviewState, ReviewTask
from law.site_settings import LawSettings
from people.user import User


class Refused(Exception):
    """What the rules do not allow; `message` is shown to the person."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


NAMELESS = _("A signature is a name that readers see. Write yours on your own page first, then sign.")
NOT_THE_SAME = _("The page in the other language does not say the same at the moment. Sign each one by itself.")
NOT_STAFF = _("Only staff can care for a page.")
SAME_PERSON = _("The deputy must be somebody else.")
NO_OWNER = _("A deputy needs an owner to stand in for.")


@transaction.atomic
def record_review(
    *,
    page: Page,
    actor: User,
    outcome: str,
    edition_date: datetime.date | None = None,
    next_review_on: datetime.date | None = None,
    note: str = "",
    amendment: Amendment | None = None,
    both_languages: bool = False,
) -> Review:
    """Signs `page` for `actor`, whose name becomes public, and closes what readers reported. Returns the log's line.

    Without `edition_date` it is the current edition of the act the page cites first, without `next_review_on` the
    date that `LawSettings` proposes. `both_languages` signs the twin with the same dates. Raises `Refused` for an
    actor without a name, and where the twin is not of the same text.
    """
    name = actor.full_name.strip()
    if not name:
        raise Refused(NAMELESS)
    specific = page.specific
    twin = same_in_other_language(specific) if both_languages else None
    if both_languages and twin is None:
        raise Refused(NOT_THE_SAME)
    edition_date = edition_date or current_edition(specific)
    next_review_on = next_review_on or proposed_date()
    signed = [
        _sign(signed_page, actor, name, outcome, edition_date, next_review_on, note, amendment)
        for signed_page in (specific, twin)
        if signed_page is not None
    ]
    return signed[0]


def _sign(page, actor, name, outcome, edition_date, next_review_on, note, amendment) -> Review:
    state = _locked_state(page)
    state.edition_date, state.reviewed_on, state.reviewer = edition_date, today(), name
    state.reviewed_at = timezone.now()
    state.next_review_on = next_review_on
    state.save()
    ReviewTask.objects.open().filter(page=page).update(closed_at=timezone.now(), closed_by=actor)
    data = {"outcome": outcome, "edition_date": edition_date.isoformat() if edition_date else None, "note": note}
    log(instance=page, action="law.review", user=actor, data=data)
    return Review.objects.create(
        page_id=page.pk,
        outcome=outcome,
        by=actor,
        reviewer=name,
        edition_date=edition_date,
        amendment=amendment,
        note=note,
    )


@transaction.atomic
def assign(
    *, page: Page, responsible: User | None, deputy: User | None, next_review_on: datetime.date | None, actor: User
) -> ReviewState:
    """Says who cares for a page and when it is due. Raises `Refused` for who is no staff, or twice the same person."""
    if responsible is None and deputy is not None:
        raise Refused(NO_OWNER)
    if responsible is not None and responsible == deputy:
        raise Refused(SAME_PERSON)
    people = {person.pk for person in (responsible, deputy) if person is not None}
    if people and staff().filter(pk__in=people).count() < len(people):
        raise Refused(NOT_STAFF)
    state = _locked_state(page)
    state.responsible, state.deputy, state.next_review_on = responsible, deputy, next_review_on
    state.save()
    data = {
        "responsible": responsible.pk if responsible else None,
        "deputy": deputy.pk if deputy else None,
        "next_review_on": next_review_on.isoformat() if next_review_on else None,
    }
    log(instance=page.specific, action="law.assign", user=actor, data=data)
    return state


def staff() -> QuerySet[User]:
    """Who may care for a page: active accounts that the admin opens for, by name."""
    return ModelBackend().with_perm("wagtailadmin.access_admin").order_by("full_name", "email")


def same_in_other_language(page: LawBased) -> LawBased | None:
    """The live twin, while neither of the two is behind the other; else None."""
    twin = getattr(page, "twin", None)
    if twin is None or page.lags_behind_twin or twin.lags_behind_twin:  # type: ignore[attr-defined]
        return None
    return twin


def current_edition(page: Page) -> datetime.date | None:
    """The edition of the first act the page cites that has one."""
    if not isinstance(page, LawBased):
        return None
    return next((part.act.edition_date for part in page.basis if part.act.edition_date), None)


def proposed_date() -> datetime.date:
    """The date of the next review of a page that is signed today."""
    return months_after(today(), LawSettings.load().review_months)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _locked_state(page: Page) -> ReviewState:
    """The row of a page, made where there is none, and held until the transaction ends."""
    ReviewState.objects.get_or_create(page_id=page.pk)
    return ReviewState.objects.select_for_update().get(page_id=page.pk)
