"""The code: six digits, five tries, a quarter of an hour, one at a time."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from people.models import User
from tests.core.html import Html
from tests.core.words import said
from tests.people.steps import ask, ask_again, code_in, enter, is_in, last_code, sign_in, wrong

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
STRANGER = "stranger@mail.test"


@pytest.fixture
def after(monkeypatch):
    """Moves the clock that codes go by."""
    clock = time.time

    def move(minutes: int) -> None:
        monkeypatch.setattr(time, "time", lambda: clock() + minutes * 60)

    return move


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["wrong", "", "      ", "12345", "abcdef", "1" * 500])
def test_a_wrong_code_says_so_and_leaves_no_account(client, language, typed):
    ask(client, STRANGER, language)

    response = enter(client, wrong(last_code()) if typed == "wrong" else typed, language)

    assert response.status_code == 200
    assert Html(response).one("input", name="code")["aria-invalid"] == "true"
    assert not User.objects.filter(email=STRANGER).exists()
    assert not is_in(client)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_code_is_called_wrong_in_the_readers_language(client, language):
    ask(client, STRANGER, language)

    page = Html(enter(client, wrong(last_code()), language)).main

    assert said(language, "Incorrect code.") in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_wrong_codes_end_the_attempt(client, language):
    ask(client, STRANGER, language)
    code = last_code()
    for _ in range(4):
        assert enter(client, wrong(code), language).status_code == 200

    response = enter(client, wrong(code), language)

    assert response.url == f"/{language}/account/login/"
    page = Html(client.get(response.url)).main
    assert said(language, "Too many wrong codes. Ask for a new one.") in page
    enter(client, code, language)
    assert not is_in(client)
    assert not User.objects.filter(email=STRANGER).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_is_too_old_says_so(client, after, language):
    ask(client, STRANGER, language)
    code = last_code()
    after(minutes=16)

    response = enter(client, code, language)

    assert response.url.startswith(f"/{language}/account/login/")
    assert said(language, "The code has expired. Ask for a new one.") in Html(client.get(response.url)).main
    assert not is_in(client)


def test_a_code_of_fourteen_minutes_still_works(client, after):
    ask(client, STRANGER)
    after(minutes=14)

    enter(client, last_code())

    assert is_in(client)


def test_a_new_code_makes_the_old_one_useless(client):
    ask(client, STRANGER)
    old = last_code()

    response = ask_again(client)

    assert response.url == "/kk/account/login/code/confirm/"
    assert len(mail.outbox) == 2
    assert last_code() != old  # one time in a million this fails
    enter(client, old)
    assert not is_in(client)
    enter(client, last_code())
    assert is_in(client)


def test_codes_are_sent_again_a_few_times_and_then_the_page_says_so(client):
    ask(client, STRANGER)
    for _ in range(10):
        ask_again(client)

    assert 2 <= len(mail.outbox) <= 4
    page = Html(client.get("/kk/account/login/code/confirm/", follow=True))
    assert not page.all("button", value="resend")


def test_asking_again_without_having_asked_leads_to_the_entrance(client):
    response = ask_again(client)

    assert response.url == "/kk/account/login/"
    assert mail.outbox == []


def test_in_two_tabs_the_last_address_counts(client):
    ask(client, "first@mail.test")
    first = last_code()
    ask(client, "second@mail.test")

    enter(client, first)
    assert not is_in(client)
    enter(client, last_code())

    assert client.get("/kk/cabinet/").context["user"].email == "second@mail.test"
    assert not User.objects.filter(email="first@mail.test").exists()


def test_the_code_typed_in_a_second_tab_after_sign_in_leads_on(client):
    ask(client, STRANGER)
    code = last_code()
    enter(client, code)

    response = enter(client, code)

    assert response.status_code == 302
    assert response.url == "/kk/cabinet/"
    assert User.objects.filter(email=STRANGER).count() == 1


def test_a_code_works_once_and_in_its_own_browser_only(client):
    ask(client, STRANGER)
    code, another = last_code(), Client()

    enter(another, code)
    assert not is_in(another)
    enter(client, code)
    client.post("/kk/account/logout/")
    enter(client, code)

    assert not is_in(client)


def test_codes_differ_and_keep_leading_zeros(client):
    codes = []
    for number in range(20):
        ask(client, f"person-{number}@mail.test")
        codes.append(code_in(mail.outbox[-1]))

    assert all(len(code) == 6 for code in codes)
    assert len(set(codes)) > 15


def test_whoever_mistyped_her_address_can_start_anew(client):
    ask(client, "mistake@mail.test")

    response = client.get("/kk/account/login/")

    assert response.status_code == 200
    sign_in(client, STRANGER)
    assert is_in(client)


def test_the_page_for_the_code_shows_the_address_and_asks_for_digits(client):
    html = Html(client.get(ask(client, STRANGER).url))

    assert STRANGER in html.main
    field = html.one("input", name="code")
    assert field["autocomplete"] == "one-time-code"
    assert field["inputmode"] == "numeric"


def test_an_attempt_is_no_account_and_no_person_in_the_session(client):
    ask(client, STRANGER)

    session = Session.objects.get(pk=client.session.session_key)
    assert "_auth_user_id" not in session.get_decoded()
