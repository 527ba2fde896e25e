"""Addresses of the site as a whole: the door, machines' pages, errors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from core.site_settings import SiteSettings
from core.views import server_error
from home.pages import HomePage, StandardPage
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said
from tests.factories import make_user


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "cookies", "expected"),
    [
        ({}, {}, "/kk/"),
        ({"accept-language": "ru"}, {}, "/ru/"),
        ({"accept-language": "ru-RU,ru;q=0.9,en;q=0.8"}, {}, "/ru/"),
        ({"accept-language": "en,ru;q=0.5"}, {}, "/ru/"),
        ({"accept-language": "en-GB,en"}, {}, "/kk/"),
        ({"accept-language": "ru"}, {"language": "kk"}, "/kk/"),
        ({}, {"language": "ru"}, "/ru/"),
        ({"accept-language": "ru"}, {"language": "nonsense"}, "/ru/"),
    ],
)
def test_the_door_leads_to_the_language_of_the_visitor(client, headers, cookies, expected):
    client.cookies.load(cookies)

    response = client.get("/", headers=headers)

    assert response.status_code == 302
    assert response.url == expected
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


@pytest.mark.django_db
def test_the_language_of_an_account_comes_before_cookie_and_browser(client):
    client.force_login(make_user(language="ru"))
    client.cookies["language"] = "kk"

    assert client.get("/", headers={"accept-language": "kk"}).url == "/ru/"


def test_livez_answers_without_a_database(client):
    # no django_db mark: a query would fail the test
    response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_whether_the_site_can_serve(client, monkeypatch):
    assert client.get("/readyz").status_code == 200

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: [("faq", "0002"), ("law", "0002")])
    behind = client.get("/readyz")
    assert (behind.status_code, behind.content) == (503, b"2 migrations to apply\n")

    def dead(*args):
        raise OperationalError("planted")

    monkeypatch.setattr(MigrationExecutor, "__init__", dead)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/livez", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_machines_pages_are_read_and_never_posted_to(client, address):
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_robots_keep_out_of_staff_accounts_seats_and_search(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[0] == "User-agent: *"
    for path in ("/admin/", "/*/account/", "/*/seats/", "/*/cabinet/", "/calendar/", "/*/search/"):
        assert f"Disallow: {path}" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


@pytest.mark.django_db
def test_security_txt_names_a_contact_and_is_not_out_of_date(client):
    def fields() -> dict:
        lines = client.get("/.well-known/security.txt").content.decode().splitlines()
        return dict(line.split(": ", 1) for line in lines)

    contact = fields()["Contact"]
    assert client.get(contact).status_code == 200
    expires = datetime.strptime(fields()["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields()["Canonical"] == "http://testserver/.well-known/security.txt"

    SiteSettings.objects.update_or_create(pk=SiteSettings.load().pk, defaults={"security_contact": "safe@office.test"})
    assert fields()["Contact"] == "mailto:safe@office.test"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nothing/", "questions/nothing/", "acts/nothing/", "seminars/nothing/"])
def test_an_unknown_page_is_told_in_the_readers_language_and_offers_a_search(client, language, path):
    response = client.get(f"/{language}/{path}")

    assert response.status_code == 404
    assert not response.cookies
    html = Html(response)
    assert html.one("html")["lang"] == language
    assert html.one("h1").text == said(language, "There is no such page")
    assert html.one("form", role="search")["action"] == f"/{language}/search/"
    assert {html.one("a", hreflang=other)["href"] for other in LANGUAGES} == {"/kk/", "/ru/"}
    assert html.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "expected"), [("ru", "/ru/no-such-page/"), ("en", "/kk/no-such-page/")])
def test_an_address_without_a_language_gets_one(client, language, expected):
    response = client.get("/no-such-page/", headers={"accept-language": language}, follow=True)

    assert response.redirect_chain == [(expected, 302)]
    assert response.status_code == 404


def test_the_error_page_needs_no_database_and_no_context():
    # no django_db mark: a query would fail the test
    response = server_error(RequestFactory().get("/ru/"))

    assert response.status_code == 500
    text = response.content.decode()
    assert "Бұл сіздің қатеңіз емес" in text
    assert "Это не ваша ошибка" in text
    html = Html(response)
    assert html.one("html")["lang"] == "kk"
    assert html.one("section", lang="ru")
    assert {"/kk/", "/ru/"} <= {link["href"] for link in html.all("a")}


@pytest.mark.django_db
def test_a_crash_shows_the_error_page_and_tells_nothing_of_its_cause(client, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError("planted-secret")

    monkeypatch.setattr(HomePage, "get_context", crash)
    client.raise_request_exception = False

    response = client.get("/ru/")

    assert response.status_code == 500
    assert "У нас случился сбой" in response.content.decode()
    assert "planted" not in response.content.decode()


def test_a_staff_address_that_does_not_exist_is_not_looked_for_in_a_language(admin_client):
    response = admin_client.get("/admin/pages/99999999/edit/")

    assert response.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_under_a_password_opens_with_it(client, language):
    """The address of the form is Wagtail's own, `_util/…`: no page of ours stands before it."""
    page = first(StandardPage, language)
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="only-for-the-test")
    door = client.get(page.url)
    action = next(form["action"] for form in Html(door).all("form") if "_util" in form["action"])

    wrong = client.post(action, {"password": "another", "return_url": page.url})
    right = client.post(action, {"password": "only-for-the-test", "return_url": page.url})

    assert page.title not in door.content.decode()
    assert wrong.status_code == 200
    assert (right.status_code, right["Location"]) == (302, page.url)
    assert page.title in client.get(page.url).content.decode()
