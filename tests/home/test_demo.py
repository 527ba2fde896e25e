"""One command from nothing to a working site, which never touches what is not its own."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from courses.runs import CourseRun
from home import demo
from people.models import Association, Membership, Office, OfficeException, OfficePhone, User
from tests.core.html import Html
from tests.core.sample import LANGUAGES
from tests.people.steps import is_in

ROOT = Path(django_settings.ROOT)
SECONDS = 240


@pytest.fixture
def demo_here(settings, tmp_path):
    """The demo's own settings for what runs in this process."""
    settings.DEMO = True
    settings.DEMO_DIR = tmp_path / "demo"
    settings.EMAIL_FILE_PATH = tmp_path / "demo" / "mail"


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess:
    """`manage.py demo` as a person starts it: nothing set but where files go."""
    return subprocess.run(
        [sys.executable, "manage.py", "demo", *arguments],
        cwd=ROOT,
        env={"PATH": os.defpath, "VAR_DIR": str(var), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
    )


def rows(file: Path) -> dict[str, int]:
    with sqlite3.connect(file) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}


def test_from_an_empty_folder_to_a_site_with_people_and_again_without_doubles(tmp_path):
    first = run(tmp_path, "--no-serve")

    assert first.returncode == 0, first.stderr
    for name, _group, _shows in demo.ACCOUNTS:
        assert f"{name}@demo.example" in first.stdout
    assert demo.PASSWORD in first.stdout
    assert "/kk/" in first.stdout
    before = rows(tmp_path / "demo" / "db.sqlite3")
    assert before["people_user"] == len(demo.ACCOUNTS)
    assert before["faq_questionpage"] == 102
    assert before["courses_courserun"] == 4
    assert before["people_association"] == 3
    assert before["people_membership"] == 2
    assert before["courses_enrolment"] > 20

    second = run(tmp_path, "--no-serve")

    assert second.returncode == 0, second.stderr
    assert rows(tmp_path / "demo" / "db.sqlite3") == before


def test_an_occupied_port_is_told_with_the_way_out_before_anything_is_made(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        process = run(tmp_path, "--port", str(port))

    assert process.returncode == 1
    assert f"Port {port} is taken by another program." in process.stderr
    assert f"uv run manage.py demo --port {port + 1}" in process.stderr
    assert "Traceback" not in process.stderr
    assert not (tmp_path / "demo").exists()


def test_a_half_made_database_is_told_with_the_way_out(tmp_path):
    database = tmp_path / "demo" / "db.sqlite3"
    database.parent.mkdir()
    database.write_bytes(b"half of a file, not of a database" * 100)

    process = run(tmp_path, "--no-serve")

    assert process.returncode == 1
    assert "The demo database is damaged or half made" in process.stderr
    assert "uv run manage.py demo --reset" in process.stderr
    assert "Traceback" not in process.stderr
    assert database.read_bytes().startswith(b"half of a file")


def test_a_number_that_is_no_port_is_told(tmp_path):
    process = run(tmp_path, "--port", "70000")

    assert process.returncode == 1
    assert "A port is a number from 1 to 65535" in process.stderr
    assert "Traceback" not in process.stderr


def test_the_demo_refuses_other_settings():
    with pytest.raises(CommandError, match="only under its own settings"):
        call_command("demo", "--no-serve")


@pytest.mark.django_db
def test_the_demo_does_not_touch_a_database_with_other_people(demo_here, person):
    with pytest.raises(CommandError, match="people in it that are not the demo's"):
        call_command("demo", "--no-serve")

    assert list(User.objects.all()) == [person]
    assert not CourseRun.objects.exists()


@pytest.mark.django_db
def test_accounts_and_seminars_are_made_once():
    for _ in range(2):
        demo.make_accounts()
        demo.make_runs()

    assert User.objects.count() == len(demo.ACCOUNTS)
    assert CourseRun.objects.count() == 4
    assert Association.objects.count() == 3
    assert OfficePhone.objects.count() == OfficeException.objects.count() == 1
    assert {name for name, _group, _shows in demo.ACCOUNTS} == {
        user.email.partition("@")[0] for user in User.objects.all()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, _group, _shows in demo.ACCOUNTS])
