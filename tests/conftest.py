"""One test database with the whole starter content; tests roll their changes back."""

from __future__ import annotations

import os

import pytest

from core.catalogs import compile_catalogs

# On a machine that says CI every leg must run: a missing browser or server is a failure, not a skip.
MUST_RUN_ALL = bool(os.environ.get("CI"))


def pytest_configure(config) -> None:
    if not hasattr(config, "workerinput"):
        compile_catalogs()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items) -> None:
    """The long ones first, one to a worker: the PostgreSQL leg, then the browser with its one site."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
    items.sort(
        key=lambda item: 0 if "test_postgresql" in item.nodeid else 1 if item.get_closest_marker("browser") else 2
    )


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, django_db_keepdb, django_db_createdb
):
    """Makes the database whatever the tests ask for, and loads the starter content by the demo's own code.

    pytest-django would make it only for tests that carry its mark; the races work without one.
    """
    from django.test.utils import setup_databases, teardown_databases

    from home.starter.pages import Starter
    from people.roles import sync_roles

    with django_db_blocker.unblock():
        keep = django_db_keepdb and not django_db_createdb
        databases = setup_databases(
            verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set(), keepdb=keep
        )
        Starter(say=lambda step: None).load()
        sync_roles()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(databases, verbosity=0)


@pytest.fixture
def kk():
    from django.utils import translation

    with translation.override("kk"):
        yield


@pytest.fixture
def ru():
    from django.utils import translation

    with translation.override("ru"):
        yield


@pytest.fixture
def person(db):
    from tests.factories import make_user

    return make_user()


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client
