"""A password is a choice; setting one needs to be oneself, and no page of an account is a dead end without one."""

from __future__ import annotations

import time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.core.html import Html
from tests.core.test_headers import inline_code
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import is_in, last_code, sign_in, wrong

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
GOOD = "teren-kol-jagasy"
SET = "account/password/set/"
COMMON = "This password is too common."


@pytest.fixture
def person() -> User:
    """Signs in with codes: has no password."""
    person = make_user("aigul@mail.test")
    person.set_unusable_password()
    person.save()
    return person


def new_password(client, address: str, password: str, language: str = "kk", **fields):
    return client.post(f"/{language}/{address}", {"password1": password, "password2": password, **fields})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("password", ["password123", "qwerty123", "1234567890"])
def test_a_common_password_is_refused_and_the_page_says_why(client, person, language, password):
    sign_in(client, person.email, language)

    response = new_password(client, SET, password, language)

    assert response.status_code == 200
    page = Html(response)
    assert said(language, COMMON) in page.main
    assert password not in response.content.decode()
    person.refresh_from_db()
    assert not person.has_usable_password()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_common_password_is_refused_in_a_reset_and_in_a_change_too(language):
    owner, client = make_user(), Client()
    client.post(f"/{language}/account/password/reset/", {"email": owner.email})
    (code,) = [line.strip() for line in mail.outbox[-1].body.splitlines() if line.strip().isdigit()]
    assert len(code) == 8
    client.post(f"/{language}/account/password/reset/confirm/", {"code": code})
    page = Html(new_password(client, "account/password/reset/complete/", "password123", language))
    assert said(language, COMMON) in page.main

    client.force_login(owner)
    fields = {"oldpassword": "long-test-password"}
    page = Html(new_password(client, "account/password/change/", "password123", language, **fields))

    assert said(language, COMMON) in page.main
    assert User.objects.get(pk=owner.pk).check_password("long-test-password")


def test_who_has_just_signed_in_sets_a_password_at_once(client, person):
    sign_in(client, person.email)

    assert new_password(client, SET, GOOD).url == "/kk/cabinet/"

    assert User.objects.get(pk=person.pk).check_password(GOOD)
    assert is_in(client)


@pytest.mark.parametrize("language", LANGUAGES)
def test_later_it_takes_a_code_by_mail(client, person, monkeypatch, language):
    sign_in(client, person.email, language)
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + 11 * 60)
    door = client.get(f"/{language}/{SET}")
    assert door.url.startswith(f"/{language}/account/reauthenticate/code/?next=")
    page = client.get(door.url)
    assert inline_code(Html(page)) == []
    assert person.email in Html(page).main
    code_page = f"/{language}/account/reauthenticate/code/"
    fields = {"next": f"/{language}/{SET}"}

    client.post(code_page, {"action": "send", **fields})
    code = last_code()
    refused = client.post(code_page, {"code": wrong(code), **fields})
    assert said(language, "Incorrect code.") in Html(refused).main
    assert client.get(f"/{language}/{SET}").status_code == 302
    response = client.post(code_page, {"code": code, **fields})

    assert response.url == f"/{language}/{SET}"
    new_password(client, SET, GOOD, language)
    assert User.objects.get(pk=person.pk).check_password(GOOD)


def test_a_form_filled_in_too_late_is_kept_until_the_code_is_typed(client, person, monkeypatch):
    sign_in(client, person.email)
    client.get(f"/kk/{SET}")
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + 11 * 60)
    assert new_password(client, SET, GOOD).url.startswith("/kk/account/reauthenticate/code/")

    client.post("/kk/account/reauthenticate/code/", {"action": "send", "next": f"/kk/{SET}"})
    response = client.post("/kk/account/reauthenticate/code/", {"code": last_code(), "next": f"/kk/{SET}"})

    assert response.url == "/kk/cabinet/"
    assert User.objects.get(pk=person.pk).check_password(GOOD)


def test_a_stolen_session_cannot_set_a_password(client, person):
    client.force_login(person)

    new_password(client, SET, GOOD)

    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_codes_to_prove_oneself_are_few(client, person):
    client.force_login(person)

    for _ in range(8):
        client.post("/kk/account/reauthenticate/code/", {"action": "send"})

    assert len(mail.outbox) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_old_passwords_cannot_be_guessed_in_an_open_session(client, language):
    owner = make_user()
    client.force_login(owner)
    texts = set()
    for number in range(30):
        fields = {"oldpassword": f"guess-{number}"}
        response = new_password(client, "account/password/change/", GOOD, language, **fields)
        texts.add(response.status_code)

    assert texts <= {200, 429}
    fields = {"oldpassword": "long-test-password"}
    new_password(client, "account/password/change/", GOOD, language, **fields)
    assert User.objects.get(pk=owner.pk).check_password("long-test-password")


# Every page of an account, walked by a person who has no password, long after sign-in.
WALK = {
    "account_email": 200,
    "account_change_password": "account_set_password",
    "account_set_password": "account_reauthenticate_by_code",
    "account_reauthenticate": "account_reauthenticate_by_code",
    "account_reauthenticate_by_code": 200,
    "account_reset_password": 200,
    "account_logout": 200,
    "account_inactive": 200,
    "account_email_confirm": "account_email",
    "account_email_verification_sent": "account_email",
    "account_confirm_login_code": "cabinet",
    "account_confirm_password_reset_code": "account_login",
    "account_complete_password_reset": "account_reset_password",
    "account_password_reset_completed": 200,
    "account_login": "cabinet",
    "account_login_password": "cabinet",
    "account_signup": "account_login",
    "account_request_login_code": "account_login",
    "usersessions_list": 200,
    "second_factor": 200,
    "mfa_index": 200,
    "mfa_authenticate": "cabinet",
    "mfa_reauthenticate": "account_reauthenticate_by_code",
    "mfa_activate_totp": "account_reauthenticate_by_code",
    "mfa_deactivate_totp": 404,
    "mfa_list_webauthn": 200,
    "mfa_add_webauthn": "account_reauthenticate_by_code",
    "mfa_reauthenticate_webauthn": "account_reauthenticate_by_code",
    "mfa_login_webauthn": "cabinet",
    "mfa_generate_recovery_codes": "account_reauthenticate_by_code",
    "mfa_view_recovery_codes": 404,
    "mfa_download_recovery_codes": 404,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "leads_to"), WALK.items())
def test_no_page_is_a_dead_end_for_who_has_no_password(client, person, language, name, leads_to):
    from django.utils import translation

    client.force_login(person)
    with translation.override(language):
        address = reverse(name)
        goal = reverse(leads_to) if isinstance(leads_to, str) else ""

    response = client.get(address)

    if goal:
        assert response.status_code == 302
        assert response.url.split("?")[0] == goal
    else:
        assert response.status_code == leads_to
        assert inline_code(Html(response)) == []


def test_the_walk_visits_every_page():
    from people.urls import urlpatterns

    names, open_ends = set(), list(urlpatterns)
    while open_ends:
        pattern = open_ends.pop()
        if hasattr(pattern, "url_patterns"):
            open_ends += pattern.url_patterns
        elif (pattern.name or "").startswith(("account_", "mfa_", "usersessions_", "second_factor")):
            names.add(pattern.name)

    with_arguments = {"usersessions_end", "usersessions_end_others", "mfa_edit_webauthn", "mfa_remove_webauthn"}
    assert names - with_arguments == set(WALK)
