"""Pages, lawyers and amendments for the tests of reviews."""

from __future__ import annotations

from datetime import date, timedelta

from faq.questions import QuestionPage
from law.amendments import AmendedProvision, Amendment, RadarItem, radar_content_type
from law.duty_dates import today
from law.enums import ReviewOutcome
from law.reviews import ReviewState
from people.models import User
from tests.core.sample import live
from tests.factories import make_user

SLUG = "kvorum-sobraniya"
# A day on which the acts of the content have their editions, and a Wednesday.
DAY = date(2026, 11, 25)


def question(language: str, slug: str = SLUG) -> QuestionPage:
    return live(QuestionPage, language).get(slug=slug)


def lawyer(name: str = "Әлия Серікова", **fields) -> User:
    return make_user(group="Lawyers", full_name=name, **fields)


def sign(page, by: User, **fields):
    from law.review_actions import record_review

    return record_review(**({"page": page, "actor": by, "outcome": ReviewOutcome.UNCHANGED} | fields))


def care_for(page, due: date, *, responsible: User | None = None, deputy: User | None = None) -> ReviewState:
    """A page that is due on a day; the state as an earlier signature would have left it."""
    fields = {"next_review_on": due, "responsible": responsible, "deputy": deputy}
    return ReviewState.objects.update_or_create(page_id=page.pk, defaults=fields)[0]


def amend(page, *, since: date | None = None, **words) -> Amendment:
    """An amendment of the first provision the page cites, not yet decided for this page alone."""
    fields = {
        "title_kk": "Түзету",
        "title_ru": "Поправка",
        "what_kk": "Кворум өзгерді",
        "what_ru": "Кворум изменился",
        "source_url": "https://adilet.zan.kz/rus/docs/Z2600000001",
        "in_force_on": since or today() - timedelta(days=1),
    } | words
    amendment = Amendment.objects.create(**fields)
    AmendedProvision.objects.create(amendment=amendment, provision=page.cited[0].provision)
    RadarItem.objects.create(
        amendment=amendment, content_type=radar_content_type(type(page)), object_id=page.pk, routes=["field"]
    )
    return amendment
