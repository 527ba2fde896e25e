"""Nobody is flooded with codes, and nobody tries passwords for long."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import ask, enter, is_in, last_code

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")


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


def test_passwords_cannot_be_tried_for_long(client):
    user = make_user()
    for _ in range(6):
        client.post("/kk/account/login/password/", {"login": user.email, "password": "wrong-password"})

    client.post("/kk/account/login/password/", {"login": user.email, "password": "long-test-password"})

    assert not is_in(client)


def test_too_many_requests_are_told_so_on_a_page_of_ours(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    for _ in range(4):
        response = client.post("/ru/account/login/password/", {"login": "", "password": ""})

    assert response.status_code == 429
    html = Html(response)
    assert html.one("html")["lang"] == "ru"
    assert html.one("h1").text
