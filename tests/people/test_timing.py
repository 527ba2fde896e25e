"""How long an answer takes does not tell whether an address is known."""

from __future__ import annotations

import gc
import statistics
import time

import pytest
from django.conf import global_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.core.html import Html
from tests.factories import make_user
from tests.people.steps import ask

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ALLOWED = 0.020  # seconds between the medians


def by_password(email: str):
    return Client().post("/kk/account/login/password/", {"login": email, "password": "wrong-password"})


def by_code(email: str):
    return ask(Client(), email)


def by_reset(email: str):
    return Client().post("/kk/account/password/reset/", {"email": email})


def change_to(client):
    return lambda email: client.post("/kk/account/email/", {"email": email})


def seconds(request, email: str) -> float:
    started = time.process_time()
    response = request(email)
    spent = time.process_time() - started
    assert response.status_code in {200, 302}
    return spent


def difference(request, *emails: str, rounds: int = 30) -> float:
    """The widest gap between the medians of alternating requests.

    Measured in the processor's time, so that a busy machine does not count.
    """
    spent: dict[str, list[float]] = {email: [] for email in emails}
    for email in emails:
        request(email)
    gc.disable()
    try:
        for number in range(rounds):
            for email in emails if number % 2 else reversed(emails):
                cache.clear()  # the limits are the same for all, and not what is measured
                spent[email].append(seconds(request, email))
    finally:
        gc.enable()
    medians = [statistics.median(times) for times in spent.values()]
    return max(medians) - min(medians)


@pytest.fixture
def real_hasher(settings):
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS


@pytest.mark.usefixtures("real_hasher")
def test_a_wrong_password_takes_as_long_for_an_account_with_one_without_one_and_for_no_account():
    make_user("known@mail.test")
    without = make_user("without@mail.test")
    without.set_unusable_password()
    without.save()

    assert difference(by_password, "known@mail.test", "without@mail.test", "nobody@mail.test", rounds=15) < ALLOWED


@pytest.mark.parametrize("request_by", [by_code, by_reset])
def test_a_code_for_a_known_address_takes_as_long_as_for_an_unknown_one(request_by):
    make_user("known@mail.test")

    assert difference(request_by, "known@mail.test", "nobody@mail.test") < ALLOWED


def test_asking_for_a_taken_address_takes_as_long_as_for_a_free_one(client):
    make_user("known@mail.test")
    client.force_login(make_user())

    assert difference(change_to(client), "known@mail.test", "nobody@mail.test") < ALLOWED


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_password_reset_tells_nothing(language):
    make_user("known@mail.test", language=language)
    seen = []
    for email in ("known@mail.test", "nobody@mail.test"):
        client = Client()
        asked = client.post(f"/{language}/account/password/reset/", {"email": email})
        page = client.get(asked.url)
        wrong = client.post(asked.url, {"code": "00000000"})
        plain = [Html(response).main.replace(email, "ADDRESS") for response in (page, wrong)]
        assert mail.outbox[-1].to == [email]
        seen.append((asked.status_code, asked.url, page.status_code, wrong.status_code, plain))

    assert seen[0] == seen[1]
