"""Letters, sessions and history that tell of an erased person outside rows of her own."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.outbox import OutboxMessage, queue_mail
from people.privacy.erasure import erase_account
from tests.factories import make_user
from tests.people.erasure_steps import NAME, boss, commit, gulsezim

pytestmark = pytest.mark.django_db

__all__ = ["commit", "gulsezim"]


def letter(to: str, person=None, key="", **fields):
    return OutboxMessage.objects.create(
        kind="courses/confirmed",
        recipient=to,
        person=person,
        language="kk",
        dedupe_key=key or f"{to}{fields}",
        **fields,
    )


def test_letters_to_her_go_and_letters_to_others_forget_her_name(gulsezim):
    friend = make_user(full_name="Құрбы Адам")
    letter("gulsezim@mail.test", gulsezim, body="Сәлем")
    letter("gulsezim@mail.test", None)
    about = letter(friend.email, friend, body=f"{NAME} кеңеске қосылды. gulsezim@mail.test", sent_at=timezone.now())
    unsent = letter(friend.email, friend, context={"who": [NAME], "n": 1})

    erase_account(user=gulsezim, actor=gulsezim)

    assert not OutboxMessage.objects.filter(recipient="gulsezim@mail.test").exclude(kind="people/erased").exists()
    about.refresh_from_db()
    unsent.refresh_from_db()
    assert about.body == "… кеңеске қосылды. …"
    assert unsent.context == {"who": ["…"], "n": 1}


def test_a_namesake_keeps_her_letters(gulsezim):
    namesake = make_user("namesake@mail.test", full_name=NAME)
    kept = letter(namesake.email, namesake, body=f"Сәлем, {NAME}!", sent_at=timezone.now())

    erase_account(user=gulsezim, actor=gulsezim)

    kept.refresh_from_db()
    assert kept.body == f"Сәлем, {NAME}!"


def test_an_address_that_became_somebody_elses_is_left_to_her(gulsezim):
    EmailAddress.objects.create(user=gulsezim, email="shared@mail.test", verified=False, primary=False)
    owner = make_user("shared@mail.test")
    kept = letter("shared@mail.test", None, sent_at=timezone.now())

    erase_account(user=gulsezim, actor=gulsezim)

    assert EmailAddress.objects.filter(user=owner, email="shared@mail.test", verified=True).exists()
    assert OutboxMessage.objects.filter(pk=kept.pk).exists()


def test_her_browsers_are_signed_out_and_others_are_not(gulsezim):
    hers, other = Client(), Client()
    hers.force_login(gulsezim)
    hers.get("/kk/cabinet/")
    other.force_login(make_user())
    assert UserSession.objects.filter(user=gulsezim).exists()

    erase_account(user=gulsezim, actor=gulsezim)

    assert hers.get("/kk/cabinet/").status_code == 302
    assert other.get("/kk/cabinet/").status_code == 200
    assert not Session.objects.filter(session_key=hers.session.session_key).exists()


def test_a_session_of_hers_that_no_list_knows_is_ended_too(gulsezim):
    browser = Client()
    browser.force_login(gulsezim)
    key = browser.session.session_key
    UserSession.objects.all().delete()

    erase_account(user=gulsezim, actor=gulsezim)

    assert not Session.objects.filter(session_key=key).exists()


def test_an_unfinished_sign_in_of_hers_goes_and_another_visitors_session_only_forgets_her(gulsezim):
    unfinished, staff = SessionStore(), SessionStore()
    unfinished["seat_wanted"] = {"typed": {"email": gulsezim.email}}
    unfinished.save()
    staff["_auth_user_id"], staff["seen"] = str(boss().pk), 3
    staff["_messages"] = f'[["__json_message", 0, 25, "{NAME} жазылымнан шығарылды"]]'
    staff.save()

    erase_account(user=gulsezim, actor=gulsezim)

    assert not Session.objects.filter(session_key=unfinished.session_key).exists()
    left = SessionStore(staff.session_key).load()
    assert "_messages" not in left
    assert left["seen"] == 3


def test_a_letter_of_another_person_is_not_lost(gulsezim):
    with_key = make_user()
    queue_mail(
        kind="courses/confirmed", recipient=with_key.email, language="kk", context={}, dedupe_key="k", person=with_key
    )

    erase_account(user=gulsezim, actor=gulsezim)

    assert OutboxMessage.objects.filter(dedupe_key="k").exists()
