"""What an administrator does to somebody's account: another address, a lost second factor."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from courses.actions import enrol
from people.models import User
from tests.factories import make_run, make_user
from tests.people.steps import ask, enter, give_app, is_in, last_code, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(User.objects.create_superuser("boss@mail.test", "long-test-password"))
    return client


def save(admin, person, **changes):
    fields = {"email": person.email, "full_name": person.full_name, "phone": "", "language": "kk", "is_active": "on"}
    return admin.post(reverse("wagtailusers_users:edit", args=[person.pk]), fields | changes)


def test_a_new_address_takes_the_place_of_the_old_one_everywhere(admin, django_capture_on_commit_callbacks):
    person, visitor = make_user(), Client()
    sign_in(visitor, person.email)
    old, run = person.email, make_run()
    seat, _made = enrol(run_id=run.pk, user=person, full_name="А Б", phone="", language="kk", actor=person)

    with django_capture_on_commit_callbacks(execute=True):
        assert save(admin, person, email="New@Mail.test").status_code == 302

    assert [row.email for row in EmailAddress.objects.filter(user=person)] == ["new@mail.test"]
    seat.refresh_from_db()
    assert seat.email == "new@mail.test"
    assert not is_in(visitor)
    assert any(letter.to == [old] for letter in mail.outbox)
    stranger = Client()
    sign_in(stranger, old)
    assert stranger.session["_auth_user_id"] != str(person.pk)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_an_address_of_somebody_else_is_refused_and_nothing_changes(admin, language):
    person, other = make_user(), make_user()
    User.objects.filter(email="boss@mail.test").update(language=language)

    response = save(admin, person, email=other.email.upper())

    assert response.status_code == 200
    person.refresh_from_db()
    assert person.email != other.email


def test_who_lost_her_phone_sets_up_a_new_factor(admin):
    person, visitor = make_user(group="Editors"), Client()
    give_app(person)
    visitor.force_login(person)

    save(admin, person, forget_factors="on")

    assert not Authenticator.objects.filter(user=person).exists()
    assert visitor.get("/admin/").status_code == 302


def test_saving_an_account_as_it_is_ends_nothing(admin):
    person, visitor = make_user(), Client()
    ask(visitor, person.email)
    enter(visitor, last_code())

    assert save(admin, person, full_name="Айгүл Серікова").status_code == 302

    assert is_in(visitor)
    assert User.objects.get(pk=person.pk).full_name == "Айгүл Серікова"
