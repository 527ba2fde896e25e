"""Nobody gets a seat that is not there, nobody loses her turn: with real concurrent connections."""

from functools import partial

import pytest
from django.test import Client

from courses import actions
from courses.enrolment import Enrolment, EnrolmentEvent
from courses.enums import EnrolmentStatus
from courses.runs import CourseRun
from tests.races.crowd import at_once

PEOPLE, SEATS = 50, 10


def sign_up(run, user, **fields):
    return actions.enrol(run_id=run.pk, user=user, full_name=user.email, phone="", language="kk", actor=user, **fields)


def seats_are_fair(run, outcome) -> None:
    """Exactly the seats there are, everybody else in line, one place a person, no error."""
    assert outcome.errors == []
    assert run.enrolments.holding_seat().count() == SEATS
    places = sorted(run.enrolments.waiting().with_place().values_list("place", flat=True))
    assert places == list(range(1, PEOPLE - SEATS + 1))
    assert EnrolmentEvent.objects.filter(enrolment__run=run).count() == PEOPLE


def test_fifty_people_for_ten_seats(committed):
    run = committed.run(capacity=SEATS)
    users = [committed.user() for _ in range(PEOPLE)]

    outcome = at_once([partial(sign_up, run, user) for user in users])

    seats_are_fair(run, outcome)


def test_the_race_above_fails_without_the_lock(committed, monkeypatch):
    """The control: with the lock taken away the same crowd must break the same rules."""
    monkeypatch.setattr(actions, "lock_run", lambda run_id: CourseRun.objects.get(pk=run_id))
    run = committed.run(capacity=SEATS)
    users = [committed.user() for _ in range(PEOPLE)]

    outcome = at_once([partial(sign_up, run, user) for user in users])

    with pytest.raises(AssertionError):
        seats_are_fair(run, outcome)


def test_one_person_pressing_twenty_times_gets_one_place(committed):
    run, user = committed.run(capacity=SEATS), committed.user()

    outcome = at_once([partial(sign_up, run, user)] * 20)

    assert outcome.errors == []
    assert {enrolment.pk for enrolment, _created in outcome.results} == {run.enrolments.get().pk}
    assert [created for _enrolment, created in outcome.results].count(True) == 1


def test_freed_seats_go_to_the_first_in_line_while_others_sign_up(committed):
    run = committed.run(capacity=5)
    seated = [sign_up(run, committed.user())[0] for _ in range(5)]
    waiting = [sign_up(run, committed.user())[0] for _ in range(6)]
    leavers = [partial(actions.cancel, enrolment_id=e.pk, actor=e.user) for e in seated[:3]]
    newcomers = [partial(sign_up, run, committed.user()) for _ in range(6)]

    # each leaver clicks twice
    outcome = at_once(leavers + leavers + newcomers)

    assert outcome.errors == []
    holding = set(run.enrolments.holding_seat().values_list("pk", flat=True))
    assert holding == {e.pk for e in seated[3:]} | {e.pk for e in waiting[:3]}
    line = list(run.enrolments.waiting().in_queue_order().values_list("pk", flat=True))
    assert line[:3] == [e.pk for e in waiting[3:]]
    assert len(line) == 3 + 6


def test_twenty_browsers_at_once_for_three_seats(committed):
    run = committed.run(capacity=3)
    clients = []
    for _ in range(20):
        client = Client()
        client.force_login(committed.user())
        clients.append(client)
    form = {"full_name": "Айгүл Серікова", "consent": "on", "expects": "queue"}
    address = f"/kk/seminars/{run.code}/enrol/"

    outcome = at_once([partial(client.post, address, form) for client in clients])

    assert outcome.errors == []
    assert {response.status_code for response in outcome.results} == {302}
    assert run.enrolments.holding_seat().count() == 3
    assert run.enrolments.waiting().count() == 17


def test_added_seats_and_leaving_at_once_promote_each_person_once(committed):
    run = committed.run(capacity=4)
    for _ in range(12):
        sign_up(run, committed.user())
    seated = list(run.enrolments.holding_seat().order_by("pk"))
    CourseRun.objects.filter(pk=run.pk).update(capacity=6)
    calls = [partial(actions.settle_run, run_id=run.pk, actor=None)] * 4
    calls += [partial(actions.cancel, enrolment_id=e.pk, actor=e.user) for e in seated[:2]]

    outcome = at_once(calls)

    assert outcome.errors == []
    assert run.enrolments.holding_seat().count() == 6
    promotions = EnrolmentEvent.objects.filter(
        enrolment__run=run, from_status=EnrolmentStatus.WAITLISTED, to_status=EnrolmentStatus.CONFIRMED
    )
    assert promotions.count() == 4
    assert promotions.values("enrolment").distinct().count() == 4
    assert Enrolment.objects.filter(run=run).count() == 12
