"""The days of staff in the admin, each in short: the desk, a manager, an administrator, somebody's first sign-in."""

import re
import time
import uuid
from io import BytesIO

import openpyxl
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from home import demo
from tests.browser.test_main_job import read_code
from tests.people.association_steps import PDF, day

pytestmark = pytest.mark.browser

NEWCOMER = "Келген Хаттамашы"

SAVE = "main button[type=submit]:visible"


def new_address(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}@mail.kz"


@pytest.fixture
def signed_in(open_page):
    """A wide Russian page of somebody who typed her password."""

    def opened(email: str, password: str = demo.PASSWORD, path: str = "/admin/"):
        page = open_page(f"/ru/account/login/password/?next={path}", width=1280, language="ru")
        page.fill("[name=login]", email)
        page.fill("[name=password]", password)
        with page.expect_navigation():
            page.locator("main form.form button").first.click()
        return page

    return opened


@pytest.fixture
def newcomer(open_page):
    """The cabinet of a person who has just come, by a code from her mail."""

    def opened():
        email = new_address("kelgen")
        page = open_page("/ru/account/login/?next=/ru/cabinet/", language="ru")
        page.fill("[name=email]", email)
        page.locator("main form.form button", has_text="код").first.click()
        page.fill("[name=code]", read_code(open_page, email))
        page.locator("main form.form button").first.click()
        page.wait_for_url("**/ru/cabinet/**")
        return page, email

    return opened


