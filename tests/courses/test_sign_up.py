"""From «sign up» to a seat, as the person does it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from core.outbox import OutboxMessage
from courses.enrolment import Enrolment
from courses.enums import RunStatus
from courses.runs import CourseRun
from people.models import User
from tests.factories import make_run, make_user

pytestmark = pytest.mark.django_db

FORM = {"full_name": "Айгүл Серікова", "phone": "", "consent": "on", "expects": "seat"}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def enrol_url(run, language="kk"):
    return f"/{language}/seminars/{run.code}/enrol/"


def code_from_mail() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_stranger_fills_one_form_types_one_code_and_has_the_seat(
    client, language, django_capture_on_commit_callbacks
):
    run = make_run(capacity=3)
    assert client.get(enrol_url(run, language)).status_code == 200

    response = client.post(enrol_url(run, language), FORM | {"email": "Aigul@Mail.kz"})
    assert response["Location"] == f"/{language}/account/login/code/confirm/"
    assert not User.objects.filter(email="aigul@mail.kz").exists(), "no account before the address is proven"
    assert not run.enrolments.exists(), "no seat before the address is proven"

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(response["Location"], {"code": code_from_mail()})

    enrolment = run.enrolments.get()
    assert response["Location"] == f"/{language}/seats/{enrolment.public_id}/"
    assert (enrolment.email, enrolment.full_name) == ("aigul@mail.kz", "Айгүл Серікова")
    assert (enrolment.is_confirmed, enrolment.language) == (True, language)
    assert client.get(response["Location"]).status_code == 200
    assert str(enrolment.public_id) in mail.outbox[-1].body
    assert enrolment.user.language == language
    assert enrolment.user.full_name == "Айгүл Серікова"


def test_a_person_who_is_signed_in_needs_no_code(signed_in, person):
    run = make_run(capacity=3)

    response = signed_in.post(enrol_url(run), FORM)

    enrolment = run.enrolments.get()
    assert response["Location"].endswith(f"/seats/{enrolment.public_id}/")
    assert enrolment.user == person


def test_looking_never_takes_a_seat(signed_in, client):
    run = make_run(capacity=3)
    for address in (f"/kk/seminars/{run.code}/", enrol_url(run), "/kk/seminars/"):
        assert signed_in.get(address).status_code == 200
        assert Client().get(address).status_code == 200
    assert signed_in.head(enrol_url(run)).status_code == 200
    assert not run.enrolments.exists()


def test_a_double_click_is_one_seat_and_leads_to_the_same_page(signed_in):
    run = make_run(capacity=3)

    first = signed_in.post(enrol_url(run), FORM)
    second = signed_in.post(enrol_url(run), FORM)

    assert first["Location"] == second["Location"]
    assert run.enrolments.count() == 1


@pytest.mark.parametrize(("language", "words"), [("kk", "Кезекке тұра"), ("ru", "очеред")])
def test_a_stale_page_says_that_seats_are_gone_keeps_what_was_typed_and_offers_the_queue(signed_in, language, words):
    run = make_run(capacity=1, confirmed=1)

    response = signed_in.post(enrol_url(run, language), FORM | {"phone": "+7 701 111 22 33"})

    assert response.status_code == 200
    assert not run.enrolments.filter(user__isnull=False).exists()
    assert words in text(response)
    assert "Айгүл Серікова" in text(response)
    assert "+7 701 111 22 33" in text(response)
    assert re.search(r'name="expects"[^>]*value="queue"|value="queue"[^>]*name="expects"', text(response))

    response = signed_in.post(enrol_url(run, language), FORM | {"expects": "queue"})
    enrolment = run.enrolments.get(user__isnull=False)
    assert enrolment.is_waiting
    assert response["Location"].endswith(f"/seats/{enrolment.public_id}/")


def test_a_stale_page_of_a_stranger_sends_no_code(client):
    run = make_run(capacity=1, confirmed=1)

    response = client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})

    assert response.status_code == 200
    assert mail.outbox == []
    assert "aigul@mail.kz" in text(response)


def test_seats_that_go_while_the_code_is_typed_end_in_the_queue_and_it_is_said(client):
    run = make_run(capacity=1)
    response = client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})
    make_run_full(run)

    response = client.post(response["Location"], {"code": code_from_mail()}, follow=True)

    assert run.enrolments.get(email="aigul@mail.kz").is_waiting
    assert "кезек" in text(response)


def make_run_full(run):
    Enrolment.objects.create(run=run, email="first@mail.test", full_name="Бірінші", language="kk", status="confirmed")


@pytest.mark.parametrize(
    ("fields", "run_fields"),
    [
        ({"status": RunStatus.CANCELLED}, {}),
        ({"enrol_closes_at": -1}, {}),
        ({"enrol_opens_at": 1}, {}),
        ({}, {"starts_in": timedelta(days=-3)}),
        ({}, {"starts_in": timedelta(hours=-1)}),
        ({"has_waitlist": False}, {"capacity": 1, "confirmed": 1}),
        ({"waitlist_limit": 2}, {"capacity": 1, "confirmed": 1, "waiting": 2}),
        ({}, {"capacity": 0, "has_waitlist": False}),
    ],
    ids=["cancelled", "closed", "not open yet", "past", "has started", "full without queue", "queue full", "no seats"],
)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_run_that_takes_nobody_says_why_and_makes_no_row(signed_in, person, language, fields, run_fields):
    run = make_run(**run_fields)
    changes = {
        name: timezone.now() + timedelta(days=value) if name.startswith("enrol_") else value
        for name, value in fields.items()
    }
    CourseRun.objects.filter(pk=run.pk).update(**changes)

    page = signed_in.get(f"/{language}/seminars/{run.code}/")
    assert page.status_code == 200
    assert f"{run.code}/enrol/" not in text(page), "no way to a form that refuses"
    for response in (signed_in.get(enrol_url(run, language)), signed_in.post(enrol_url(run, language), FORM)):
        assert response["Location"].endswith(f"/{language}/seminars/{run.code}/")
    assert not run.enrolments.filter(user=person).exists()


def test_a_run_that_closes_while_the_form_is_open_says_so(signed_in, monkeypatch):
    """The page read an open run; by the time of the action it is closed."""
    run = make_run()
    real = CourseRun.refusal
    answers = iter([None])
    monkeypatch.setattr(CourseRun, "refusal", lambda self, at=None: next(answers, None) or real(self, at))
    from courses import actions

    original = actions.lock_run

    def closing(run_id):
        CourseRun.objects.filter(pk=run_id).update(status=RunStatus.CANCELLED)
        return original(run_id)

    monkeypatch.setattr(actions, "lock_run", closing)
    response = signed_in.post(enrol_url(run), FORM, follow=True)

    assert not run.enrolments.exists()
    assert response.redirect_chain[-1][0].endswith(f"/kk/seminars/{run.code}/")
    assert "болмайды" in text(response) or "тоқтат" in text(response) or "бас тарт" in text(response)


@pytest.mark.parametrize("address", ["", "enrol/"])
def test_an_unpublished_or_unknown_run_is_not_there(signed_in, address):
    run = make_run(status=RunStatus.DRAFT)
    assert signed_in.get(f"/kk/seminars/{run.code}/{address}").status_code == 404
    assert signed_in.post(f"/kk/seminars/{run.code}/{address}", FORM).status_code == 404
    assert signed_in.get(f"/kk/seminars/no-such-run/{address}").status_code == 404


def test_a_forged_post_is_refused_in_plain_words(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    run = make_run()

    response = client.post(enrol_url(run), FORM)

    assert response.status_code == 403
    assert "<h1" in text(response)
    assert not run.enrolments.exists()


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize(
    "broken",
    [
        {"full_name": ""},
        {"full_name": "12 34"},
        {"full_name": "А" * 200},
        {"email": "not-an-address"},
        {"email": ""},
        {"phone": "call me"},
        {"consent": ""},
    ],
    ids=str,
)
def test_bad_input_is_explained_and_everything_typed_is_kept(client, language, broken):
    run = make_run()
    typed = FORM | {"email": "aigul@mail.kz", "phone": "+7 701 111 22 33"} | broken

    response = client.post(enrol_url(run, language), {name: value for name, value in typed.items() if value})

    assert response.status_code == 200
    assert mail.outbox == []
    assert not run.enrolments.exists()
    body = text(response)
    assert 'aria-invalid="true"' in body
    for name, value in typed.items():
        if value and name in {"full_name", "email", "phone"}:
            assert f'value="{value}"' in body
    for error in response.context["form"].errors.values():
        assert re.search("[а-яәғқңөұүһі]", str(error)), "the message is in the reader's language"


def test_nobody_posts_her_way_to_a_status_or_another_persons_seat(signed_in, person):
    run, other = make_run(capacity=1, confirmed=1), make_user()

    signed_in.post(
        enrol_url(run),
        FORM | {"expects": "queue", "status": "confirmed", "user": other.pk, "waitlist_seq": 0, "email": other.email},
    )

    enrolment = run.enrolments.get(user=person)
    assert enrolment.is_waiting
    assert enrolment.email == person.email


def test_the_message_is_written_once_in_the_language_of_the_form(signed_in, django_capture_on_commit_callbacks):
    run = make_run()
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(enrol_url(run, "ru"), FORM)
        signed_in.post(enrol_url(run, "ru"), FORM)

    message = OutboxMessage.objects.get()
    assert (message.language, message.kind) == ("ru", "courses/confirmed")
    assert len(mail.outbox) == 1
    assert f"/ru/seats/{run.enrolments.get().public_id}/" in mail.outbox[0].body


def test_who_signs_in_with_another_address_is_shown_the_form_and_not_given_the_seat(client):
    """Two people on one phone: the seat asked for by the first is not the second one's."""
    run = make_run()
    client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})
    client.post("/kk/account/login/", {"email": "nurlan@mail.kz"})

    response = client.post("/kk/account/login/code/confirm/", {"code": code_from_mail()})

    assert response["Location"] == enrol_url(run)
    assert not run.enrolments.exists()
    assert "Айгүл Серікова" in text(client.get(response["Location"])), "what was typed is kept"


def test_a_wish_of_yesterday_is_not_fulfilled_today(client, monkeypatch):
    run = make_run()
    client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})
    from courses import seats

    monkeypatch.setattr(seats, "REMEMBERED", 0)
    response = client.post("/kk/account/login/code/confirm/", {"code": code_from_mail()})

    assert response["Location"] == "/kk/cabinet/"
    assert not run.enrolments.exists()
