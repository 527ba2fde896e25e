"""What a browser is told it may do, on every kind of page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from home.pages import HomePage
from tests.core.html import Html
from tests.core.sample import LANGUAGES, TOUR, act_url, first
from tests.factories import make_run, make_user

pytestmark = pytest.mark.django_db

STRICT = ("default-src", "base-uri", "frame-ancestors")
# Elements that make the browser fetch something, and the attribute that says what.
FETCHES = {"script": "src", "img": "src", "iframe": "src", "link": "href", "use": "href", "source": "src"}
OTHER_ADDRESSES = {
    "/kk/account/login/": 200,
    "/ru/account/login/password/": 200,
    "/kk/no-such-page/": 404,
    "/livez": 200,
    "/readyz": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/.well-known/security.txt": 200,
    "/kk/search/?q=%D0%B6%D0%B0%D1%80%D0%BD%D0%B0": 200,
    "/": 302,
    "/kk/cabinet/": 302,
}


def policy(response) -> dict[str, list[str]]:
    directives = response["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for directive in directives if (words := directive.split())}


def is_strict(response) -> None:
    """The headers of a public page."""
    rules = policy(response)
    assert all(rules[name] == ["'none'"] for name in STRICT)
    assert set(rules["script-src"]) == set(rules["style-src"]) == {"'self'"}
    assert not [word for words in rules.values() for word in words if word.startswith("'unsafe")]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert all(f"{feature}=()" in response["Permissions-Policy"] for feature in ("camera", "microphone", "geolocation"))


def inline_code(html: Html) -> list[str]:
    """Everything the policy would block: inline scripts and styles, handlers, script addresses."""
    found = [element.tag for element in html.elements if element.tag == "style"]
    scripts = [element for element in html.all("script") if element.attrs != {"type": "application/ld+json"}]  # data
    found += [f"script: {element.text}" for element in scripts if not element.attrs.get("src")]
    for element in html.elements:
        for name, value in element.attrs.items():
            is_script_address = (value or "").strip().lower().startswith("javascript:")
            if name == "style" or name.startswith("on") or is_script_address:
                found.append(f"{element.tag} {name}={value}")
    return found


def foreign_fetches(html: Html) -> list[str]:
    """Addresses outside the site that a browser would ask while it shows the page."""
    return [
        str(address)
        for element in html.elements
        if (address := element.attrs.get(FETCHES.get(element.tag, "")))
        and not (element.tag == "link" and element.attrs.get("rel") in {"canonical", "alternate"})
        and not address.startswith(("/", "#"))
    ]


@pytest.mark.parametrize(("model", "language"), TOUR)
def test_a_page_is_strict_has_no_inline_code_and_sets_no_cookie(client, model, language):
    response = client.get(first(model, language).url)

    assert response.status_code == 200
    is_strict(response)
    html = Html(response)
    assert inline_code(html) == []
    assert foreign_fetches(html) == []
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_and_a_seminar_are_strict_have_no_inline_code_and_set_no_cookie(client, language):
    run = make_run(capacity=10, confirmed=10, waiting=2)

    for address in (act_url(language), f"/{language}/seminars/{run.code}/"):
        response = client.get(address)

        assert response.status_code == 200, address
        is_strict(response)
        assert inline_code(Html(response)) == []
        assert not response.cookies


@pytest.mark.parametrize(("address", "status"), OTHER_ADDRESSES.items())
def test_other_addresses_are_strict_too(client, address, status):
    response = client.get(address)

    assert response.status_code == status
    is_strict(response)


@pytest.mark.parametrize("address", ["/kk/account/login/", "/ru/account/login/password/", "/kk/no-such-page/"])
def test_forms_and_errors_have_no_inline_code(client, address):
    assert inline_code(Html(client.get(address))) == []


def test_pages_of_a_person_have_no_inline_code(client):
    client.force_login(make_user())
    client.post(f"/kk/seminars/{make_run().code}/enrol/", {"full_name": "Айгүл", "consent": "on", "expects": "seat"})
    seat = client.get("/kk/cabinet/")

    for response in (seat, client.get("/kk/cabinet/profile/"), client.get("/kk/account/email/")):
        assert response.status_code == 200
        is_strict(response)
        assert inline_code(Html(response)) == []


def test_a_crash_keeps_the_headers_of_its_page(client, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError("planted")

    monkeypatch.setattr(HomePage, "get_context", crash)
    client.raise_request_exception = False

    response = client.get("/kk/")

    assert response.status_code == 500
    is_strict(response)
    assert inline_code(Html(response)) == []


def test_the_admin_has_a_policy_of_its_own_and_may_frame_its_previews(client):
    client.force_login(make_user(group="Editors"))

    response = client.get(reverse("wagtailadmin_home"))

    rules = policy(response)
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'self'"]
    assert "'unsafe-inline'" in rules["script-src"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_editor_reads_the_site_under_the_strict_policy(client):
    client.force_login(make_user(group="Editors"))

    is_strict(client.get("/kk/"))