def test_the_desk_looks_at_the_minutes_and_confirms_a_chair_who_is_told_by_mail(open_page, signed_in, newcomer):
    person, email = newcomer()
    person.goto("/ru/cabinet/association/find/?q=991240000300")
    person.locator("main a[href$='/claim/']").click()
    person.fill("[name=full_name]", NEWCOMER)
    person.select_option("[name=role]", "chair")
    person.fill("[name=valid_from]", day(-10).isoformat())
    person.set_input_files("[name=protocol]", {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": PDF})
    person.check("[name=consent]")
    person.locator("main form.form button").last.click()
    person.wait_for_url(re.compile(r"/ru/cabinet/association/\d+/$"))
    own = person.url

    desk = signed_in(demo.address("desk"), path="/admin/memberships/")
    desk.locator("main tr", has_text=NEWCOMER).locator("a").first.click()
    with desk.expect_download() as download:
        desk.locator("main a[href$='/minutes/']").click()
    assert download.value.path().read_bytes() == PDF
    desk.locator("main button[value=confirm]").click()
    desk.wait_for_url("**/admin/memberships/")

    assert "подтверждена" in desk.locator(".messages").inner_text()
    assert desk.locator("main tr", has_text=NEWCOMER).count() == 0
    person.goto(own)
    assert person.locator("main a[href$='/hand-over/']").count() == 1
    letter = open_page("/demo/mail/").locator("article", has_text=email).first.inner_text()
    assert "Ваша роль в объединении подтверждена" in letter


def a_register(sample: bytes, *rows: tuple) -> bytes:
    book = openpyxl.load_workbook(BytesIO(sample))
    book.active.delete_rows(2)
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_manager_tries_a_register_then_imports_it_and_reads_which_row_is_wrong(signed_in):
    manager = signed_in(demo.address("manager"), path="/admin/register/imports/")
    sample = manager.request.get("/admin/register/imports/sample.xlsx").body()
    street = f"ул. {uuid.uuid4().hex[:8]}"
    file = a_register(
        sample,
        ("ОСИ", "Жаңа үй 1", "Новый дом 1", "", "район Есіл", f"{street}, 1", "40"),
        ("ОСИ", "Жаңа үй 2", "Новый дом 2", "123456789012", "район Есіл", f"{street}, 2", "50"),
        ("КСК", "Жаңа үй 3", "Новый дом 3", "", "район Нұра", f"{street}, 3", "60"),
    )

    for is_trial in (True, False):
        manager.goto("/admin/register/imports/new/")
        manager.set_input_files("[name=file]", {"name": "register.xlsx", "mimeType": "", "buffer": file})
        manager.set_checked("[name=is_dry_run]", is_trial)
        manager.locator(SAVE).click()
        counts = manager.locator("main table").first.locator("tbody td")
        counts.first.wait_for()
        assert counts.all_inner_texts() == ["2", "0", "0", "1"]
        wrong = manager.locator("main table").nth(1).locator("tbody tr")
        assert [cell.split("\t")[:2] for cell in wrong.all_inner_texts()] == [["3", "БИН"]]
        manager.goto(f"/admin/snippets/people/association/?q={street.removeprefix('ул. ')}")
        assert manager.locator("main tbody tr", has_text=street).count() == (0 if is_trial else 2)


def test_an_administrator_opens_a_city_in_one_form_and_its_district_can_be_chosen(signed_in, newcomer):
    name = f"Қала-{uuid.uuid4().hex[:6]}"
    admin = signed_in(demo.address("admin"), path="/admin/snippets/people/office/add/")
    for rows in ("phones", "hours", "districts"):
        add = admin.locator(f"#id_{rows}-ADD")
        admin.wait_for_function("id => document.getElementById(id)?.checkVisibility()", arg=f"id_{rows}-ADD")
        while admin.locator(f"[name={rows}-0-id]").count() == 0:  # the editor's script may still be waking up
            add.click()
    for field, value in {
        "city_kk": name,
        "city_ru": name,
        "key": name.removeprefix("Қала-"),
        "phones-0-number": "+7 700 000 00 01",
        "hours-0-opens": "09:00",
        "hours-0-closes": "18:00",
        "districts-0-name_kk": f"{name} ауданы",
        "districts-0-name_ru": f"район {name}",
    }.items():
        admin.fill(f"[name={field}]", value)
        admin.keyboard.press("Escape")
    admin.select_option("[name=hours-0-weekday]", "0")
    admin.select_option("[name=state]", "open")
    admin.locator(SAVE).first.click()
    admin.wait_for_url("**/admin/snippets/people/office/")

    person, _email = newcomer()
    person.goto("/ru/front-office/")
    assert name in person.locator("main").inner_text()
    person.goto("/ru/cabinet/profile/")
    person.fill("[name=full_name]", "Айгүл Серікова")
    person.select_option("[name=district]", label=f"район {name}")
    with person.expect_navigation():
        person.locator("main form.form button").first.click()
    person.goto("/ru/cabinet/profile/")
    assert person.locator("[name=district] option:checked").inner_text().strip() == f"район {name}"


def test_staff_outside_the_demo_set_up_a_second_factor_before_the_admin_opens(open_page, signed_in):
    email, password = new_address("qyzmetker"), "tau-men-dala-2026"
    admin = signed_in(demo.address("admin"), path="/admin/users/new/")
    admin.fill("[name=email]", email)
    admin.fill("[name=full_name]", "Жаңа Қызметкер")
    admin.select_option("[name=offices]", label="Астана")
    for field in ("password1", "password2"):
        admin.fill(f"[name={field}]", password)
    admin.locator("[role=tab]:visible").nth(1).click()
    admin.get_by_label("Desk").check()
    admin.locator(SAVE).first.click()
    admin.wait_for_url("**/admin/users/")

    staff = signed_in(email, password)
    staff.fill("[name=code]", read_code(open_page, email))
    staff.locator("main form.form button").first.click()
    staff.wait_for_url("**/ru/account/second-factor/**")
    staff.goto("/admin/memberships/")
    staff.wait_for_url("**/ru/account/second-factor/**")
    staff.locator("main a[href*='totp/activate']").click()
    secret = staff.locator("main code").first.inner_text()
    staff.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    staff.locator("main form.form button").first.click()
    staff.wait_for_url("**/2fa/recovery-codes/**")
    recovery = re.search(r"\b\d{8}\b", staff.locator("main").inner_text())[0]
    staff.locator("main a[href='/admin/memberships/']").click()
    assert staff.locator("h1").inner_text().strip() == "Заявки"

    again = signed_in(email, password)
    assert "/2fa/authenticate/" in again.url
    again.fill("[name=code]", recovery)
    again.locator("main form.form button").first.click()
    again.wait_for_url("**/admin/")
