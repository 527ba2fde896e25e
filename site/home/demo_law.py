"""Reviews of the demo: pages that are signed, overdue and under re-check. The lawyer and the amendment are invented."""

from __future__ import annotations

import datetime

from django.db import transaction

from faq.questions import QuestionPage
from law.amendments import AmendedProvision, Amendment
from law.duty_dates import today
from law.enums import ReviewOutcome
from law.models import Provision, Review, ReviewState
from law.radar_actions import record
from law.review_actions import assign, months_after, record_review
from people.models import User

SIGNED = ("kvorum-sobraniya", "kto-sozyvaet-sobranie", "pismennyi-opros")
OVERDUE = "uvedomlenie-za-pyat-dnei"
# Of these, «pismennyi-opros» cites the amended provision.
AMENDED = ("housing-law", "43(5)")
AMENDMENT = {
    "title_kk": "Демо: ойдан шығарылған түзету",
    "title_ru": "Демо: выдуманная поправка",
    "what_kk": "Бұл түзету жоқ: ол норма өзгергенде беттердің қалай белгіленетінін көрсетеді.",
    "what_ru": "Такой поправки нет: она показывает, как отмечаются страницы, когда норма меняется.",
}


@transaction.atomic
def make_reviews(*, lawyer: User, deputy: User) -> None:
    """Nothing where somebody has signed a page already."""
    if Review.objects.exists():
        return
    questions = QuestionPage.objects.live()
    for page in questions.filter(slug__in=SIGNED):
        record_review(page=page, actor=lawyer, outcome=ReviewOutcome.UNCHANGED)
    for page in questions.filter(slug=OVERDUE):
        _let_lapse(page, lawyer, deputy)
    _amend(lawyer)


def _let_lapse(page: QuestionPage, lawyer: User, deputy: User) -> None:
    """A page signed seven months ago for six; only a demo writes the past."""
    yesterday = today() - datetime.timedelta(days=1)
    signed = months_after(today(), -7)
    review = record_review(page=page, actor=lawyer, outcome=ReviewOutcome.UNCHANGED, next_review_on=yesterday)
    assign(page=page, responsible=lawyer, deputy=deputy, next_review_on=yesterday, actor=lawyer)
    ReviewState.objects.filter(page=page).update(reviewed_on=signed, reviewed_at=review.at)
    Review.objects.filter(pk=review.pk).update(at=review.at - (today() - signed))


def _amend(lawyer: User) -> None:
    provision = Provision.objects.get(act__key=AMENDED[0], ref=AMENDED[1])
    amendment = Amendment.objects.create(
        **AMENDMENT, source_url=provision.act.url_ru, in_force_on=today() - datetime.timedelta(days=3)
    )
    AmendedProvision.objects.create(amendment=amendment, provision=provision)
    record(amendment=amendment, actor=lawyer)
