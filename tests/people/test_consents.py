"""What a person agreed to: given once, taken back by her alone, published texts stay as they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone, translation

from courses.actions import enrol
from people.models import Consent, ConsentText, User
from people.privacy.consents import give_consent, withdraw_consent
from tests.core.html import Html
from tests.factories import make_run, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
FORM = {"purpose": "seminars", "text_kk": "Келісемін", "text_ru": "Согласна"}


def in_language(language: str, message: str) -> str:
    with translation.override(language):
        return translation.gettext(message)


def withdraw_url(consent, language="kk") -> str:
    return f"/{language}/cabinet/data/consents/{consent.pk}/withdraw/"


@pytest.fixture
def lawyer(client):
    client.force_login(make_user(group="Lawyers"))
    return client


def current() -> ConsentText:
    return ConsentText.objects.current("seminars")


# The person's side ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_is_shown_with_its_text_version_and_day(signed_in, person, language):
    give_consent(user=person, purpose="seminars", language=language)

    main = Html(signed_in.get(f"/{language}/cabinet/data/")).main

    assert getattr(current(), f"text_{language}") in main
    with translation.override(language):
        assert translation.gettext("Version %(version)s, agreed on %(date)s").split("%")[0] in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_follows_is_said_before_and_done_after(signed_in, person, language):
    run = make_run(capacity=1)
    seat = enrol(run_id=run.pk, user=person, full_name="А Б", phone="", language="kk", actor=person)[0]
    waiting = enrol(run_id=run.pk, user=make_user(), full_name="В Г", phone="", language="kk", actor=None)[0]
    consent = person.consents.get()
    follows = in_language(
        language,
        "Without this consent we cannot keep a seat for you: your places at coming seminars go to the next "
        "in the queue. Seminars that took place stay in your history.",
    )

    assert follows in Html(signed_in.get(withdraw_url(consent, language))).main
    seat.refresh_from_db()
    assert seat.is_confirmed
    response = signed_in.post(withdraw_url(consent, language), follow=True)

    assert response.redirect_chain == [(f"/{language}/cabinet/data/", 302)]
    assert in_language(language, "Your consent is taken back.") in response.content.decode()
    for row in (consent, seat, waiting):
        row.refresh_from_db()
    assert consent.withdrawn_at
    assert seat.is_cancelled
    assert waiting.is_confirmed


def test_a_past_seat_stays_when_the_consent_is_taken_back(person):
    run = make_run()
    seat = enrol(run_id=run.pk, user=person, full_name="А Б", phone="", language="kk", actor=person)[0]
    type(run).objects.filter(pk=run.pk).update(starts_at=timezone.now() - timedelta(days=1))

    withdraw_consent(consent_id=person.consents.get().pk, actor=person)

    seat.refresh_from_db()
    assert (seat.is_confirmed, seat.user) == (True, person)


def test_a_role_stays_and_this_is_said(signed_in, person):
    consent = give_consent(user=person, purpose="membership", language="kk")

    main = Html(signed_in.get(withdraw_url(consent))).main

    assert in_language("kk", "What follows") in main
    signed_in.post(withdraw_url(consent))
    consent.refresh_from_db()
    assert consent.withdrawn_at


def test_a_consent_taken_back_is_kept_with_its_day_and_can_be_given_anew(signed_in, person):
    consent = give_consent(user=person, purpose="membership", language="kk")
    signed_in.post(withdraw_url(consent))

    assert signed_in.post(withdraw_url(consent)).status_code == 404
    again = give_consent(user=person, purpose="membership", language="kk")

    assert again.pk != consent.pk
    assert person.consents.standing().get() == again
    assert person.consents.count() == 2


def test_taking_back_twice_changes_nothing(person):
    consent = give_consent(user=person, purpose="membership", language="kk")
    first = withdraw_consent(consent_id=consent.pk, actor=person).withdrawn_at

    assert withdraw_consent(consent_id=consent.pk, actor=person).withdrawn_at == first


def test_nobody_takes_back_for_another(signed_in):
    consent = give_consent(user=make_user(), purpose="seminars", language="kk")

    assert signed_in.get(withdraw_url(consent)).status_code == 404
    assert signed_in.post(withdraw_url(consent)).status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_at is None


# The lawyer's side --------------------------------------------------------------------------------------------


def url(action: str, *args) -> str:
    return reverse(f"wagtailsnippets_people_consenttext:{action}", args=args)


def test_a_lawyer_writes_a_draft_changes_it_and_publishes_it(lawyer):
    before = current()
    assert lawyer.post(url("add"), FORM).status_code == 302
    draft = ConsentText.objects.get(published_at=None)
    assert draft.version == before.version + 1
    assert current() == before

    lawyer.post(url("edit", draft.pk), FORM | {"text_kk": "Толық келісемін"})
    draft.refresh_from_db()
    assert draft.text_kk == "Толық келісемін"
    lawyer.post(url("edit", draft.pk), FORM | {"published_at": "2026-01-01 10:00"})

    assert current() == draft


def test_a_published_version_cannot_be_changed_and_this_is_said(lawyer):
    text = current()
    before = text.text_kk

    response = lawyer.post(url("edit", text.pk), FORM, follow=True)

    text.refresh_from_db()
    assert text.text_kk == before
    assert response.redirect_chain[-1][0] == url("inspect", text.pk)
    said = "This version is published: people agreed to it. It stays as it is. Write a new version."
    assert any(in_language(language, said) in response.content.decode() for language in ("kk", "ru", "en"))
    assert before in response.content.decode()


def test_a_published_version_cannot_be_deleted_by_anybody(client):
    text = current()
    client.force_login(User.objects.create_superuser("boss@mail.test", "long-test-password"))

    client.post(url("delete", text.pk))
    bulk = reverse("wagtail_bulk_action", args=["people", "consenttext", "delete"])
    assert client.post(f"{bulk}?id={text.pk}").status_code == 302

    assert ConsentText.objects.filter(pk=text.pk).exists()
    with pytest.raises(ProtectedError):
        text.delete()
    with pytest.raises(ProtectedError):
        ConsentText.objects.all().delete()


def test_a_draft_can_be_deleted(client):
    draft = ConsentText.objects.create(purpose="seminars", text_kk="а", text_ru="б")
    client.force_login(User.objects.create_superuser("boss@mail.test", "long-test-password"))

    client.post(url("delete", draft.pk))

    assert not ConsentText.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("group", "opens"), [("Lawyers", True), ("Editors", False), ("Desk", False), ("Managers", False)]
)
def test_texts_are_the_lawyers(client, group, opens):
    client.force_login(make_user(group=group))

    assert (client.get(url("list")).status_code == 200) is opens
    client.post(url("add"), FORM)
    assert ConsentText.objects.filter(published_at=None).exists() is opens


def test_people_agree_to_the_version_that_is_current(person):
    newer = ConsentText.objects.create(purpose="seminars", text_kk="а", text_ru="б", published_at=timezone.now())
    ConsentText.objects.create(
        purpose="seminars", text_kk="в", text_ru="г", published_at=timezone.now() + timedelta(days=1)
    )

    give_consent(user=person, purpose="seminars", language="kk")

    assert Consent.objects.get(user=person).text == newer
