"""A person with unmistakable data walks through the site: nothing of her gets out on the way, nothing stays after."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.storage import storages
from django.urls import reverse

from people.models import ErasureRecord, User
from people.privacy import erasure
from tests.people.planted import NAME, PLANTED, Browser, Listener, Watch, erase, files_in, walk, where_planted

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(monkeypatch):
    seen = Watch()
    listener = Listener(seen.lines)
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in list(logging.root.manager.loggerDict))]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.addHandler(listener)
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    monkeypatch.setattr(Browser, "watch", seen)
    yield seen
    for logger, level, disabled in before:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.disabled = disabled


@pytest.fixture(autouse=True)
def empty_storages():
    """Files of other tests are none of hers."""
    yield
    for path in files_in(storages["private"]):
        storages["private"].delete(path)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


# What is asked -----------------------------------------------------------------------------------------------


def test_nothing_of_her_is_in_a_log_an_address_or_a_subject(watch, commit):
    client, _user = walk(commit)
    erase(client, commit)

    assert len(watch.lines) > 5
    assert len(watch.addresses) > 30
    assert len(mail.outbox) > 5
    for value in PLANTED:
        assert [line for line in watch.lines if value in line] == []
        assert [address for address in watch.addresses if value in address] == []
        assert [letter.subject for letter in mail.outbox if value in letter.subject] == []


def test_she_is_everywhere_before_and_nowhere_after(commit):
    client, _user = walk(commit)
    before = where_planted()
    for place in (
        "people_user",
        "account_emailaddress",
        "usersessions_usersession",
        "courses_enrolment",
        "people_membership",
        "people_invitation",
        "core_outboxmessage",
        "wagtailcore_modellogentry",
        "django_tasks_database_dbtaskresult",
    ):
        assert f"table {place}" in before
    assert "sessions, decoded" in before
    assert any(place.startswith("file private:protocols/") for place in before)

    erase(client, commit)

    assert where_planted() == set()


def test_what_staff_erase_leaves_nothing_either(commit):
    _client, user = walk(commit)
    staff = Browser(REMOTE_ADDR="198.51.100.1")
    staff.force_login(User.objects.get(email="boss@mail.test"))

    with commit():
        staff.get(reverse("wagtailusers_users:delete", args=[user.pk]))
        staff.post(reverse("wagtailusers_users:delete", args=[user.pk]))

    assert ErasureRecord.objects.get().account == user.pk
    assert where_planted() == set()


FORGOTTEN = {
    "_let_apps_clean_up": None,  # the declaration of an enrolment takes her out of it; seats would stay taken
    "_end_memberships": None,
    "_remove_invitations": "table people_invitation",
    "clear_letters": "table core_outboxmessage",
    "clear_claimed_addresses": "table account_emailaddress",
    "end_sessions": "sessions, decoded",
    "clear_history": "table wagtailcore_modellogentry",
    "clear_tasks": "table django_tasks_database_dbtaskresult",
    "_follow_declarations": "table courses_enrolment",
}


def test_each_step_of_the_erasure_is_asked_about():
    assert {step.__name__ for step in erasure.STEPS} == set(FORGOTTEN)


@pytest.mark.parametrize(("step", "place"), [(step, place) for step, place in FORGOTTEN.items() if place])
def test_a_forgotten_step_is_found(commit, monkeypatch, step, place):
    _client, user = walk(commit)
    monkeypatch.setattr(erasure, "STEPS", tuple(each for each in erasure.STEPS if each.__name__ != step))

    with commit():
        erasure.erase_account(user=user, actor=user)

    assert place in where_planted()


def test_a_forgotten_file_is_found(commit, monkeypatch):
    _client, user = walk(commit)
    monkeypatch.setattr(erasure, "_remove_file", lambda storage, name: None)

    with commit():
        erasure.erase_account(user=user, actor=user)

    assert any(place.startswith("file private:protocols/") for place in where_planted())


def test_a_value_planted_in_the_cache_is_found():
    cache.set("forgotten", {"name": NAME}, 7 * 24 * 3600)

    assert any(place.startswith("cache ") for place in where_planted())
