"""A person's own seat: place in the queue, giving it back, the calendar file."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from courses import actions
from courses.enums import EnrolmentStatus, RunStatus
from courses.runs import CourseRun
from tests.factories import make_run, make_user

pytestmark = pytest.mark.django_db


def seat(run, user, language="kk"):
    enrolment, _ = actions.enrol(
        run_id=run.pk, user=user, full_name="Айгүл Серікова", phone="", language=language, actor=user
    )
    return enrolment


def url(enrolment, part=""):
    return f"/kk/seats/{enrolment.public_id}/{part}"


def test_the_queue_moves_when_somebody_leaves(signed_in, person, django_capture_on_commit_callbacks):
    run = make_run(capacity=1)
    first = seat(run, make_user())
    ahead, mine = seat(run, make_user()), seat(run, person)
    assert signed_in.get(url(mine)).context["enrolment"].place == 2

    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel(enrolment_id=first.pk, actor=first.user)

    ahead.refresh_from_db()
    assert ahead.is_confirmed
    assert signed_in.get(url(mine)).context["enrolment"].place == 1
    assert [letter.to for letter in mail.outbox if letter.to == [ahead.email]]


def test_giving_a_seat_back_by_post_only(signed_in, person):
    mine = seat(make_run(), person)

    assert signed_in.get(url(mine, "cancel/"))["Location"] == url(mine)
    mine.refresh_from_db()
    assert mine.is_confirmed, "looking gives nothing back"
    assert signed_in.post(url(mine, "cancel/"))["Location"] == url(mine)
    assert signed_in.post(url(mine, "cancel/")).status_code == 302, "a second click changes nothing"

    mine.refresh_from_db()
    assert mine.status == EnrolmentStatus.CANCELLED_BY_USER
    assert mine.events.count() == 2
    assert signed_in.get(url(mine)).status_code == 200


def test_a_seat_can_be_taken_again_after_it_was_given_back(signed_in, person):
    run = make_run(capacity=1)
    signed_in.post(url(seat(run, person), "cancel/"))
    again = seat(run, person)
    assert again.is_confirmed
    assert run.enrolments.count() == 2


def test_after_the_last_day_a_seat_stays_and_the_reason_is_said(signed_in, person):
    run = make_run(cancel_until=timezone.now() - timedelta(hours=1))
    mine = seat(run, person)

    response = signed_in.post(url(mine, "cancel/"), follow=True)

    mine.refresh_from_db()
    assert mine.is_confirmed
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_place_in_the_queue_can_be_given_up_at_any_time(signed_in, person):
    run = make_run(capacity=1, confirmed=1, cancel_until=timezone.now() - timedelta(hours=1))
    mine = seat(run, person)
    signed_in.post(url(mine, "cancel/"))
    mine.refresh_from_db()
    assert mine.is_cancelled


@pytest.mark.parametrize("part", ["", "calendar.ics"])
def test_a_seat_is_seen_by_its_person_only(signed_in, part):
    foreign = seat(make_run(), make_user())

    assert signed_in.get(url(foreign, part)).status_code == 404
    assert signed_in.post(url(foreign, "cancel/")).status_code == 404
    stranger = Client().get(url(foreign, part))
    assert stranger.status_code == 302
    assert "/kk/account/login/" in stranger["Location"]
    foreign.refresh_from_db()
    assert foreign.is_confirmed


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_calendar_file_has_the_right_end_and_zone(signed_in, person, language):
    run = make_run(lasts=timedelta(hours=6))
    mine = seat(run, person)

    response = signed_in.get(f"/{language}/seats/{mine.public_id}/calendar.ics")

    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    event = calendar.walk("VEVENT")[0]
    session = run.sessions.get()
    assert event["DTSTART"].dt.astimezone(UTC) == session.starts_at.replace(microsecond=0)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=6)
    assert event["DTSTART"].params["TZID"] == "Asia/Almaty"
    assert calendar.walk("VTIMEZONE"), "phones without the zone's data need it in the file"
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=5)
    assert str(event["STATUS"]) == "CONFIRMED"


def test_almaty_is_utc_plus_five_since_march_2024():
    """A machine with old zone data shows every seminar an hour late."""
    from datetime import datetime

    zone = ZoneInfo("Asia/Almaty")
    assert datetime(2024, 2, 29, 12, tzinfo=zone).utcoffset() == timedelta(hours=6)
    assert datetime(2024, 3, 1, 12, tzinfo=zone).utcoffset() == timedelta(hours=5)


def test_the_cabinet_shows_own_seats_in_order_and_nothing_of_others(signed_in, person):
    later, sooner = make_run(starts_in=timedelta(days=9)), make_run(starts_in=timedelta(days=2))
    seats = [seat(later, person), seat(sooner, person)]
    foreign = seat(make_run(), make_user())

    body = signed_in.get("/kk/cabinet/").content.decode()

    assert body.index(str(seats[1].public_id)) < body.index(str(seats[0].public_id))
    assert str(foreign.public_id) not in body


def test_an_empty_cabinet_leads_to_the_seminars(signed_in):
    assert "/kk/seminars/" in signed_in.get("/kk/cabinet/").content.decode()


def test_a_cancelled_run_tells_everybody_once_and_frees_them(person, django_capture_on_commit_callbacks):
    run = make_run(capacity=1)
    people = [person, make_user(), make_user()]
    seats = [seat(run, user) for user in people]
    CourseRun.objects.filter(pk=run.pk).update(status=RunStatus.CANCELLED)

    with django_capture_on_commit_callbacks(execute=True):
        actions.settle_run(run_id=run.pk, actor=None)
        actions.settle_run(run_id=run.pk, actor=None)

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(user.email for user in people)
    for enrolment in seats:
        enrolment.refresh_from_db()
        assert enrolment.is_cancelled


def test_nobody_is_promoted_into_a_run_that_has_started(person):
    run = make_run(capacity=1)
    first, waiting = seat(run, make_user()), seat(run, person)
    past = timezone.now() - timedelta(hours=1)
    run.sessions.update(starts_at=past, ends_at=past + timedelta(hours=6))
    actions.settle_run(run_id=run.pk, actor=None)

    actions.cancel(enrolment_id=first.pk, actor=first.user, by_staff=True)

    waiting.refresh_from_db()
    assert waiting.is_waiting


def test_a_lowered_capacity_throws_nobody_out(person):
    run = make_run(capacity=3)
    for _ in range(3):
        seat(run, make_user())
    CourseRun.objects.filter(pk=run.pk).update(capacity=1)
    run = actions.settle_run(run_id=run.pk, actor=None)

    assert run.enrolments.holding_seat().count() == 3
    assert run.over_by == 2
    assert seat(run, person).is_waiting


def test_an_illegal_move_is_refused(person):
    mine = seat(make_run(), person)
    actions.cancel(enrolment_id=mine.pk, actor=person)
    mine.refresh_from_db()
    with pytest.raises(ValueError, match="cannot go"):
        actions._move(mine, EnrolmentStatus.CONFIRMED, reason="signed_up", actor=None)
