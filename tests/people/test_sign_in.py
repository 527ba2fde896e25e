"""One entrance for everybody: an address, then the code sent to it."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from people.models import User
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import ask, code_in, enter, is_in, last_code, sign_in

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
STRANGER = "stranger@mail.test"
BAD = {
    "": "Enter an e-mail address: the code will come to it.",
    "   ": "Enter an e-mail address: the code will come to it.",
    "aigul": "This does not look like an e-mail address. Example: aigul@mail.kz",
    "aigul@": "This does not look like an e-mail address. Example: aigul@mail.kz",
    "айгүл серікова@mail.kz": "This does not look like an e-mail address. Example: aigul@mail.kz",
    '"><script>alert(1)</script>': "This does not look like an e-mail address. Example: aigul@mail.kz",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("typed", "reason"), BAD.items())
def test_a_bad_address_is_kept_and_the_reason_is_said(client, language, typed, reason):
    response = ask(client, typed, language)

    assert response.status_code == 200
    html = Html(response)
    field = html.one("input", name="email", id="id_email")
    assert (field.attrs.get("value") or "").strip() == typed.strip()
    assert field["aria-invalid"] == "true"
    assert said(language, reason) in html.main
    assert not [script for script in html.all("script") if not script.attrs.get("src")]
    assert mail.outbox == []


def test_a_text_of_any_length_is_refused_without_a_crash(client):
    assert ask(client, "a" * 250 + "@mail.test").status_code == 200
    assert mail.outbox == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_tells_a_known_address_from_an_unknown_one(client, language):
    make_user("known@mail.test", language=language)
    seen = {}
    for email in ("known@mail.test", STRANGER):
        response = ask(client, email, language)
        page = client.get(response.url)
        letter = mail.outbox.pop()
        assert mail.outbox == []
        code = code_in(letter)
        said_in_letter = (letter.subject.replace(code, "CODE"), letter.body.replace(code, "CODE"))
        seen[email] = (response.status_code, response.url, Html(page).main.replace(email, "ADDRESS"), said_in_letter)
        assert letter.to == [email]

    assert seen["known@mail.test"] == seen[STRANGER]
    assert seen[STRANGER][0] == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_speaks_the_language_of_the_page(client, language):
    ask(client, STRANGER, language)

    (letter,) = mail.outbox
    assert letter.subject == said(language, "%(code)s is your sign-in code", code=last_code())
    assert said(language, "Your sign-in code:") in letter.body


def test_an_account_is_made_by_the_code_and_not_before(client):
    ask(client, STRANGER)
    client.get("/kk/account/login/code/confirm/")
    assert not User.objects.filter(email=STRANGER).exists()

    enter(client, last_code())

    assert User.objects.filter(email=STRANGER).count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_code_signs_in_and_makes_one_proven_address(client, language):
    response = sign_in(client, STRANGER, language)

    assert response.status_code == 302
    assert response.url == f"/{language}/cabinet/"
    assert is_in(client)
    user = User.objects.get(email=STRANGER)
    assert user.language == language
    assert not user.is_staff
    assert not user.has_usable_password()
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (STRANGER, True, True)


def test_a_code_typed_with_spaces_counts(client):
    ask(client, STRANGER)
    code = last_code()

    enter(client, f" {code[:3]} {code[3:]} ")

    assert is_in(client)


def test_signing_in_again_is_the_same_account_and_keeps_its_language(client):
    sign_in(client, STRANGER, "ru")
    client.post("/ru/account/logout/")
    assert not is_in(client)

    sign_in(client, STRANGER.upper(), "kk")

    assert is_in(client)
    assert User.objects.get(email=STRANGER).language == "ru"
    assert EmailAddress.objects.filter(email__iexact=STRANGER).count() == 1


def test_a_known_account_enters_with_a_code(client):
    user = make_user(full_name="Айгүл Серікова")

    sign_in(client, user.email)

    assert "Айгүл" in Html(client.get("/kk/cabinet/")).main


def test_a_second_proven_address_opens_the_same_account(client):
    user = make_user("first@mail.test")
    EmailAddress.objects.create(user=user, email="second@mail.test", verified=True, primary=False)

    sign_in(client, "second@mail.test")

    assert client.get("/kk/cabinet/").context["user"] == user
    assert set(EmailAddress.objects.filter(primary=True, user=user).values_list("email", flat=True)) == {
        "first@mail.test"
    }


def test_an_address_that_somebody_only_claimed_does_not_open_her_account(client):
    claimer = make_user("claimer@mail.test")
    EmailAddress.objects.create(user=claimer, email=STRANGER, verified=False, primary=False)

    sign_in(client, STRANGER)

    assert is_in(client)
    assert client.get("/kk/cabinet/").context["user"] != claimer


def test_the_session_key_changes_with_the_person(client):
    ask(client, STRANGER)
    before = client.session.session_key

    enter(client, last_code())

    assert is_in(client)
    assert client.session.session_key != before
