"""Imports of a register in the admin: the upload, its page, and whose they are."""

import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from people import register_file
from people.enums import ImportState
from people.imports import RegisterImport
from people.models import Association
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db

TABLE = "Название;БИН;Адрес\nДом;;Көше, 1\n<img src=x onerror=alert(1)>;12345;Көше, 2\n"


@pytest.fixture
def manager(client):
    client.force_login(make_user(group="Managers"))
    return client


@pytest.fixture
def upload(manager, django_capture_on_commit_callbacks):
    """Sends the form and lets the task run after the commit."""

    def send(content=TABLE, name="register.csv", **fields):
        office = fields.pop("office", make_office())
        file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        with django_capture_on_commit_callbacks(execute=True):
            return manager.post(reverse("register_import_new"), {"office": office.pk, "file": file, **fields})

    return send


def job() -> RegisterImport:
    return RegisterImport.objects.get()


def test_the_form_tries_only_unless_told_otherwise_and_offers_the_own_office(manager):
    page = manager.get(reverse("register_import_new")).content.decode()
    assert re.search(r'<input type="checkbox" name="is_dry_run"[^>]* checked', page)
    assert f'<option value="{make_office().pk}" selected>' in page
    assert f">{make_office('almaty')}</option>" not in page


def test_a_trial_then_the_import(manager, upload):
    upload(is_dry_run="on")
    assert not Association.objects.exists()
    assert (job().is_dry_run, job().created, job().failed) == (True, 1, 1)

    RegisterImport.objects.all().delete()
    response = upload()
    assert response.url == reverse("register_import", args=[job().public_id])
    assert job().state == ImportState.DONE
    assert job().started_by.groups.get().name == "Managers"
    assert Association.objects.get().name_ru == "Дом"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_page_of_an_import_says_what_came_of_it(manager, upload, language):
    upload(TABLE.replace("Адрес", "Адрес;Этаж").replace("Көше, 2", "Көше, 2;<b>5</b>"))
    manager.cookies["language"] = language
    page = manager.get(reverse("register_import", args=[job().public_id])).content.decode()
    assert '<progress id="import-progress" max="2" value="2">' in page
    assert "http-equiv" not in page
    assert "Этаж" in page
    assert "12345" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("state", [ImportState.WAITING, ImportState.RUNNING])
def test_the_page_renews_itself_while_the_import_runs(manager, upload, state):
    upload()
    RegisterImport.objects.update(state=state)
    page = manager.get(reverse("register_import", args=[job().public_id])).content.decode()
    assert '<meta http-equiv="refresh" content="3">' in page


@pytest.mark.parametrize(
    ("content", "name"),
    [("", "r.csv"), ("a;b\n1;2\n", "r.csv"), (TABLE, "r.xlsx"), (b"PK\x03\x04broken", "r.xlsx"), (TABLE, "r.exe")],
)
def test_a_file_that_cannot_be_taken_is_an_error_of_its_field(upload, content, name):
    response = upload(content, name)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["file"]
    assert not RegisterImport.objects.exists()


def test_a_second_import_of_the_city_is_refused_while_one_runs(upload):
    upload()
    RegisterImport.objects.update(state=ImportState.RUNNING)
    response = upload()
    assert response.context["form"].non_field_errors()
    assert RegisterImport.objects.count() == 1


def test_another_city_is_not_accepted(upload):
    response = upload(office=make_office("almaty"))
    assert list(response.context["form"].errors) == ["office"]
    assert not RegisterImport.objects.exists()


def test_imports_of_another_city_are_not_there(client, upload):
    upload()
    address = reverse("register_import", args=[job().public_id])
    assert address in client.get(reverse("register_imports")).content.decode()
    client.force_login(make_user(group="Managers", offices=("almaty",)))
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("register_imports")).content.decode()
    assert client.get(reverse("register_import", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize("group", ["Desk", "Editors", "Trainers", "Lawyers", ""])
def test_only_who_may_import_gets_there(client, group):
    client.force_login(make_user(group=group))
    names = ("register_imports", "register_import_new", "register_sample")
    for address in (*map(reverse, names), reverse("register_import", args=[uuid.uuid4()])):
        assert client.get(address).status_code == 302
    file = SimpleUploadedFile("r.csv", TABLE.encode())
    client.post(reverse("register_import_new"), {"office": make_office().pk, "file": file})
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_sample_is_a_register_itself(manager, upload, language):
    manager.cookies["language"] = language
    response = manager.get(reverse("register_sample"))
    assert response["Content-Type"] == register_file.XLSX
    upload(response.content, "sample.xlsx")
    assert (job().created, job().problems) == (1, [])


def test_the_menu_shows_the_import_to_who_may(client):
    def menu() -> str:
        return client.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(make_user(group="Managers"))
    assert reverse("register_imports") in menu()
    client.force_login(make_user(group="Desk"))
    assert reverse("register_imports") not in menu()
    assert reverse("association_report") in menu()
    client.force_login(make_user(group="Editors"))
    assert reverse("association_report") not in menu()


def test_the_sample_has_every_column(manager):
    rows = list(load_workbook(io.BytesIO(manager.get(reverse("register_sample")).content)).active.values)
    assert [len(row) for row in rows] == [len(register_file.Column)] * 2
