"""Letters about overdue reviews: whom they reach, how often, in which language."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.outbox import OutboxMessage
from law.review_letters import send_review_letters
from tests.core.words import said
from tests.factories import make_user
from tests.law.clock import moment
from tests.law.reviewing import care_for, lawyer, question

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)
THURSDAY, FRIDAY, MONDAY = (WEDNESDAY + timedelta(days=number) for number in (1, 2, 5))


@pytest.fixture
def run(on, django_capture_on_commit_callbacks):
    """Sends the letters of a day and returns those that went out, by address."""

    def send(day: date) -> list:
        on(day)
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            send_review_letters()
        return sorted(mail.outbox[before:], key=lambda letter: letter.to)

    return send


def to(letters) -> list[str]:
    return [letter.to[0] for letter in letters]


def test_owner_and_deputy_are_told_on_the_first_day_it_is_overdue_and_then_on_mondays(run):
    owner, deputy = make_user("a@mail.test", group="Editors"), make_user("b@mail.test", group="Lawyers")
    make_user("nobody-asked@mail.test", group="Lawyers")
    page = question("ru")
    care_for(page, WEDNESDAY, responsible=owner, deputy=deputy)

    assert run(WEDNESDAY) == []
    first = run(THURSDAY)
    assert to(first) == ["a@mail.test", "b@mail.test"]
    assert f"/admin/law/reviews/{page.pk}/" in first[0].body
    assert [to(run(THURSDAY + timedelta(days=number))) for number in range(4)] == [[], [], [], []]

    assert to(run(MONDAY)) == ["a@mail.test", "b@mail.test"]
    assert run(MONDAY) == []
    assert run(MONDAY + timedelta(days=1)) == []
    assert to(run(MONDAY + timedelta(days=7))) == ["a@mail.test", "b@mail.test"]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_one_letter_names_all_pages_in_the_language_of_the_reader(run, language):
    owner = make_user("owner@mail.test", group="Editors", language=language, full_name="Айгүл")
    pages = [question("kk"), question("ru")]
    for page in pages:
        care_for(page, WEDNESDAY, responsible=owner)

    (letter,) = run(THURSDAY)

    assert said(language, "The review of these pages is overdue. Readers no longer see them as current.") in letter.body
    assert {"kk": "2026 ж. 25 қараша", "ru": "25 ноября 2026"}[language] in letter.body
    assert all(page.title in letter.body for page in pages)
    assert "2" in letter.subject
    assert OutboxMessage.objects.get(kind="law/review_overdue").person == owner


def test_all_lawyers_are_told_of_a_page_nobody_cares_for(run):
    lawyer(email="one@mail.test")
    lawyer(email="two@mail.test")
    lawyer(email="gone@mail.test", is_active=False)
    make_user("editor@mail.test", group="Editors")
    care_for(question("ru"), WEDNESDAY)

    assert to(run(THURSDAY)) == ["one@mail.test", "two@mail.test"]


def test_an_owner_who_left_is_not_written_to_and_the_lawyers_are(run):
    lawyer(email="one@mail.test")
    care_for(question("ru"), WEDNESDAY, responsible=make_user("gone@mail.test", group="Editors", is_active=False))

    assert to(run(THURSDAY)) == ["one@mail.test"]


def test_a_page_that_falls_due_later_in_the_week_is_told_of_once_and_joins_the_next_digest(run):
    owner = make_user("owner@mail.test", group="Editors")
    early, late = question("kk"), question("ru")
    care_for(early, WEDNESDAY, responsible=owner)
    run(THURSDAY)
    care_for(late, THURSDAY, responsible=owner)

    (second,) = run(FRIDAY)
    assert late.title in second.body
    assert early.title not in second.body

    (digest,) = run(MONDAY)
    assert late.title in digest.body
    assert early.title in digest.body


def test_a_page_that_falls_due_on_monday_stands_in_the_digest_alone(run):
    owner = make_user("owner@mail.test", group="Editors")
    care_for(question("ru"), MONDAY - timedelta(days=1), responsible=owner)

    assert len(run(MONDAY)) == 1
    assert run(MONDAY) == []
    assert run(MONDAY + timedelta(days=1)) == []


def test_a_monday_without_a_run_loses_nothing(run):
    owner = make_user("owner@mail.test", group="Editors")
    care_for(question("ru"), WEDNESDAY, responsible=owner)
    run(THURSDAY)

    assert len(run(MONDAY + timedelta(days=2))) == 1
    assert run(MONDAY + timedelta(days=3)) == []


def test_a_page_that_is_due_again_is_told_of_again(run):
    owner = make_user("owner@mail.test", group="Editors")
    state = care_for(question("ru"), WEDNESDAY, responsible=owner)
    run(THURSDAY)
    type(state).objects.filter(pk=state.pk).update(next_review_on=THURSDAY)

    assert len(run(FRIDAY)) == 1


def test_drafts_ask_nobody_for_a_review(run):
    page = question("ru")
    care_for(page, WEDNESDAY, responsible=make_user(group="Editors"))
    page.unpublish()

    assert run(THURSDAY) == []


def test_the_command_counts_these_letters_too(on):
    care_for(question("ru"), WEDNESDAY, responsible=make_user(group="Editors"))
    on(THURSDAY)

    def said_by_command() -> str:
        out = StringIO()
        call_command("send_reminders", stdout=out)
        return out.getvalue().strip()

    assert said_by_command() == "1 letters queued"
    assert said_by_command() == "0 letters queued"


def test_ten_times_the_pages_cost_the_same(run, django_assert_num_queries):
    from faq.questions import QuestionPage

    owner = make_user(group="Editors")
    pages = list(QuestionPage.objects.live()[:11])
    care_for(pages[0], WEDNESDAY, responsible=owner)
    run(THURSDAY)
    with CaptureQueriesContext(connection) as few:
        send_review_letters(at=moment(FRIDAY))
    for page in pages[1:]:
        care_for(page, WEDNESDAY, responsible=owner)
    run(FRIDAY)

    with django_assert_num_queries(len(few)):
        assert send_review_letters(at=moment(FRIDAY + timedelta(days=1))) == 0
