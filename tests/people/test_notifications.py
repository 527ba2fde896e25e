"""Which letters a person wants: switches of the registered topics."""

from __future__ import annotations

import pytest
from django.test import Client

from people import notifications
from people.models import NotificationChoice, User
from people.notification_actions import choose
from people.notifications import Topic, wanted, who_want
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
PAGE = "/kk/cabinet/notifications/"


@pytest.fixture
def news(monkeypatch):
    """One more topic, that nobody gets until she asks for it."""
    monkeypatch.setattr(notifications, "_topics", dict(notifications._topics))
    notifications.register(Topic("news", "Жаңалықтар", default=False, order=90))


@pytest.mark.parametrize("language", LANGUAGES)
def test_switches_need_sign_in(client, language):
    for method in (client.get, client.post):
        response = method(f"/{language}/cabinet/notifications/")

        assert response.status_code == 302
        assert response.url.startswith(f"/{language}/account/login/?next=")
    assert not NotificationChoice.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_topic_has_a_switch_that_stands_as_the_person_left_it(signed_in, person, language, news):
    page = f"/{language}/cabinet/notifications/"
    html = Html(signed_in.get(page))

    assert said(language, "Deadlines of an owners' association") in html.main
    assert "checked" in html.one("input", name="deadlines").attrs
    assert "checked" not in html.one("input", name="news").attrs
    assert said(language, "Everything about your seat at a seminar") in html.main
    assert person.email in html.main

    response = signed_in.post(page, {"news": "on"}, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert said(language, "Saved.") in Html(response).main
    html = Html(response)
    assert "checked" not in html.one("input", name="deadlines").attrs
    assert "checked" in html.one("input", name="news").attrs
    assert wanted(person) == {**wanted(make_user()), "deadlines": False, "news": True}


def test_looking_changes_nothing(signed_in):
    signed_in.get(f"{PAGE}?deadlines=&news=on")

    assert not NotificationChoice.objects.exists()


def test_saving_twice_keeps_one_choice_a_topic(signed_in, person):
    for fields in ({}, {"deadlines": "on"}, {}):
        signed_in.post(PAGE, fields)

    assert person.notification_choices.filter(topic="deadlines").count() == 1
    assert wanted(person)["deadlines"] is False


def test_a_topic_that_nobody_registered_is_not_written(signed_in, person):
    signed_in.post(PAGE, {"deadlines": "on", "seats": "", "<b>": "on"})

    assert set(person.notification_choices.values_list("topic", flat=True)) == set(wanted(person))


def test_a_choice_is_a_persons_own(signed_in, person):
    other = make_user()
    signed_in.post(PAGE, {"user": other.pk})

    assert wanted(person)["deadlines"] is False
    assert wanted(other)["deadlines"] is True
    with pytest.raises(PermissionError):
        choose(user=other, wanted={"deadlines": False}, actor=person)


def test_who_wants_follows_the_choices_and_the_default(news):
    default, closed, opened = make_user(), make_user(), make_user()
    choose(user=closed, wanted={"deadlines": False}, actor=closed)
    choose(user=opened, wanted={"deadlines": True, "news": True}, actor=opened)
    people = User.objects.filter(pk__in=[default.pk, closed.pk, opened.pk])

    assert set(who_want(people, "deadlines")) == {default, opened}
    assert set(who_want(people, "news")) == {opened}


def test_a_forged_post_is_refused(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)

    assert strict.post(PAGE, {}).status_code == 403
    assert not NotificationChoice.objects.exists()
