"""Who may open what: every address of the project, every kind of visitor, GET and POST, against one written table."""

from __future__ import annotations

import warnings

import pytest
from django.core.paginator import UnorderedObjectListWarning
from django.http import HttpResponse
from django.urls import path

from tests.matrix import walk, world
from tests.matrix.rows import MAY_KNOW_THE_LEARNER, PAGES, ROWS, STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SECRETS = tuple(world.LEARNER.values())


@pytest.fixture(scope="module")
def everything(django_db_setup, django_db_blocker):
    """One world for the whole module: nothing in it is changed, everything is rolled back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        made = world.build()
        world.rows_of_snippets(made)
        yield made
        transaction.set_rollback(True)


def found(made: world.World, name: str, url: str) -> list[str]:
    """What differs from the table at one address, in words."""
    row, problems = ROWS[name], []
    for method, allowed in (("GET", row.get), ("POST", row.post)):
        for who, client in made.visitors.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UnorderedObjectListWarning)  # stock screens of the admin
                answer = walk.ask(client, method, url, world.BUTTONS.get(name))
            opened = answer.outcome == "open" or (answer.outcome == "broken" and who in STAFF and row.is_stock)
            if answer.outcome == "broken" and not opened:
                problems.append(f"{method} {name} ({url}) breaks for {who}")
            elif opened != (who in allowed):
                problems.append(f"{method} {name} ({url}): {who} is {answer.outcome}")
            if who not in MAY_KNOW_THE_LEARNER and any(secret in answer.text for secret in SECRETS):
                problems.append(f"{method} {name} ({url}) tells {who} about the learner")
    return problems


def test_every_address_has_a_row_and_every_row_an_address():
    names = {address.key for address in walk.addresses()}

    assert names - set(ROWS) == set(), "new addresses: write down who may open them"
    assert set(ROWS) - names == set(), "rows of addresses that are gone"


@pytest.mark.parametrize("part", range(4))
def test_every_address_opens_for_whom_the_table_says(everything, part):
    problems = []
    for address in sorted(walk.addresses(), key=lambda address: address.key)[part::4]:
        if address.key in walk.WITHOUT_REVERSE:
            continue
        problems += found(everything, address.key, walk.url_of(address, everything.values_of(address.name)))

    assert problems == []


@pytest.mark.parametrize("name", PAGES)
def test_public_pages_open_for_everybody(everything, name):
    row = PAGES[name]
    url = row.url(everything)

    for who, client in everything.visitors.items():
        assert walk.ask(client, "GET", url).outcome == "open", f"{who} cannot read {url}"


def leak(request, **kwargs):
    return HttpResponse(world.LEARNER["phone"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("wagtailusers_users:index", "anonymous is open"), ("wagtailadmin_home", "tells editor about the learner")],
)
def test_a_planted_leak_is_found(everything, monkeypatch, name, expected):
    """The walk is worth nothing if it finds nothing: a door left open and a name on a page are both told."""
    from django.test.client import ClientHandler

    address = next(address for address in walk.addresses() if address.name == name)
    url = walk.url_of(address, everything.values_of(name))
    monkeypatch.setattr(ClientHandler, "get_response", lambda self, request: leak(request))

    assert any(expected in problem for problem in found(everything, name, url))


def test_an_address_without_a_row_is_found(settings):
    from config import urls

    urls.urlpatterns.append(path("no-row-for-this/", leak, name="no_row_for_this"))
    try:
        assert "no_row_for_this" in {address.key for address in walk.addresses()} - set(ROWS)
    finally:
        urls.urlpatterns.pop()
