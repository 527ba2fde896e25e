"""An account is erased by its owner with a code, or by staff."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from people.models import ErasureRecord, User
from people.privacy.erasure import LastAdministrator, erase_account
from tests.core.html import Html
from tests.factories import make_run, make_user
from tests.people.erasure_steps import NAME, boss, commit, gulsezim, shown, sign_up
from tests.people.steps import code_in, wrong

pytestmark = pytest.mark.django_db

__all__ = ["commit", "gulsezim"]
LANGUAGES = ("kk", "ru")


# Her own hand -----------------------------------------------------------------------------------------------


def ask_for_code(client, language="kk") -> str:
    client.post(f"/{language}/cabinet/data/erase/", {"action": "send"})
    return code_in(mail.outbox[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_goes_and_what_stays_and_does_nothing_by_itself(client, gulsezim, language):
    client.force_login(gulsezim)

    html = Html(client.get(f"/{language}/cabinet/data/erase/"))

    for words in ("What goes", "What stays, without your name", "This cannot be undone."):
        assert shown(language, words) in html.main or words == "This cannot be undone."
    assert not html.all("input", name="code")
    assert User.objects.filter(pk=gulsezim.pk).exists()
    assert mail.outbox == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_erases_signs_out_and_says_so_at_home(client, gulsezim, language, commit):
    client.force_login(gulsezim)
    code = ask_for_code(client, language)
    assert mail.outbox[-1].subject == shown(language, "Code to erase your account")

    with commit():
        response = client.post(f"/{language}/cabinet/data/erase/", {"code": code})

    assert response.status_code == 302
    assert response.url == f"/{language}/"
    assert not User.objects.filter(pk=gulsezim.pk).exists()
    assert ErasureRecord.objects.get().by_owner
    page = client.get(f"/{language}/")
    assert shown(language, "Your account is erased. Thank you for having been with us.") in page.content.decode()
    assert client.get(f"/{language}/cabinet/").status_code == 302


@pytest.mark.parametrize("typed", ["", "000000", "abc", "1" * 300])
def test_a_wrong_code_erases_nothing_and_says_so(client, gulsezim, typed):
    client.force_login(gulsezim)
    code = ask_for_code(client)

    response = client.post("/kk/cabinet/data/erase/", {"code": wrong(code) if typed == "000000" else typed})

    assert response.status_code == 200
    assert Html(response).one("input", name="code")["aria-invalid"] == "true"
    assert User.objects.filter(pk=gulsezim.pk).exists()


def test_a_code_without_having_asked_for_one_erases_nothing(client, gulsezim):
    client.force_login(gulsezim)

    assert client.post("/kk/cabinet/data/erase/", {"code": "123456"}).status_code == 200
    assert User.objects.filter(pk=gulsezim.pk).exists()


def test_a_change_at_the_same_moment_is_told_and_erases_nothing(client, gulsezim, monkeypatch):
    client.force_login(gulsezim)
    code = ask_for_code(client)

    def collides(**kwargs):
        raise IntegrityError

    monkeypatch.setattr("people.privacy.views.erase_account", collides)

    response = client.post("/kk/cabinet/data/erase/", {"code": code}, follow=True)

    assert (
        shown("kk", "Something of yours changed at the same moment. Nothing was erased: try again.")
        in Html(response).elements[0].text + response.content.decode()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_administrator_is_told_why_she_cannot(client, language):
    alone = boss()
    client.force_login(alone)

    html = Html(client.get(f"/{language}/cabinet/data/erase/"))
    client.post(f"/{language}/cabinet/data/erase/", {"action": "send"})

    assert shown(language, "You are the last administrator") in html.main
    assert not html.all("button", name="action")
    assert mail.outbox == []
    with pytest.raises(LastAdministrator):
        erase_account(user=alone, actor=alone)
    assert User.objects.filter(pk=alone.pk).exists()


# By staff -----------------------------------------------------------------------------------------------------


def test_staff_erase_by_the_same_action_and_the_log_names_nobody(client, gulsezim, commit):
    seat = sign_up(make_run(), gulsezim)
    client.force_login(boss())
    url = reverse("wagtailusers_users:delete", args=[gulsezim.pk])
    page = client.get(url)
    assert shown("kk", "Erase the account") or page.status_code == 200

    with commit():
        response = client.post(url)

    assert response.status_code == 302
    record = ErasureRecord.objects.get()
    assert (record.account, record.by_owner) == (gulsezim.pk, False)
    seat.refresh_from_db()
    assert (seat.full_name, seat.is_cancelled) == ("", True)
    entry = ModelLogEntry.objects.get(action="wagtail.delete", object_id=str(gulsezim.pk))
    assert entry.label == f"#{gulsezim.pk}"
    assert NAME not in client.get(response.url).content.decode()


def test_several_accounts_are_erased_by_the_same_action(client, gulsezim):
    seat = sign_up(make_run(), gulsezim)
    other = make_user()
    client.force_login(boss())
    url = reverse("wagtail_bulk_action", args=["people", "user", "delete"])

    client.post(f"{url}?id={gulsezim.pk}&id={other.pk}")

    assert ErasureRecord.objects.count() == 2
    seat.refresh_from_db()
    assert (seat.full_name, seat.is_cancelled) == ("", True)


def test_who_may_not_delete_accounts_erases_nobody(client, gulsezim):
    client.force_login(make_user(group="Managers"))

    client.post(reverse("wagtailusers_users:delete", args=[gulsezim.pk]))
    client.post(reverse("wagtail_bulk_action", args=["people", "user", "delete"]) + f"?id={gulsezim.pk}")

    assert User.objects.filter(pk=gulsezim.pk).exists()


def test_an_account_can_still_be_closed_and_kept(client, gulsezim):
    client.force_login(boss())
    data = {"email": gulsezim.email, "full_name": NAME, "phone": "", "language": "kk"}

    response = client.post(reverse("wagtailusers_users:edit", args=[gulsezim.pk]), data)

    assert response.status_code == 302
    gulsezim.refresh_from_db()
    assert not gulsezim.is_active
    assert not ErasureRecord.objects.exists()
