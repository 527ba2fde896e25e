"""One test database with the whole starter content; tests roll their changes back."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.catalogs import compile_catalogs

# On a machine that says CI every leg must run: a missing browser or server is a failure, not a skip.
MUST_RUN_ALL = bool(os.environ.get("CI"))


def pytest_configure(config) -> None:
    if not hasattr(config, "workerinput"):
        compile_catalogs()


def pytest_unconfigure(config) -> None:
    from django.conf import settings

    if not hasattr(config, "workerinput"):
        for leftover in Path(settings.SCRATCH).glob("filled-*"):
            leftover.unlink()


@pytest.hookimpl(wrapper=True, tryfirst=True)  # groups before xdist reads them, order after pytest-django has sorted
def pytest_collection_modifyitems(config, items):
    """The long ones first, one to a worker: the PostgreSQL leg, then the browser with its one site.

    On PostgreSQL only what asks a database says something new.
    """
    from django.conf import settings

    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
    result = yield
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        silent = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=silent)
        items[:] = [item for item in items if asks_a_database(item)]
    items.sort(
        key=lambda item: 0 if "test_postgresql" in item.nodeid else 1 if item.get_closest_marker("browser") else 2
    )
    return result


def asks_a_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or {"db", "django_db_blocker"} & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_setup(
    request,
    django_test_environment,
    django_db_modify_db_settings,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
):
    """Makes the database whatever the tests ask for, and loads the starter content by the demo's own code.

    pytest-django would make it only for tests that carry its mark; the races work without one. Workers of one
    run share the work: the first to come fills a file, the others copy it.
    """
    from django.test.utils import setup_databases, teardown_databases

    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock(), made_once_a_run(request.config) as is_copied:
        databases = setup_databases(
            verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set(), keepdb=keep or is_copied
        )
        if not is_copied:
            fill()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(databases, verbosity=0)


def fill() -> None:
    from home.starter.pages import Starter
    from people.roles import sync_roles

    Starter(say=lambda step: None).load()
    sync_roles()


@contextmanager
def made_once_a_run(config) -> Iterator[bool]:
    """Whether this worker's SQLite file is a copy of what another worker of the run has filled already."""
    from django.conf import settings
    from django.db import connection

    run = getattr(config, "workerinput", {}).get("testrunuid")
    if not run or connection.vendor != "sqlite":
        yield False
        return
    filled = Path(settings.SCRATCH) / f"filled-{run}.sqlite3"
    with filled.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        own = Path(connection.creation._get_test_db_name())
        if filled.exists():
            for leftover in own.parent.glob(f"{own.name}*"):
                leftover.unlink()
            shutil.copyfile(filled, own)
            yield True
        else:
            yield False
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(filled)])


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """The frame of a page is remembered by the process; the database of the next test is another one."""
    from core.frame_cache import forget

    forget()


@pytest.fixture(autouse=True)
def staff_have_shown_a_second_factor(request, monkeypatch):
    """`client.force_login(staff)` gives a session that has shown a second factor, as a real one would have.

    The account gets an authenticator app, and the session the record of having shown it, which is what
    `people.second_factor` reads. Tests of that very rule are marked `real_second_factor`.
    """
    if request.node.get_closest_marker("real_second_factor"):
        return
    from django.test import Client

    force_login = Client.force_login

    def with_second_factor(client, user, backend=None):
        force_login(client, user, backend)
        from tests.people.steps import show_second_factor

        if type(user).objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin"):
            show_second_factor(client, user)

    monkeypatch.setattr(Client, "force_login", with_second_factor)


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
