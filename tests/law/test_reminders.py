"""Letters to chairs before a date: the right people, once, in their language."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.outbox import OutboxMessage
from law.duties import Duty
from law.reminders import send_reminders
from people.notification_actions import choose
from tests.factories import make_association, make_membership, make_user
from tests.law.clock import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(on):
    """Sends the reminders of a day and returns the letters that went out."""

    def send(day: date) -> list:
        on(day)
        before = len(mail.outbox)
        send_reminders()
        return mail.outbox[before:]

    return send


def chair(email: str = "", language: str = "kk", *, name: str = "", **fields):
    fields = {"valid_from": date(2025, 1, 1), "valid_to": date(2027, 12, 31)} | fields
    user = make_user(email, language=language, full_name=name)
    return make_membership(user=user, **fields).user


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ["2026 ж. 19 желтоқсан", "46-бап, 1-тармақ", "/kk/deadlines/", "/kk/cabinet/notifications/"]),
        ("ru", ["19 декабря 2026", "Статья 46, пункт 1", "/ru/deadlines/", "/ru/cabinet/notifications/"]),
    ],
)
def test_a_chair_gets_one_letter_five_days_before_in_her_language(run, language, words):
    user = chair("aigul@mail.test", language, name="Айгүл Серікова")

    assert run(date(2026, 12, 13)) == []
    (letter,) = run(date(2026, 12, 14))

    assert letter.to == ["aigul@mail.test"]
    assert getattr(Duty.objects.get(key="monthly-report"), f"title_{language}") in letter.subject
    assert "Айгүл" not in letter.subject
    assert "Айгүл" in letter.body
    assert [word for word in words if word not in letter.body] == []
    message = OutboxMessage.objects.get()
    assert (message.person, message.dedupe_key) == (user, f"deadline:monthly-report:2026-12-19:{user.pk}")


def test_running_again_sends_nothing_twice(run):
    chair()
    assert len(run(date(2026, 12, 14))) == 1

    for day in (14, 14, 15, 17, 19):
        assert run(date(2026, 12, day)) == []
    assert run(date(2026, 12, 20)) == []
    assert len(run(date(2027, 1, 14))) == 1


def test_a_day_on_which_the_timer_did_not_run_loses_nothing(run):
    chair()

    assert len(run(date(2026, 12, 17))) == 1


def test_two_houses_are_one_letter_about_a_duty(run):
    user = chair()
    make_membership(user=user, valid_from=date(2025, 1, 1), valid_to=date(2027, 12, 31))

    assert len(run(date(2026, 12, 14))) == 1


def test_both_reports_are_two_letters(run):
    chair()

    subjects = {letter.subject for letter in run(date(2027, 3, 27))}

    assert len(subjects) == 1  # the annual report; the monthly one was due on the 19th
    assert len(run(date(2027, 4, 14))) == 1


def test_what_owners_owe_is_not_mailed_to_the_chair(run):
    chair()

    assert run(date(2026, 11, 21)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "council"},
        {"role": "resident"},
        {"state": "claimed"},
        {"state": "ended"},
        {"valid_to": date(2026, 12, 13)},
        {"valid_from": date(2026, 12, 15)},
    ],
    ids=["council", "resident", "claimed", "ended", "over", "not begun"],
)
def test_only_chairs_of_today_are_written_to(run, fields):
    chair(**fields)

    assert run(date(2026, 12, 14)) == []


def test_who_closed_the_topic_or_the_account_is_left_alone(run):
    silent, closed, loud = chair(), chair(), chair("loud@mail.test")
    choose(user=silent, wanted={"deadlines": False}, actor=silent)
    choose(user=loud, wanted={"deadlines": True}, actor=loud)
    closed.is_active = False
    closed.save()

    assert [letter.to for letter in run(date(2026, 12, 14))] == [["loud@mail.test"]]


@pytest.mark.parametrize(("language", "article"), [("kk", "51-1-бап, 4-тармақ"), ("ru", "статья 51-1, пункт 4")])
def test_the_end_of_a_mandate_is_told_a_month_ahead_once(run, language, article):
    house = make_association(name_kk="Қыран", name_ru="Кыран")
    chair("aigul@mail.test", language, association=house, valid_to=date(2027, 2, 24))

    assert run(date(2027, 1, 24)) == []
    (letter,) = run(date(2027, 1, 25))

    assert house.name_kk not in letter.subject
    assert house.name_ru not in letter.subject
    assert {"kk": "Қыран", "ru": "Кыран"}[language] in letter.body
    assert article in letter.body
    assert run(date(2027, 1, 26)) == []


def test_a_prolonged_mandate_is_told_of_again(run):
    user = chair(valid_to=date(2027, 2, 20))
    assert len(run(date(2027, 1, 25))) == 1
    user.memberships.update(valid_to=date(2027, 2, 23))

    assert len(run(date(2027, 1, 26))) == 1


def test_a_mandate_without_an_end_is_never_ending(run):
    chair(valid_to=None)

    assert run(date(2027, 1, 25)) == []


def test_at_half_past_eleven_in_the_evening_it_is_still_that_day():
    chair()
    late = moment(date(2026, 12, 13), 23, 30)

    assert send_reminders(at=late) == 0
    assert send_reminders(at=late + timedelta(hours=1)) == 1


def test_the_command_says_how_many_letters_it_queued(on):
    chair()
    on(date(2026, 12, 14))

    def said() -> str:
        out = StringIO()
        call_command("send_reminders", stdout=out)
        return out.getvalue().strip()

    assert said() == "1 letters queued"
    assert said() == "0 letters queued"


def test_a_house_without_chairs_costs_no_letters_and_no_error(django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert send_reminders(at=moment(date(2026, 12, 14))) == 0


def test_ten_times_the_chairs_cost_the_same_when_there_is_nothing_new(run, django_assert_num_queries):
    chair()
    run(date(2026, 12, 14))
    with CaptureQueriesContext(connection) as few:
        send_reminders(at=moment(date(2026, 12, 15)))
    for _ in range(9):
        chair()
    run(date(2026, 12, 15))
    with django_assert_num_queries(len(few)):
        assert send_reminders(at=moment(date(2026, 12, 16))) == 0
