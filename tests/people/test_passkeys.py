"""Passkeys: made, renamed, removed, and used to sign in. The browser's part is in tests/browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.test import Client

from tests.core.html import Html
from tests.core.test_headers import inline_code, is_strict
from tests.core.words import said
from tests.factories import make_user
from tests.people.passkey import HOST, Device, options_on
from tests.people.steps import ask, is_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.real_second_factor]

LANGUAGES = ("kk", "ru")
ADD = "/kk/account/2fa/webauthn/add/"
SIGN_IN = "/kk/account/2fa/webauthn/login/"
LIST = "/kk/account/2fa/webauthn/"
REFUSED = "The passkey was not accepted. Try once more, or use another way."
DEEP = '{"id":' * 900 + "1" + "}" * 900
NONSENSE = [
    "",
    "{",
    "null",
    "0",
    "[]",
    "{}",
    '"text"',
    "[" * 50_000,
    DEEP,
    '{"id": ' + "9" * 5000 + "}",
    '{"id": "\\ud800", "rawId": "\\ud800", "type": "public-key", "response": {}}',
    '{"response": "text"}',
    '{"response": null}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key",'
    ' "response": {"clientDataJSON": "YQ", "attestationObject": "YQ"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key",'
    ' "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "YQ",'
    ' "signature": "YQ", "userHandle": "YQ"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": 5}}',
    '{"id": 1, "rawId": 2, "type": 3, "response": {"userHandle": ["a"]}}',
]


@pytest.fixture
def browser() -> Client:
    return Client(headers={"host": HOST, "accept-language": "kk"})


def add(client, device: Device, *, name: str = "Телефоным", **fields):
    options = options_on(client.get(ADD, fields))
    return client.post(ADD, {"name": name, "credential": json.dumps(device.create(options)), **fields})


def challenge(client) -> dict:
    return client.get(SIGN_IN, headers={"accept": "application/json"}).json()["request_options"]


def enter_by(client, device: Device, **fields):
    return client.post(SIGN_IN, {"credential": json.dumps(device.get(challenge(client))), **fields})


@pytest.fixture
def owner(browser):
    """A person with a passkey, signed out again."""
    person, device = make_user(full_name="Айгүл Серікова"), Device()
    sign_in(browser, person.email)
    add(browser, device)
    browser.post("/kk/account/logout/")
    person.device = device
    return person


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passkey_signs_in_without_a_code_and_goes_on(browser, owner, language):
    letters = len(mail.outbox)

    response = enter_by(browser, owner.device, next=f"/{language}/courses/")

    assert response.url == f"/{language}/courses/"
    assert browser.get("/kk/cabinet/").context["user"] == owner
    assert len(mail.outbox) == letters


def test_a_passkey_counts_as_the_second_factor(browser):
    editor, device = make_user(group="Editors"), Device()
    sign_in(browser, editor.email)
    response = add(browser, device, next="/admin/pages/")
    assert response.url == "/kk/account/2fa/recovery-codes/?next=%2Fadmin%2Fpages%2F"
    assert browser.get("/admin/").status_code == 200  # just made: proven
    browser.post("/kk/account/logout/")

    assert enter_by(browser, device, next="/admin/").url == "/admin/"

    assert browser.get("/admin/").status_code == 200


def test_after_a_code_by_mail_the_passkey_is_the_second_step(browser, owner):
    response = sign_in(browser, owner.email)
    assert response.url == "/kk/account/2fa/authenticate/"
    assert not is_in(browser)

    browser.post(response.url, {"credential": json.dumps(owner.device.get(options_on(browser.get(response.url))))})

    assert is_in(browser)


def test_a_session_proves_itself_again_by_passkey(browser, owner):
    browser.force_login(owner)
    door = browser.get(ADD)
    assert door.url == "/kk/account/2fa/webauthn/reauthenticate/?next=%2Fkk%2Faccount%2F2fa%2Fwebauthn%2Fadd%2F"

    answer = owner.device.get(options_on(browser.get(door.url)))
    response = browser.post(door.url, {"credential": json.dumps(answer)})

    assert response.url == ADD
    assert browser.get(ADD).status_code == 200


def test_a_passkey_is_asked_to_check_its_holder_and_to_sign_in_by_itself(browser):
    sign_in(browser, make_user().email)

    public = options_on(browser.get(ADD))["publicKey"]

    assert public["authenticatorSelection"]["residentKey"] == "required"
    assert public["authenticatorSelection"]["userVerification"] == "required"
    assert public["rp"] == {"id": HOST, "name": settings.WAGTAIL_SITE_NAME}
    assert challenge(Client(headers={"host": HOST}))["publicKey"]["userVerification"] == "required"


def test_a_device_that_does_not_check_its_holder_is_refused(browser):
    sign_in(browser, make_user().email)

    response = add(browser, Device(checks_holder=False))

    assert said("kk", REFUSED) in Html(response).main
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "http://testserver"])
def test_an_answer_given_to_another_site_is_refused(browser, owner, origin):
    owner.device.origin = origin

    enter_by(browser, owner.device)

    assert not is_in(browser)


def test_an_answer_works_once(browser, owner):
    answer = json.dumps(owner.device.get(challenge(browser)))
    browser.post(SIGN_IN, {"credential": answer})
    assert is_in(browser)
    browser.post("/kk/account/logout/")

    browser.post(SIGN_IN, {"credential": answer})

    assert not is_in(browser)


def test_a_strangers_key_opens_nobody(browser, owner):
    thief = Device()
    thief.user_handle = owner.device.user_handle

    response = enter_by(browser, thief, next="/kk/courses/")

    assert response.url == "/kk/account/login/?next=%2Fkk%2Fcourses%2F"
    assert said("kk", REFUSED) in Html(browser.get(response.url)).one("body").text
    assert not is_in(browser)


def test_a_closed_account_is_not_opened_by_its_passkey(browser, owner):
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)

    enter_by(browser, owner.device)

    assert not is_in(browser)


@pytest.mark.parametrize("number", range(len(NONSENSE)))
def test_nonsense_is_refused_with_a_message_everywhere(browser, owner, number):
    nonsense = NONSENSE[number]
    challenge(browser)
    response = browser.post(SIGN_IN, {"credential": nonsense})
    assert response.url == "/kk/account/login/"
    assert said("kk", REFUSED) in Html(browser.get(response.url)).one("body").text

    sign_in(browser, owner.email)
    response = browser.post("/kk/account/2fa/authenticate/", {"credential": nonsense})
    assert said("kk", REFUSED) in Html(response).main
    assert not is_in(browser)

    other = Client(headers={"host": HOST})
    sign_in(other, make_user().email)
    other.get(ADD)
    response = other.post(ADD, {"name": "x", "credential": nonsense})
    assert said("kk", REFUSED) in Html(response).main
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_code_under_way_does_not_stand_in_the_way_of_a_passkey(browser, owner):
    ask(browser, owner.email)

    enter_by(browser, owner.device)

    assert is_in(browser)


def test_only_what_is_needed_is_kept_of_an_answer(browser):
    person, device = make_user(), Device()
    sign_in(browser, person.email)
    answer = device.create(options_on(browser.get(ADD))) | {"more": "x" * 1000}

    browser.post(ADD, {"name": "", "credential": json.dumps(answer)})

    kept = Authenticator.objects.get(user=person, type="webauthn")
    assert set(kept.data["credential"]) == {"id", "rawId", "type", "response", "clientExtensionResults"}
    assert kept.wrap().name == said("kk", "Passkey %(number)s", number=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_passkeys_are_listed_renamed_and_removed(language):
    client = Client(headers={"host": HOST})
    person = make_user()
    sign_in(client, person.email)
    add(client, Device(), name="Телефоным")
    key = Authenticator.objects.get(user=person, type="webauthn")
    base = f"/{language}/account/2fa/webauthn/"

    assert "Телефоным" in Html(client.get(base)).main
    assert client.post(f"{base}keys/{key.pk}/edit/", {"name": "a" * 61}).status_code == 200
    client.post(f"{base}keys/{key.pk}/edit/", {"name": "<b>Үй</b>"})
    assert "<b>Үй</b>" in Html(client.get(base)).main
    page = Html(client.get(f"{base}keys/{key.pk}/remove/"))
    assert said(language, "Remove the passkey") == page.one("h1").text
    assert Authenticator.objects.filter(pk=key.pk).exists()

    client.post(f"{base}keys/{key.pk}/remove/")

    assert not Authenticator.objects.filter(user=person).exists()
    assert said(language, "There are no passkeys yet.") in Html(client.get(base)).main


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_somebody_elses_passkey_is_not_there(browser, owner, what):
    key = Authenticator.objects.get(user=owner, type="webauthn")
    sign_in(browser, make_user().email)

    for response in (browser.get(f"{LIST}keys/{key.pk}/{what}/"), browser.post(f"{LIST}keys/{key.pk}/{what}/")):
        assert response.status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_the_owner_is_told_by_letter(browser, owner):
    added = [letter for letter in mail.outbox if letter.to == [owner.email]][-1]
    assert added.subject == said("kk", "A passkey was added to your account")


PAGES = ["/account/login/", "/account/login/password/", "/account/2fa/webauthn/add/"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_without_a_script_the_buttons_are_hidden_and_the_page_says_why(language, address):
    client = Client(headers={"host": HOST})
    if "2fa" in address:
        sign_in(client, make_user().email)

    response = client.get(f"/{language}{address}")

    page = Html(response)
    is_strict(response)
    assert inline_code(page) == []
    (form,) = [form for form in page.all("form") if form.attrs.get("data-passkey")]
    assert "hidden" in form.attrs
    notes = [element for element in page.elements if "data-no-passkey" in element.attrs]
    assert notes
    assert all("hidden" not in note.attrs for note in notes)
    assert form.attrs["data-script"] == "/static/js/passkeys.js"
    assert not page.all("script", src="/static/js/passkeys.js")  # it comes when the button is pressed


@pytest.mark.parametrize("address", ["/kk/", "/kk/account/login/code/confirm/", "/kk/account/password/reset/"])
def test_other_pages_do_not_pay_for_the_script(client, address):
    response = client.get(address, follow=address.endswith("confirm/"))

    assert "passkeys.js" not in response.content.decode() or response.redirect_chain
    assert Path(settings.ROOT, "static/js/passkeys.js").stat().st_size < 4096
