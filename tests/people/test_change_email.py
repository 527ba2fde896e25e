"""Another address, proven on both ends."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from people import change_email
from people.models import User
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import code_in, is_in, sign_in, wrong

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
OLD, NEW = "old@mail.test", "new@mail.test"


@pytest.fixture
def person() -> User:
    return make_user(OLD, full_name="Айгүл Серікова")


@pytest.fixture
def client(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ask(client, email: str, language: str = "kk"):
    return client.post(f"/{language}/account/email/", {"email": email})


def confirm(client, old_code: str, new_code: str, language: str = "kk", **fields):
    return client.post(f"/{language}/account/email/confirm/", {"old_code": old_code, "new_code": new_code, **fields})


def letter_to(email: str):
    return [letter for letter in mail.outbox if letter.to == [email]][-1]


def codes(new: str = NEW) -> tuple[str, str]:
    return code_in(letter_to(OLD)), code_in(letter_to(new))


def address_of(person: User) -> str:
    person.refresh_from_db()
    return person.email


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_codes_change_the_address(client, person, language, django_capture_on_commit_callbacks):
    other = Client()
    other.force_login(person)
    assert is_in(other)
    assert ask(client, " NEW@mail.test ", language).url == f"/{language}/account/email/confirm/"
    page = Html(client.get(f"/{language}/account/email/confirm/"))
    assert OLD in page.main
    assert NEW in page.main

    with django_capture_on_commit_callbacks(execute=True):
        response = confirm(client, *codes(), language)

    assert response.url == f"/{language}/cabinet/"
    assert address_of(person) == NEW
    rows = EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")
    assert list(rows) == [(NEW, True, True)]
    assert is_in(client)
    assert not is_in(other)
    told = letter_to(OLD)
    assert told.subject == said(person.language, "The e-mail address of your account was changed")
    assert NEW in told.body


def test_afterwards_the_new_address_signs_in_and_the_old_one_is_a_strangers(client, person):
    ask(client, NEW)
    confirm(client, *codes())

    another, stranger = Client(), Client()
    sign_in(another, NEW)
    sign_in(stranger, OLD)

    assert another.get("/kk/cabinet/").context["user"] == person
    assert stranger.get("/kk/cabinet/").context["user"] != person


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("old_is_right", "new_is_right"), [(True, False), (False, True), (False, False)])
def test_one_right_code_changes_nothing_and_the_wrong_one_is_named(
    client, person, language, old_is_right, new_is_right
):
    ask(client, NEW, language)
    old_code, new_code = codes()

    response = confirm(
        client, old_code if old_is_right else wrong(old_code), new_code if new_is_right else wrong(new_code), language
    )

    page = Html(response)
    assert ("aria-invalid" in page.one("input", name="old_code").attrs) is not old_is_right
    assert ("aria-invalid" in page.one("input", name="new_code").attrs) is not new_is_right
    assert said(language, "Incorrect code.") in page.main
    assert address_of(person) == OLD
    confirm(client, old_code, new_code, language)
    assert address_of(person) == NEW


def test_the_codes_are_not_each_others(client, person):
    ask(client, NEW)
    old_code, new_code = codes()

    confirm(client, new_code, old_code)

    assert address_of(person) == OLD


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_wrong_codes_end_it(client, person, language):
    ask(client, NEW, language)
    old_code, new_code = codes()
    for _ in range(5):
        response = confirm(client, old_code, wrong(new_code), language)

    assert response.url == f"/{language}/account/email/"
    page = Html(client.get(response.url))
    assert said(language, "The codes no longer work. Give the new address once more.") in page.one("body").text
    confirm(client, old_code, new_code, language)
    assert address_of(person) == OLD


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (16, False)])
def test_the_codes_live_for_a_quarter_of_an_hour(client, person, monkeypatch, minutes, works):
    ask(client, NEW)
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + minutes * 60)

    confirm(client, *codes())

    assert (address_of(person) == NEW) is works


def test_the_codes_are_not_in_the_session(client):
    ask(client, NEW)

    kept = str(dict(client.session))
    assert not [code for code in codes() if code in kept]


def test_the_codes_work_in_their_own_session_and_account_only(client, person):
    ask(client, NEW)
    found, another = codes(), Client()
    another.force_login(person)

    confirm(another, *found)
    assert address_of(person) == OLD
    stranger = make_user()
    client.force_login(stranger)
    confirm(client, *found)

    assert address_of(person) == OLD
    assert stranger.email == address_of(stranger)


def test_codes_sent_again_replace_the_first_ones_and_not_for_ever(client, person):
    ask(client, NEW)
    first = codes()
    for _ in range(10):
        client.post("/kk/account/email/confirm/", {"action": "resend"})

    assert len(mail.outbox) <= 6
    confirm(client, *first)
    assert address_of(person) == OLD
    confirm(client, *codes())
    assert address_of(person) == NEW


def test_letters_to_strangers_are_few(client):
    for number in range(20):
        ask(client, f"victim-{number}@mail.test")

    assert len([letter for letter in mail.outbox if letter.to != [OLD]]) <= 3


def test_giving_up_leaves_the_address(client, person):
    ask(client, NEW)

    client.post("/kk/account/email/confirm/", {"action": "give_up"})

    assert client.get("/kk/account/email/confirm/").url == "/kk/account/email/"
    confirm(client, *codes())
    assert address_of(person) == OLD


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("taken", ["account", "second address"])
def test_a_taken_address_looks_like_a_free_one_and_never_works(client, person, language, taken):
    owner = make_user("taken@mail.test" if taken == "account" else "owner@mail.test", language=language)
    EmailAddress.objects.get_or_create(
        user=owner, email="taken@mail.test", defaults={"verified": True, "primary": False}
    )
    seen = []
    for email in ("taken@mail.test", "free@mail.test"):
        mail.outbox.clear()
        asked = ask(client, email, language)
        page = client.get(asked.url)
        answer = confirm(client, code_in(letter_to(OLD)), "000000", language)
        plain = [Html(response).main.replace(email, "ADDRESS") for response in (page, answer)]
        letters = sorted("old" if letter.to == [OLD] else "new" for letter in mail.outbox)
        seen.append((asked.status_code, asked.url, page.status_code, answer.status_code, plain, letters))

    assert seen[0] == seen[1]
    assert seen[0][-1] == ["new", "old"]


def test_the_owner_of_a_taken_address_gets_a_letter_without_a_code(client, person):
    make_user("taken@mail.test")

    ask(client, "taken@mail.test")

    letter = letter_to("taken@mail.test")
    assert letter.subject == said("kk", "This address has an account already")
    assert not re.search(r"\d{6}", letter.body)
    assert OLD not in letter.body


def test_an_address_taken_in_the_meantime_is_not_taken_over(client, person):
    ask(client, NEW)
    found = codes()
    sign_in(Client(), NEW)

    response = confirm(client, *found)

    assert response.url == "/kk/account/email/"
    assert address_of(person) == OLD
    assert User.objects.get(email=NEW) != person


def test_letters_carry_no_links(client, person):
    make_user("taken@mail.test")
    ask(client, NEW)
    ask(client, "taken@mail.test")
    confirm(client, *codes(NEW))

    assert len(mail.outbox) >= 4
    assert not [letter for letter in mail.outbox if re.search(r"https?:|www\.|/account/", letter.body)]
    assert all(letter.body.count("@") <= 1 for letter in mail.outbox)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Enter the new address."),
        ("aigul", "This does not look like an e-mail address. Example: aigul@mail.kz"),
        ("a" * 250 + "@mail.test", "This does not look like an e-mail address. Example: aigul@mail.kz"),
        (OLD.upper(), "This is your address already."),
    ],
)
def test_an_address_that_does_not_do_is_kept_and_the_reason_is_said(client, language, typed, reason):
    page = Html(ask(client, typed, language))

    assert page.one("input", name="email")["aria-invalid"] == "true"
    assert (page.one("input", name="email").attrs.get("value") or "") == typed
    if len(typed) < 200:
        assert said(language, reason) in page.main
    assert mail.outbox == []


def test_other_apps_follow_the_address_in_the_same_transaction(client, person, monkeypatch):
    seen = []
    monkeypatch.setattr(change_email, "_followers", [lambda user, old, new: seen.append((user.pk, old, new))])
    ask(client, NEW)

    confirm(client, *codes())

    assert seen == [(person.pk, OLD, NEW)]


def test_the_page_for_who_lost_the_old_mailbox_sends_her_to_the_front_office(client):
    page = Html(client.get("/ru/account/email/"))

    assert (
        said("ru", "Then come to the front office with a document: there we can make sure that it is you.") in page.main
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "address",
    ["confirm-email/", "email/confirm/", "email/", "login/code/confirm/", "password/reset/confirm/", "", "signup/"],
)
def test_allauths_other_addresses_lead_somewhere(client, language, address, method):
    for visitor in (client, Client()):
        response = getattr(visitor, method)(f"/{language}/account/{address}", {"code": "1", "action": "resend"})

        assert response.status_code in {200, 302}
        if response.status_code == 302:
            assert response.url.startswith(f"/{language}/")
    assert client.get(f"/{language}/account/confirm-email/abc:def/").status_code == 404
