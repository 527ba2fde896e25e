"""Where sign-in leads, and the doors that all lead to the one entrance."""

from __future__ import annotations

import pytest
from django.urls import reverse

from people.models import User
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user
from tests.people.steps import ask, enter, is_in, last_code, sign_in

pytestmark = pytest.mark.django_db

PASSWORD = "long-test-password"
LANGUAGES = ("kk", "ru")
FOREIGN = [
    "//evil.example",
    "///evil.example/",
    "https://evil.example/",
    "http:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "https://testserver@evil.example/",
    " //evil.example",
]


def by_password(client, email: str, password: str = PASSWORD, language: str = "kk", **fields):
    address = f"/{language}/account/login/password/"
    return client.post(address, {"login": email, "password": password, **fields})


@pytest.mark.parametrize("local", ["/ru/courses/", "/kk/seminars/?page=2", "/admin/"])
def test_sign_in_leads_on_to_the_page_that_asked_for_it(client, local):
    response = ask(client, "aigul@mail.test", next=local)
    field = Html(client.get(response.url)).all("input", name="next")[0]
    assert field["value"] == local

    assert enter(client, last_code(), next=field["value"]).url == local


@pytest.mark.parametrize("address", FOREIGN)
def test_sign_in_never_leads_to_another_host(client, address):
    assert "evil" not in ask(client, "aigul@mail.test", next=address).url
    response = client.post(
        "/kk/account/login/code/confirm/?" + "next=" + address, {"code": last_code(), "next": address}
    )

    assert response.status_code == 302
    assert response.url == "/kk/cabinet/"


@pytest.mark.parametrize("address", FOREIGN)
def test_neither_the_password_door_nor_an_open_session_leads_to_another_host(client, address):
    assert by_password(client, make_user().email, next=address).url == "/kk/cabinet/"

    assert client.get("/kk/account/login/", {"next": address}).url == "/kk/cabinet/"
    assert "evil" not in client.post("/kk/account/logout/", {"next": address}).url


def test_a_page_behind_sign_in_asks_for_it_and_is_shown_afterwards(client):
    response = client.get("/ru/cabinet/profile/")

    assert response.url == "/ru/account/login/?next=/ru/cabinet/profile/"
    assert sign_in(client, "aigul@mail.test", "ru", next="/ru/cabinet/profile/").url == "/ru/cabinet/profile/"


def test_who_is_signed_in_already_goes_on_at_once(signed_in):
    assert signed_in.get("/kk/account/login/").url == "/kk/cabinet/"
    assert signed_in.get("/ru/account/login/", {"next": "/ru/courses/"}).url == "/ru/courses/"
    assert signed_in.get("/kk/account/login/password/").url == "/kk/cabinet/"
    assert signed_in.get("/kk/account/login/code/confirm/").url == "/kk/cabinet/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("door", ["account_signup", "account_request_login_code"])
def test_other_doors_lead_to_the_one_entrance_and_keep_where_to(client, language, door):
    address = {"account_signup": "signup/", "account_request_login_code": "login/code/"}[door]

    response = client.get(f"/{language}/account/{address}", {"next": f"/{language}/courses/"})

    assert response.status_code == 302
    assert response.url == f"/{language}/account/login/?next=%2F{language}%2Fcourses%2F"


def test_no_account_is_made_through_the_sign_up_form(client):
    before = User.objects.count()

    response = client.post("/kk/account/signup/", {"email": "new@mail.test", "password1": PASSWORD})

    assert response.url == "/kk/account/login/"
    assert User.objects.count() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_come_in_by_the_same_door(client, language):
    login = client.get(reverse("wagtailadmin_home"), headers={"accept-language": language})
    assert login.url == f"/{language}/account/login/?next=/admin/"

    own = client.get("/admin/login/", headers={"accept-language": language})

    assert own.url == f"/{language}/account/login/?next=/admin/"


def test_a_password_opens_an_account_that_has_one(client):
    user = make_user()

    response = by_password(client, user.email.upper(), next="/kk/courses/")

    assert response.url == "/kk/courses/"
    assert is_in(client)


def test_an_account_without_a_password_is_not_opened_by_an_empty_one(client):
    user = make_user()
    user.set_unusable_password()
    user.save()

    for password in ("", " ", "!", user.password):
        by_password(client, user.email, password)

    assert not is_in(client)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_does_not_tell_whether_the_address_is_known(client, language):
    make_user("known@mail.test")
    pages = {}
    for email in ("known@mail.test", "unknown@mail.test"):
        response = by_password(client, email, "wrong-password", language)
        assert response.status_code == 200
        pages[email] = Html(response).main

    assert pages["known@mail.test"] == pages["unknown@mail.test"]
    assert (
        said(language, "The email address and/or password you specified are not correct.") in pages["known@mail.test"]
    )
    assert not is_in(client)


def test_a_closed_account_cannot_enter_by_code(client):
    user = make_user("closed@mail.test", is_active=False)

    response = sign_in(client, user.email)

    assert not is_in(client)
    assert said("kk", "Account Inactive") in Html(client.get(response.url)).main


def test_a_closed_account_cannot_enter_by_password(client):
    user = make_user("closed@mail.test", is_active=False)

    by_password(client, user.email)

    assert not is_in(client)


def test_closing_an_account_ends_its_open_session(signed_in, person):
    assert is_in(signed_in)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert not is_in(signed_in)


def test_signing_out_needs_a_post(signed_in):
    assert signed_in.get("/kk/account/logout/").status_code == 200
    assert is_in(signed_in)

    assert signed_in.post("/kk/account/logout/").status_code == 302
    assert not is_in(signed_in)
