"""«Take my data»: all of hers, readable, and nothing of anybody else."""

from __future__ import annotations

import json
import time
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone, translation

from core.outbox import OutboxMessage
from courses.actions import enrol
from courses.enrolment import Enrolment
from people.models import Invitation
from people.privacy import export
from people.privacy.access_log import AccessKind, record_access
from people.privacy.consents import give_consent
from people.privacy.export import FurtherPart
from tests.core.html import Html
from tests.factories import make_association, make_membership, make_run, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
OTHERS = ("Бөгде Кісі", "other@mail.test", "+7 777 000 11 22", "clerk@mail.test", "Қызметкер Аты")


@pytest.fixture
def aigul():
    return make_user("aigul@mail.test", full_name="Айгүл <Серікова>", phone="+7 701 111 22 33", language="ru")


def take(client, language="kk") -> zipfile.ZipFile:
    response = client.post(f"/{language}/cabinet/data/export/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in response["Cache-Control"]
    assert response.streaming
    return zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))


def parts(archive) -> dict:
    return {part["key"]: part for part in json.loads(archive.read("data.json"))["parts"]}


def in_language(language: str, message: str, context: str = "") -> str:
    with translation.override(language):
        return translation.pgettext(context, message) if context else translation.gettext(message)


def test_everything_of_hers_is_there(aigul):
    run = make_run()
    enrol(run_id=run.pk, user=aigul, full_name="Айгүл Серікова", phone="+7 701", language="kk", actor=aigul)
    membership = make_membership(user=aigul, note="құжат көрсетілді", protocol_name="../../хаттама 1.pdf")
    membership.protocol.save("x.pdf", ContentFile(b"%PDF-minutes"))
    give_consent(user=aigul, purpose="membership", language="kk")
    clerk = make_user("clerk@mail.test", group="Desk", full_name="Қызметкер Аты")
    record_access(actor=clerk, kind=AccessKind.ACCOUNT, subject=aigul)
    OutboxMessage.objects.create(
        kind="news", recipient=aigul.email, person=aigul, language="kk", body="Сәлем!", dedupe_key="1"
    )
    client = Client(HTTP_USER_AGENT="MyPhone/1")
    client.force_login(aigul)
    client.get("/kk/cabinet/")

    archive = take(client)

    found = parts(archive)
    (account,) = found["people.user"]["rows"]
    assert account["email"] == "aigul@mail.test"
    assert account["full_name"] == "Айгүл <Серікова>"
    assert timezone.datetime.fromisoformat(account["date_joined"]).tzinfo
    (seat,) = found["courses.enrolment"]["rows"]
    assert (seat["run"], seat["phone"]) == (run.code, "+7 701")
    (role,) = found["people.membership"]["rows"]
    assert role["note"] == "құжат көрсетілді"
    assert role["valid_from"] == membership.valid_from.isoformat()
    assert archive.read(role["protocol"]) == b"%PDF-minutes"
    assert "Сәлем!" in [row["body"] for row in found["core.outboxmessage"]["rows"]]
    assert found["people.accessrecord"]["rows"][0]["kind"]
    assert [row["language"] for row in found["people.consent"]["rows"]] == ["Қазақша"] * 2
    assert found["account.emailaddress"]["rows"] == [{"email": "aigul@mail.test", "verified": True, "primary": True}]
    assert "MyPhone/1" in {row["user_agent"] for row in found["usersessions.usersession"]["rows"]}


def test_names_in_the_archive_stay_in_its_folder(client, aigul):
    membership = make_membership(user=aigul, protocol_name="../../etc/пароль.pdf")
    membership.protocol.save("x.pdf", ContentFile(b"%PDF"))
    client.force_login(aigul)

    names = take(client).namelist()

    (name,) = [name for name in names if name not in {"data.json", "index.html"}]
    assert name.startswith("files/")
    assert ".." not in name.split("/")
    assert name.count("/") == 1


def test_a_file_that_is_gone_does_not_stop_the_export(client, aigul):
    make_membership(user=aigul, protocol="protocols/gone.pdf")
    client.force_login(aigul)

    (role,) = parts(take(client))["people.membership"]["rows"]

    assert role["protocol"] == in_language("ru", "the file is no longer there")


