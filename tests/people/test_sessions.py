"""Where a person is signed in: seen by her alone, ended by her at once."""

from __future__ import annotations

import time

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.sessions import device_in_words
from tests.core.html import Html
from tests.core.test_headers import inline_code
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import is_in, sign_in

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile"
    " Safari/537.36"
)
DEVICES = {
    PHONE: "Chrome, Android",
    "Mozilla/5.0 (Linux; arm_64; Android 12) AppleWebKit/537.36 Chrome/124.0 YaBrowser/24.4 Mobile Safari/537.36": (
        "Yandex Browser, Android"
    ),
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36": (
        "Samsung Internet, Android"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile/15E Safari/604.1": (
        "Safari, iPhone"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 CriOS/126.0 Mobile/15E Safari/604.1": (
        "Chrome, iPhone"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0": (
        "Edge, Windows"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/125.0 Safari/537.36 OPR/111.0": (
        "Opera, Windows"
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/17.5 Safari/605.1": "Safari, macOS",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0": "Firefox, Linux",
}


def listing(client, language: str = "kk") -> Html:
    return Html(client.get(f"/{language}/account/sessions/"))


def number_of(client) -> int:
    return UserSession.objects.get(session_key=client.session.session_key).pk


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def phone(person) -> Client:
    client = Client(headers={"user-agent": PHONE}, REMOTE_ADDR="203.0.113.5")
    sign_in(client, person.email)
    return client


@pytest.fixture
def computer(person) -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/127.0"}, REMOTE_ADDR="198.51.100.7")
    sign_in(client, person.email)
    return client


@pytest.mark.parametrize(("user_agent", "words"), DEVICES.items())
def test_a_device_is_told_by_browser_and_system(user_agent, words):
    assert device_in_words(user_agent) == words


@pytest.mark.parametrize("user_agent", ["", "curl/8.0", "<script>alert(1)</script>", "\x00" * 400])
def test_a_device_that_does_not_say_is_called_unknown(user_agent, kk):
    assert device_in_words(user_agent) == said("kk", "Unknown device")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_every_session_and_marks_this_one(phone, computer, language):
    page = listing(phone, language)

    cards = [card.text for card in page.all("li", class_="card")]
    assert [("Chrome, Android" in card, "203.0.113.5" in card) for card in cards] == [(True, True), (False, False)]
    assert "Firefox, Windows" in cards[1]
    assert "198.51.100.7" in cards[1]
    this = said(language, "This device")
    assert [this in card for card in cards] == [True, False]
    assert page.one("h1").text == said(language, "Where you are signed in")
    assert inline_code(page) == []


def test_a_name_that_a_browser_invented_is_not_shown(person):
    client = Client(headers={"user-agent": "<img src=x onerror=alert(1)>"})
    sign_in(client, person.email)

    assert "onerror" not in client.get("/kk/account/sessions/").content.decode()


def test_an_ended_session_is_dead_at_once(phone, computer):
    response = phone.post(f"/kk/account/sessions/{number_of(computer)}/end/")

    assert response.url == "/kk/account/sessions/"
    assert not is_in(computer)
    assert is_in(phone)
    assert len(listing(phone).all("li", class_="card")) == 1


def test_all_others_are_ended_and_this_one_stays(phone, computer, person):
    third = Client()
    third.force_login(person)
    assert is_in(third)

    phone.post("/kk/account/sessions/others/end/")

    assert (is_in(phone), is_in(computer), is_in(third)) == (True, False, False)


def test_ending_this_very_session_is_signing_out(phone):
    response = phone.post(f"/kk/account/sessions/{number_of(phone)}/end/", follow=True)

    assert response.status_code == 200
    assert not is_in(phone)


def test_somebody_elses_session_is_not_there(phone, computer):
    stranger = Client()
    sign_in(stranger, make_user().email)

    assert stranger.post(f"/kk/account/sessions/{number_of(computer)}/end/").status_code == 404
    assert "198.51.100.7" not in listing(stranger).main
    assert is_in(computer)
    assert stranger.post("/kk/account/sessions/0/end/").status_code == 404
    assert stranger.post(f"/kk/account/sessions/{10**30}/end/").status_code == 404


@pytest.mark.parametrize("address", ["others/end/", "1/end/"])
def test_reading_ends_nothing_and_strangers_are_asked_to_sign_in(phone, computer, address, client):
    assert phone.get(f"/kk/account/sessions/{address}").url == "/kk/account/sessions/"
    assert is_in(computer)
    assert client.post(f"/kk/account/sessions/{address}").url.startswith("/kk/account/login/")
    assert client.get("/kk/account/sessions/").url == "/kk/account/login/?next=/kk/account/sessions/"


def test_forms_need_their_token(phone, computer):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies

    assert strict.post(f"/kk/account/sessions/{number_of(computer)}/end/").status_code == 403
    assert is_in(computer)


def test_a_changed_password_ends_the_other_sessions(phone, computer):
    fields = {
        "oldpassword": "long-test-password",
        "password1": "teren-kol-jagasy",
        "password2": "teren-kol-jagasy",
    }

    response = phone.post("/kk/account/password/change/", fields)

    assert response.url == "/kk/cabinet/"
    assert (is_in(phone), is_in(computer)) == (True, False)
    assert len(listing(phone).all("li", class_="card")) == 1


def test_a_first_password_ends_the_other_sessions(phone, computer, person):
    type(person).objects.filter(pk=person.pk).update(password="!")
    for client in (phone, computer):
        sign_in(client, person.email)
    fields = {"password1": "teren-kol-jagasy", "password2": "teren-kol-jagasy"}

    phone.post("/kk/account/password/set/", fields)

    assert (is_in(phone), is_in(computer)) == (True, False)


def test_closing_the_account_ends_all(phone, computer, person):
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert (is_in(phone), is_in(computer)) == (False, False)


def test_a_session_that_was_used_again_after_its_end_stays_dead(phone, computer):
    number, key = number_of(computer), computer.session.session_key
    phone.post(f"/kk/account/sessions/{number}/end/")

    for _ in range(2):
        assert not is_in(computer)
    assert not UserSession.objects.filter(session_key=key).exists()


def test_reading_on_writes_nothing_until_five_minutes_have_passed(phone, monkeypatch):
    phone.get("/kk/cabinet/")
    first = UserSession.objects.get().last_seen_at
    with CaptureQueriesContext(connection) as queries:
        phone.get("/kk/cabinet/")
    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + 301)

    phone.get("/kk/cabinet/")

    assert UserSession.objects.get().last_seen_at > first


def test_another_network_is_noted_at_once(phone):
    phone.get("/kk/cabinet/")

    phone.get("/kk/cabinet/", REMOTE_ADDR="198.51.100.99")

    assert UserSession.objects.get().ip == "198.51.100.99"


def test_a_reader_without_an_account_has_no_session(client):
    response = client.get("/kk/")

    assert not response.cookies
    assert not UserSession.objects.exists()
