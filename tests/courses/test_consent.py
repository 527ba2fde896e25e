"""The consent of a sign-up is the text that was shown, by its version."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from courses import actions
from courses.enums import RunStatus
from people.privacy.consents import Consent, ConsentText
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_run, make_user
from tests.people.steps import last_code

pytestmark = pytest.mark.django_db

FORM = {"full_name": "Айгүл Серікова", "phone": "", "consent": "on", "expects": "seat"}
LANGUAGES = ["kk", "ru"]


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def enrol_url(run, language="kk"):
    return f"/{language}/seminars/{run.code}/enrol/"


def publish(**fields) -> ConsentText:
    values = {"purpose": "seminars", "text_kk": "Жаңа мәтін", "text_ru": "Новый текст", "published_at": timezone.now()}
    return ConsentText.objects.create(**values | fields)


def label(client, run, language: str) -> str:
    return Html(client.get(enrol_url(run, language))).one("label", for_="id_consent").text


@pytest.mark.parametrize(("language", "words"), [("kk", "Жаңа мәтін"), ("ru", "Новый текст")])
def test_the_form_shows_the_current_text(client, language, words):
    run = make_run()
    assert label(client, run, language) == getattr(ConsentText.objects.get(purpose="seminars"), f"text_{language}")

    publish()
    publish(text_kk="Ертеңгі", text_ru="Завтрашний", published_at=timezone.now() + timedelta(days=1))
    publish(text_kk="Жоба", text_ru="Черновик", published_at=None)

    assert label(client, run, language) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_published_text_the_form_says_its_own_words_and_takes_the_seat(signed_in, person, language):
    ConsentText.objects.update(published_at=None)
    run = make_run()
    words = said(language, "I agree that the front office keeps these data to run the seminar")

    assert label(signed_in, run, language) == words
    signed_in.post(enrol_url(run, language), FORM)

    assert run.enrolments.get().user == person
    assert not Consent.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sign_up_records_the_version_and_the_language_once(signed_in, person, language):
    first = ConsentText.objects.get(purpose="seminars")
    for _ in range(2):
        signed_in.post(enrol_url(make_run(), language), FORM)

    consent = person.consents.get()
    assert (consent.text, consent.language) == (first, language)

    second = publish()
    signed_in.post(enrol_url(make_run(), language), FORM)
    assert set(person.consents.values_list("text", flat=True)) == {first.pk, second.pk}


def test_a_stranger_agrees_once_her_address_is_proven(client):
    run = make_run()
    client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})
    assert not Consent.objects.exists()

    client.post("/kk/account/login/code/confirm/", {"code": last_code()})

    assert Consent.objects.get().user.email == "aigul@mail.kz"


def test_a_refused_sign_up_and_one_by_staff_record_nothing(person):
    fields = {"full_name": "Айгүл", "phone": "", "language": "kk"}
    with pytest.raises(actions.Refused):
        actions.enrol(run_id=make_run(status=RunStatus.CANCELLED).pk, user=person, actor=person, **fields)
    actions.enrol(run_id=make_run().pk, user=person, actor=make_user(), **fields)

    assert not Consent.objects.exists()
