"""Nobody is flooded with codes, and nobody tries passwords for long."""

from __future__ import annotations

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from people import limits
from people.models import User
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import ask, ask_again, enter, is_in, last_code, sign_in, wrong

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
PASSWORD = "long-test-password"
TOO_MANY_PASSWORDS = "Too many wrong passwords. Wait 15 minutes, or sign in with a code by e-mail now."
PROXIES = [
    (0, "", "10.0.0.1"),
    (0, "203.0.113.5", "10.0.0.1"),  # nobody is trusted: what a visitor claims does not count
    (1, "203.0.113.5", "203.0.113.5"),
    (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),  # the first was invented by the visitor
    (2, "203.0.113.5, 10.0.0.2", "203.0.113.5"),
    (2, "203.0.113.5", "0.0.0.0"),  # a proxy is missing: served, with a network of its own
    (1, "nonsense", "0.0.0.0"),
    (1, "2001:db8:1:2:3::4", "2001:db8:1:2::"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fourth_code_in_a_minute_is_refused_politely_and_others_go_on(client, language):
    for _ in range(3):
        assert ask(client, "aigul@mail.test", language).status_code == 302

    response = ask(client, "aigul@mail.test", language)

    assert response.status_code == 200
    html = Html(response)
    assert html.one("input", name="email", id="id_email")["value"] == "aigul@mail.test"
    assert (
        said(language, "Several codes were sent to this address. Wait a minute before you ask for one more.")
        in html.main
    )
    assert len(mail.outbox) == 3
    assert ask(client, "other@mail.test", language).status_code == 302


def test_the_limit_of_an_address_counts_every_spelling_and_every_browser(client):
    for spelling in ("aigul@mail.test", "AIGUL@mail.test", " aigul@MAIL.test "):
        assert ask(Client(), spelling).status_code == 302

    assert ask(client, "Aigul@Mail.Test").status_code == 200
    assert len(mail.outbox) == 3


def test_the_limit_does_not_stop_the_code_that_came(client):
    for _ in range(4):
        ask(client, "aigul@mail.test")

    enter(client, last_code())

    assert is_in(client)


def test_a_whole_house_behind_one_network_address_can_sign_in(client):
    for number in range(30):
        assert ask(Client(), f"flat-{number}@mail.test").status_code == 302


def test_one_network_address_cannot_ask_without_end(client):
    statuses = {ask(Client(), f"victim-{number}@mail.test").status_code for number in range(70)}

    assert len(mail.outbox) <= 60
    assert statuses <= {200, 302, 429}


def by_password(client, email: str, password: str, language: str = "kk", **extra):
    address = f"/{language}/account/login/password/"
    return client.post(address, {"login": email, "password": password}, **extra)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_wrong_passwords_close_that_door_in_that_network_and_the_page_says_so(client, language):
    user = make_user()
    for _ in range(10):
        assert said(language, TOO_MANY_PASSWORDS) not in Html(by_password(client, user.email, "wrong", language)).main

    response = by_password(client, user.email, PASSWORD, language)

    assert said(language, TOO_MANY_PASSWORDS) in Html(response).main
    assert not is_in(client)
    sign_in(client, user.email, language)
    assert is_in(client)


def test_a_thousand_tries_from_one_network_stop_at_ten_and_do_not_touch_the_owner(client, monkeypatch):
    user, checked = make_user(), []
    check = User.check_password
    monkeypatch.setattr(User, "check_password", lambda self, raw: checked.append(raw) or check(self, raw))

    statuses = {by_password(client, user.email, f"guess-{number}").status_code for number in range(1000)}

    assert len(set(checked)) == 10
    assert statuses == {200, 429}
    owner = Client(REMOTE_ADDR="198.51.100.7")
    by_password(owner, user.email, PASSWORD)
    assert is_in(owner)


def test_several_networks_together_close_the_password_door_but_never_the_code(client):
    user = make_user()
    for number in range(11):
        for _ in range(10):
            by_password(client, user.email, "wrong", REMOTE_ADDR=f"203.0.113.{number}")

    owner = Client(REMOTE_ADDR="198.51.100.7")
    assert said("kk", TOO_MANY_PASSWORDS) in Html(by_password(owner, user.email, PASSWORD)).main
    assert not is_in(owner)
    sign_in(owner, user.email)
    assert is_in(owner)


def test_right_passwords_are_not_counted(client):
    user = make_user()
    for _ in range(12):
        another = Client()
        by_password(another, user.email, PASSWORD)
        assert is_in(another)


def test_addresses_of_one_ipv6_network_are_one_network():
    user = make_user()
    for number in range(10):
        by_password(Client(), user.email, "wrong", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")

    inside, outside = Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"), Client(REMOTE_ADDR="2001:db8:1:3::1")
    by_password(inside, user.email, PASSWORD)
    by_password(outside, user.email, PASSWORD)

    assert not is_in(inside)
    assert is_in(outside)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_eleventh_code_in_an_hour_is_refused_in_that_network_only(language, monkeypatch):
    clock, moved = time.time, [0]
    monkeypatch.setattr(time, "time", lambda: clock() + moved[0])
    for number in range(10):
        moved[0] = number * 61
        assert ask(Client(), "aigul@mail.test", language).status_code == 302
    moved[0] = 11 * 61

    page = Html(ask(Client(), "aigul@mail.test", language)).main

    message = "Ten codes were sent to this address within an hour. Look in the spam folder, or ask again later."
    assert said(language, message) in page
    assert len(mail.outbox) == 10
    assert ask(Client(REMOTE_ADDR="198.51.100.7"), "aigul@mail.test", language).status_code == 302


def test_past_the_ceiling_of_an_address_its_codes_are_longer_and_still_let_the_owner_in():
    for number in range(20):
        ask(Client(REMOTE_ADDR=f"203.0.113.{number}"), "aigul@mail.test")
        assert re.search(r"^\s*\d{6}\s*$", mail.outbox[-1].body, re.MULTILINE)
    owner = Client(REMOTE_ADDR="198.51.100.7")

    response = ask(owner, "aigul@mail.test")

    (code,) = re.findall(r"^\s*(\d{10})\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert "10" in Html(owner.get(response.url)).one("p", class_="lead").text
    enter(owner, code)
    assert is_in(owner)


def test_a_code_sent_again_counts_like_the_first(client):
    for _ in range(3):
        ask(client, "aigul@mail.test")

    page = Html(client.get(ask_again(client).url)).one("body").text

    assert len(mail.outbox) == 3
    assert said("kk", "Several codes were sent to this address. Wait a minute before you ask for one more.") in page


def test_a_code_can_be_tried_five_times_even_when_the_session_forgets_to_count(client):
    ask(client, "aigul@mail.test")
    code, before = last_code(), Session.objects.get(pk=client.session.session_key).session_data
    for _ in range(5):
        enter(client, wrong(code))
        Session.objects.filter(pk=client.session.session_key).update(session_data=before)

    enter(client, code)

    assert not is_in(client)


@pytest.mark.parametrize(("count", "forwarded", "network"), PROXIES)
def test_the_visitor_is_told_from_the_proxies(rf, settings, count, forwarded, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert limits.network(rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1")) == network


def test_a_visitor_without_an_address_is_served_all_the_same(client):
    assert client.post("/kk/account/login/", {"email": "aigul@mail.test"}, REMOTE_ADDR="").status_code == 302
    assert by_password(client, "aigul@mail.test", "wrong", REMOTE_ADDR="").status_code == 200


def test_neither_addresses_nor_networks_are_logged(client, caplog):
    user = make_user("aigul@mail.test")
    with caplog.at_level(0):
        for _ in range(12):
            by_password(client, user.email, "wrong", REMOTE_ADDR="203.0.113.77")
        for _ in range(5):
            ask(client, user.email)
        sign_in(Client(REMOTE_ADDR="203.0.113.78"), user.email)

    written = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert "aigul@mail.test" not in written
    assert "203.0.113" not in written


def test_too_many_requests_are_told_so_on_a_page_of_ours(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    for _ in range(4):
        response = client.post("/ru/account/login/password/", {"login": "", "password": ""})

    assert response.status_code == 429
    html = Html(response)
    assert html.one("html")["lang"] == "ru"
    assert html.one("h1").text