def test_each_account_on_the_screen_enters_with_the_password_on_the_screen(client, settings, name):
    demo.make_accounts()

    client.post("/kk/account/login/password/", {"login": demo.address(name), "password": demo.PASSWORD})

    assert is_in(client)
    settings.DEMO, settings.SECOND_FACTOR_EXEMPT_DOMAIN = True, demo.DOMAIN  # as in the demo's own settings
    assert (client.get("/admin/").status_code == 200) is (name not in {"chair", "resident"})


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_shows_a_seminar_with_seats_one_with_a_queue_and_one_that_is_over(client, language):
    demo.make_runs()

    states = sorted(run.state for run in CourseRun.objects.for_cards())

    assert states == ["over", "queue", "seats", "seats"]
    for run_ in CourseRun.objects.all():
        assert Html(client.get(f"/{language}/seminars/{run_.code}/")).one("h1").text


@pytest.mark.django_db
def test_the_chair_of_the_demo_may_take_a_seat_for_chairs_and_the_resident_may_not_yet(client):
    demo.make_accounts()
    demo.make_runs()
    run_ = CourseRun.objects.get(eligibility="chairs")
    address, form = f"/kk/seminars/{run_.code}/enrol/", {"full_name": "Айгүл Серікова", "consent": "on"}

    for name in ("chair", "resident"):
        client.force_login(User.objects.get(email=demo.address(name)))
        client.post(address, form)

    assert [enrolment.user.email for enrolment in run_.enrolments.all()] == [demo.address("chair")]
    assert [claim.user.email for claim in Membership.objects.waiting()] == [demo.address("resident")]


@pytest.mark.django_db
def test_the_demo_invents_an_address_for_itself_only_and_says_that_it_did(client):
    assert not OfficePhone.objects.exists(), "the starter content invents nothing"
    office = Office.objects.get(key="almaty")

    demo.make_accounts()

    assert "демо" in OfficePhone.objects.get().note_ru
    assert not office.phones.exists()
    main = Html(client.get("/ru/front-office/")).main
    assert "демо: такого номера нет" in main
    assert "Демо: адрес придуман" in main


@pytest.mark.django_db
def test_what_staff_have_filled_in_is_not_overwritten_by_the_demo():
    OfficePhone.objects.create(office=Office.objects.get(key="astana"), number="+7 717 255 55 55")

    demo.make_accounts()

    assert [phone.number for phone in OfficePhone.objects.all()] == ["+7 717 255 55 55"]
    assert not OfficeException.objects.exists()


@pytest.mark.django_db
def test_numbers_of_the_demos_associations_are_well_formed_and_of_nobody():
    demo.make_accounts()

    for association in Association.objects.all():
        association.full_clean()
        assert association.bin.startswith("9912"), "registered before the law knew such associations"


@pytest.mark.django_db
def test_staff_of_almaty_see_nothing_of_astana(client, settings):
    settings.DEMO, settings.SECOND_FACTOR_EXEMPT_DOMAIN = True, demo.DOMAIN
    demo.make_accounts()
    demo.make_runs()
    codes = list(CourseRun.objects.values_list("code", flat=True))

    def listed(name: str) -> set[str]:
        client.force_login(User.objects.get(email=demo.address(name)))
        body = client.get(reverse("wagtailsnippets_courses_courserun:list")).content.decode()
        return {code for code in codes if code in body}

    assert listed("almaty") == set()
    assert listed("manager") == set(codes)


@pytest.mark.django_db
def test_the_mail_of_the_demo_is_shown_in_the_demo_only(client):
    assert client.get("/demo/mail/", follow=True).status_code == 404