def test_the_json_is_plain_and_its_letters_are_not_escaped(client, aigul):
    client.force_login(aigul)

    text = take(client).read("data.json").decode()

    assert "Айгүл <Серікова>" in text
    assert "\\u0" not in text
    labels = json.loads(text)["parts"][0]["labels"]
    assert set(labels) == set(json.loads(text)["parts"][0]["rows"][0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_the_account(client, language):
    user = make_user(language=language, full_name="Айгүл <b>")
    client.force_login(user)

    page = take(client, "ru" if language == "kk" else "kk").read("index.html").decode()

    assert f'<html lang="{language}">' in page
    assert in_language(language, "My data") in page
    assert in_language(language, "name and surname").capitalize() in page
    assert "Айгүл &lt;b&gt;" in page
    assert "<script" not in page
    assert "http" not in page


def test_nothing_of_anybody_else_is_in_it(client, aigul):
    """Who acted, who looked, who was invited, who shares a run or an association."""
    clerk = make_user("clerk@mail.test", group="Desk", full_name="Қызметкер Аты")
    other = make_user("other@mail.test", full_name="Бөгде Кісі", phone="+7 777 000 11 22")
    run = make_run(confirmed=3)
    for user in (aigul, other):
        enrol(run_id=run.pk, user=user, full_name=user.full_name, phone=user.phone, language="kk", actor=user)
    house = make_association()
    make_membership(user=aigul, association=house, confirmed_by=clerk)
    make_membership(user=other, association=house, role="council")
    give_consent(user=other, purpose="seminars", language="kk")
    record_access(actor=clerk, kind=AccessKind.ACCOUNT, subject=aigul)
    record_access(actor=aigul, kind=AccessKind.ACCOUNT, subject=other)
    days = {"valid_from": timezone.localdate(), "expires_at": timezone.now() + timedelta(days=3)}
    for number, (by, to) in enumerate([(aigul, other.email), (other, aigul.email), (other, clerk.email)]):
        Invitation.objects.create(
            association=house, role="council", invited_by=by, email=to, token_hash=str(number), **days
        )
    OutboxMessage.objects.create(
        kind="news", recipient=other.email, person=other, language="kk", body="Бөгде Кісі", dedupe_key="o"
    )
    client.force_login(aigul)

    archive = take(client)

    for name in archive.namelist():
        text = archive.read(name).decode()
        assert [value for value in OTHERS if value in text] == []
        assert "stranger-" not in text
    found = parts(archive)
    assert len(found["courses.enrolment"]["rows"]) == len(found["people.membership"]["rows"]) == 1
    assert len(found["people.invitation"]["rows"]) == len(found["invitations_to_you"]["rows"]) == 1
    assert len(found["people.accessrecord"]["rows"]) == 1


def test_what_staff_did_to_others_is_not_hers(client):
    boss = make_user("boss2@mail.test", is_superuser=True, is_staff=True)
    other = make_user("other@mail.test", full_name="Бөгде Кісі")
    client.force_login(boss)
    data = {"email": other.email, "full_name": "Бөгде Кісі", "phone": "", "language": "kk", "is_active": "on"}
    assert client.post(f"/admin/users/edit/{other.pk}/", data).status_code == 302

    archive = take(client)

    assert parts(archive)["wagtailcore.modellogentry"]["rows"][0]["action"] == "wagtail.edit"
    assert "Бөгде" not in archive.read("data.json").decode()


def test_secrets_are_not_exported(client, aigul):
    client.force_login(aigul)
    client.get("/kk/cabinet/")

    text = take(client).read("data.json").decode()

    assert aigul.password not in text
    assert UserSession.objects.get(user=aigul).session_key not in text
    assert client.session.session_key not in text


def test_five_a_day(client, aigul):
    client.force_login(aigul)
    for _ in range(5):
        take(client)

    response = client.post("/ru/cabinet/data/export/")

    assert response.status_code == 302
    said = in_language("ru", "You have taken your data five times today. Come back tomorrow.")
    assert said in client.get(response.url).content.decode()
    another = Client()
    another.force_login(make_user())
    take(another)


def test_looking_takes_nothing_and_strangers_are_sent_to_sign_in(client, aigul):
    assert client.post("/kk/cabinet/data/export/").url.startswith("/kk/account/login/")
    client.force_login(aigul)
    assert client.get("/kk/cabinet/data/export/").url == "/kk/cabinet/data/"


def test_an_app_can_add_a_part(client, aigul, monkeypatch):
    monkeypatch.setattr(export, "_further", dict(export._further))
    part = FurtherPart("certificates", "Сертификаттар", {"number": "Нөмірі"}, lambda user: [{"number": user.pk}])
    export.register(part)
    with pytest.raises(ValueError, match="registered already"):
        export.register(part)
    client.force_login(aigul)

    assert parts(take(client))["certificates"]["rows"] == [{"number": aigul.pk}]


def test_five_hundred_records_take_under_three_seconds(client, aigul, django_assert_max_num_queries):
    run = make_run()
    Enrolment.objects.bulk_create(
        Enrolment(run=run, user=aigul, email=aigul.email, language="kk", status="cancelled_by_user") for _ in range(300)
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind="news", recipient=aigul.email, person=aigul, language="kk", body="х" * 900, dedupe_key=str(number)
        )
        for number in range(200)
    )
    client.force_login(aigul)
    started = time.monotonic()

    with django_assert_max_num_queries(60):
        archive = take(client)

    assert time.monotonic() - started < 3
    assert len(parts(archive)["courses.enrolment"]["rows"]) == 300


# The page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_is_kept_why_and_how_long(client, aigul, language):
    client.force_login(aigul)

    html = Html(client.get(f"/{language}/cabinet/data/"))

    assert html.one("h1").text == in_language(language, "What the site keeps of you")
    for words in (
        "to keep a seat, to say when something changes, to know who came",
        "180 days after sending; codes are not kept at all",
        "30 days after the last visit",
    ):
        said = in_language(language, words)
        assert said[1:] in html.main
    assert html.all("form", action=f"/{language}/cabinet/data/export/")
    assert html.all("a", href=f"/{language}/cabinet/data/erase/")


def test_a_learner_is_not_told_of_what_only_staff_leave(client, aigul):
    staff_only = in_language("kk", "to know who of the staff changed what")
    client.force_login(aigul)
    assert staff_only[1:] not in Html(client.get("/kk/cabinet/data/")).main

    client.force_login(make_user(group="Editors"))
    assert staff_only[1:] in Html(client.get("/kk/cabinet/data/")).main


@pytest.mark.parametrize("address", ["data/", "data/erase/", "data/consents/{}/withdraw/"])
def test_the_pages_need_sign_in_and_are_never_stored(client, address, aigul):
    address = address.format(give_consent(user=aigul, purpose="seminars", language="kk").pk)
    assert client.get(f"/kk/cabinet/{address}").url.startswith("/kk/account/login/")

    client.force_login(aigul)
    assert "no-store" in client.get(f"/kk/cabinet/{address}")["Cache-Control"]
