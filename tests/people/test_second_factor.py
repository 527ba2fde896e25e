"""Staff show a second factor in this very session before the admin opens."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.checks import run_checks
from django.test import Client

from people.models import User
from tests.core.html import Html
from tests.core.test_headers import inline_code
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import SECRET, app_code, code_in, give_app, is_in, last_code, show_second_factor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.real_second_factor]

LANGUAGES = ("kk", "ru")
ADDRESSES = ["/admin/", "/admin/pages/", "/admin/users/", "/admin/account/", "/admin/no-such-page/"]
START = "/ru/account/second-factor/"
ACTIVATE = "/ru/account/2fa/totp/activate/"


@pytest.fixture
def editor(db) -> User:
    return make_user(group="Editors")


@pytest.fixture
def ru_client() -> Client:
    return Client(headers={"accept-language": "ru"})


def opens(client, address: str = "/admin/") -> bool:
    return client.get(address).status_code == 200


def secret_shown(page: Html) -> str:
    return page.one("code", class_="secret").text


def recovery_codes(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def activate(client, user: User, **fields):
    """Sets the app up, a moment after sign-in; gives back the answer to the last form."""
    secret = secret_shown(Html(client.get(ACTIVATE)))
    return client.post(ACTIVATE, {"code": app_code(secret), **fields})


@pytest.mark.parametrize("address", ADDRESSES)
def test_staff_without_a_factor_are_led_to_set_one_up_and_keep_where_to(ru_client, editor, address):
    ru_client.force_login(editor)

    for response in (ru_client.get(address), ru_client.head(address)):
        assert response.status_code == 302
        assert response.url == f"{START}?next={address.replace('/', '%2F')}"


def test_a_form_sent_without_a_factor_changes_nothing(ru_client, editor):
    ru_client.force_login(editor)
    person = make_user()

    answer = ru_client.post(
        f"/admin/users/edit/{person.pk}/", {}, headers={"referer": "http://testserver/admin/users/"}
    )

    assert answer.url == f"{START}?next=%2Fadmin%2Fusers%2F"
    elsewhere = ru_client.post("/admin/account/", {}, headers={"referer": "https://evil.example/admin/"})
    assert elsewhere.url == f"{START}?next=%2Fadmin%2F"


@pytest.mark.parametrize(
    "headers",
    [
        {"x-requested-with": "XMLHttpRequest"},
        {"accept": "application/json"},
        {"sec-fetch-mode": "cors"},
        {"sec-fetch-mode": "same-origin"},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admins_scripts_are_told_403_and_get_no_page(client, editor, headers, method):
    client.force_login(editor)

    response = getattr(client, method)("/admin/pages/", headers=headers)

    assert response.status_code == 403
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_explains_and_offers_both_ways(client, editor, language):
    client.force_login(editor)

    response = client.get(f"/{language}/account/second-factor/", {"next": "/admin/pages/"})

    page = Html(response)
    assert page.one("h1").text == said(language, "One more lock before the editing part")
    links = [link["href"] for link in page.all("a", class_="button")]
    assert f"/{language}/account/2fa/totp/activate/?next=%2Fadmin%2Fpages%2F" in links
    assert f"/{language}/account/2fa/webauthn/add/?next=%2Fadmin%2Fpages%2F" in links
    assert inline_code(page) == []


def test_who_sets_the_app_up_after_signing_in_goes_on_to_where_she_wanted(ru_client, editor):
    sign_in(ru_client, editor.email, "ru", next="/admin/pages/")
    assert not opens(ru_client)

    page = Html(ru_client.get(ACTIVATE, {"next": "/admin/pages/"}))
    assert page.one("input", name="next")["value"] == "/admin/pages/"
    response = ru_client.post(ACTIVATE, {"code": app_code(secret_shown(page)), "next": "/admin/pages/"})

    assert response.url == "/ru/account/2fa/recovery-codes/?next=%2Fadmin%2Fpages%2F"
    codes = Html(ru_client.get(response.url))
    assert [code.text for code in codes.all("code", class_="secret")] == recovery_codes(editor)
    assert codes.one("a", class_="sun")["href"] == "/admin/pages/"
    assert opens(ru_client, "/admin/")  # no code is typed a second time


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_setting_up_never_leads_to_another_host(ru_client, editor, address):
    sign_in(ru_client, editor.email, "ru")

    pages = [Html(ru_client.get(START, {"next": address})), Html(ru_client.get(ACTIVATE, {"next": address}))]
    response = activate(ru_client, editor, next=address)
    pages.append(Html(ru_client.get(response.url)))

    links = [link["href"] for page in pages for link in page.all("a")]
    assert [link for link in links if link.startswith(("http", "//", "javascript"))] == []
    assert opens(ru_client)


def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(ru_client, editor):
    sign_in(ru_client, editor.email, "ru")
    secret = secret_shown(Html(ru_client.get(ACTIVATE)))

    page = Html(ru_client.post(ACTIVATE, {"code": "000000"}))

    assert secret_shown(page) == secret
    assert said("ru", "Incorrect code.") in page.main
    assert not Authenticator.objects.exists()
    assert not opens(ru_client)


def test_sign_in_asks_for_the_app_and_then_the_admin_opens(client, editor):
    give_app(editor)
    response = sign_in(client, editor.email, next="/admin/pages/")
    assert response.url == "/kk/account/2fa/authenticate/"
    assert not is_in(client)

    client.post(response.url, {"code": app_code()})

    assert opens(client)


def test_a_session_from_before_the_factor_is_asked_for_it_and_goes_on(ru_client, editor):
    ru_client.force_login(editor)
    give_app(editor)

    door = ru_client.get("/admin/pages/")
    assert door.url == "/ru/account/2fa/reauthenticate/?next=%2Fadmin%2Fpages%2F"
    page = Html(ru_client.get(door.url))
    assert ru_client.post(door.url, {"code": "123456"}).status_code == 200
    assert not opens(ru_client)

    response = ru_client.post("/ru/account/2fa/reauthenticate/", {"code": app_code(), "next": "/admin/pages/"})

    assert page.one("input", name="next")["value"] == "/admin/pages/"
    assert response.url == "/admin/pages/"
    assert opens(ru_client)


def test_a_recovery_code_counts_once(client, editor):
    sign_in(client, editor.email, "ru")
    activate(client, editor)
    code = recovery_codes(editor)[0]
    first, second = Client(), Client()
    for another in (first, second):
        sign_in(another, editor.email)
        another.post("/kk/account/2fa/authenticate/", {"code": code})

    assert opens(first)
    assert not is_in(second)
    assert code not in recovery_codes(editor)


def test_a_code_of_the_app_counts_once(editor):
    give_app(editor)
    code, first, second = app_code(), Client(), Client()
    for another in (first, second):
        sign_in(another, editor.email)
        another.post("/kk/account/2fa/authenticate/", {"code": code})

    assert opens(first)
    assert not is_in(second)


def test_taking_the_last_factor_away_takes_the_admin_away_in_every_session(ru_client, editor):
    other = Client()
    for client in (ru_client, other):
        client.force_login(editor)
        show_second_factor(client, editor)
        assert opens(client)

    response = ru_client.post("/ru/account/2fa/totp/deactivate/")

    assert response.url == "/ru/account/2fa/"
    assert not Authenticator.objects.exists()
    assert ru_client.get("/admin/").url == f"{START}?next=%2Fadmin%2F"
    assert not opens(other)


def test_new_recovery_codes_do_not_shut_out_who_makes_them(client, editor):
    sign_in(client, editor.email, "ru")
    activate(client, editor)
    used = recovery_codes(editor)
    another = Client()
    sign_in(another, editor.email)
    another.post("/kk/account/2fa/authenticate/", {"code": used[0]})

    another.post("/kk/account/2fa/recovery-codes/generate/")

    assert opens(another)
    assert not set(used) & set(recovery_codes(editor))


def test_one_person_signed_in_after_another_in_one_browser_shows_her_own(client, editor):
    client.force_login(editor)
    show_second_factor(client, editor)
    assert opens(client)

    client.force_login(make_user(group="Desk"))

    assert not opens(client)


def test_a_participant_is_not_asked_and_is_refused_as_before(client):
    client.force_login(make_user())

    assert client.get("/admin/").url.startswith("/kk/account/login/")
    assert is_in(client)


def test_staff_can_leave_and_use_the_public_site_without_a_factor(client, editor):
    client.force_login(editor)
    assert is_in(client)
    assert opens(client, "/kk/")

    client.post("/admin/logout/")

    assert not is_in(client)


@pytest.mark.parametrize(
    ("is_demo", "domain", "email", "is_open"),
    [
        (True, "demo.example", "editor@demo.example", True),
        (False, "demo.example", "editor@demo.example", False),
        (True, "", "editor@demo.example", False),
        (True, "demo.example", "editor@other.example", False),
        (True, "demo.example", "editor@evil-demo.example", False),
        (True, "demo.example", "demo.example@mail.test", False),
    ],
)
def test_only_the_domain_of_a_demo_is_exempt(client, settings, is_demo, domain, email, is_open):
    settings.DEMO, settings.SECOND_FACTOR_EXEMPT_DOMAIN = is_demo, domain
    client.force_login(make_user(email, group="Editors"))

    assert (client.get("/admin/pages/").status_code == 200) is is_open


@pytest.mark.parametrize(("is_demo", "domain", "found"), [(False, "x.kz", 1), (True, "x.kz", 0), (False, "", 0)])
def test_a_check_fails_where_a_real_installation_exempts_a_domain(settings, is_demo, domain, found):
    settings.DEMO, settings.SECOND_FACTOR_EXEMPT_DOMAIN = is_demo, domain

    assert [error.id for error in run_checks()].count("people.E002") == found


LOCKS = [
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/webauthn/add/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/recovery-codes/download/",
    "password/change/",
    "password/set/",
    "email/",
]


@pytest.mark.parametrize("address", LOCKS)
def test_a_session_that_has_not_shown_the_factor_cannot_change_the_locks(client, address):
    """Also for who is no staff: a stolen session must not add a key of its own."""
    person = make_user()
    sign_in(client, person.email, "ru")
    give_app(person)

    for response in (client.get(f"/ru/account/{address}"), client.post(f"/ru/account/{address}", {"password": "x"})):
        assert response.status_code == 302
        assert response.url.startswith("/ru/account/2fa/reauthenticate/")


def test_a_password_alone_is_no_way_to_change_the_factor(client):
    person = make_user()
    sign_in(client, person.email, "ru")
    give_app(person)

    response = client.get("/ru/account/reauthenticate/")

    assert response.url == "/ru/account/2fa/reauthenticate/"


def test_showing_it_a_while_ago_is_not_enough_to_change_the_locks(client):
    person = make_user()
    client.force_login(person)
    show_second_factor(client, person)
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time() - 11 * 60
    session.save()

    response = client.get("/ru/account/2fa/totp/deactivate/")

    assert response.url == "/ru/account/2fa/reauthenticate/?next=%2Fru%2Faccount%2F2fa%2Ftotp%2Fdeactivate%2F"


def test_tries_of_the_app_are_limited_by_network_and_the_owner_goes_on_elsewhere(editor):
    give_app(editor)
    thief, owner = Client(), Client(REMOTE_ADDR="198.51.100.7")
    sign_in(thief, editor.email, "ru")
    sign_in(owner, editor.email, "ru")
    for _ in range(10):
        page = Html(thief.post("/ru/account/2fa/authenticate/", {"code": "000000"})).main
        assert said("ru", "Incorrect code.") in page

    page = Html(thief.post("/ru/account/2fa/authenticate/", {"code": app_code()})).main
    owner.post("/ru/account/2fa/authenticate/", {"code": app_code()})

    assert said("ru", "Too many wrong codes. Try again in 15 minutes.") in page
    assert not is_in(thief)
    assert is_in(owner)


def test_past_the_ceiling_of_all_networks_a_recovery_code_still_opens(client, editor):
    sign_in(client, editor.email, "ru")
    secret = secret_shown(Html(client.get(ACTIVATE)))
    client.post(ACTIVATE, {"code": app_code(secret)})
    for number in range(10):
        thief = Client(REMOTE_ADDR=f"203.0.113.{number}")
        sign_in(thief, editor.email)
        for _ in range(10):
            thief.post("/kk/account/2fa/authenticate/", {"code": "000000"})
    owner = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(owner, editor.email)

    owner.post("/kk/account/2fa/authenticate/", {"code": app_code(secret)})
    assert not is_in(owner)
    owner.post("/kk/account/2fa/authenticate/", {"code": recovery_codes(editor)[0]})

    assert opens(owner)


@pytest.mark.parametrize("typed", ["", "   ", "абвгде", "1" * 3000, "\x00", "12345678901234567890"])
def test_nonsense_for_a_code_is_refused_politely(client, editor, typed):
    give_app(editor)
    sign_in(client, editor.email)

    response = client.post("/kk/account/2fa/authenticate/", {"code": typed})

    assert response.status_code == 200
    assert not is_in(client)


def test_an_account_made_by_staff_without_a_proven_address_reaches_the_admin(ru_client):
    """No row of a proven address: the first sign-in proves it."""
    user = User.objects.create_superuser("chief@mail.test")
    sign_in(ru_client, user.email, "ru")
    assert EmailAddress.objects.get(user=user).verified

    activate(ru_client, user)

    assert opens(ru_client)


def test_the_owner_is_told_by_letter_that_a_factor_was_added(client, editor, django_capture_on_commit_callbacks):
    sign_in(client, editor.email, "ru")
    before = len(mail.outbox)

    with django_capture_on_commit_callbacks(execute=True):
        activate(client, editor)

    assert len(mail.outbox) == before + 1
    assert mail.outbox[-1].to == [editor.email]
    assert SECRET not in mail.outbox[-1].body
    assert not re.search(r"\b\d{6}\b", mail.outbox[-1].subject)


def test_who_has_no_password_proves_herself_by_a_code_and_sets_the_app_up(ru_client, editor):
    editor.set_unusable_password()
    editor.save()
    ru_client.force_login(editor)

    door = ru_client.get(f"{ACTIVATE}?next=/admin/")
    assert door.url.startswith("/ru/account/reauthenticate/code/?next=")
    page = Html(ru_client.get(door.url))
    fields = {"next": page.all("input", name="next")[0]["value"]}
    ru_client.post("/ru/account/reauthenticate/code/", {"action": "send", **fields})
    assert mail.outbox[-1].to == [editor.email]
    response = ru_client.post("/ru/account/reauthenticate/code/", {"code": last_code(), **fields})

    assert code_in(mail.outbox[-1])
    assert response.url == f"{ACTIVATE}?next=/admin/"
    activate(ru_client, editor)
    assert opens(ru_client)
