"""Two days in short: a stranger who comes, claims, takes her data and leaves; a chair from her claim to her successor.

Everybody here is made here: the demo's own people stay as other tests expect them.
"""

import datetime
import io
import json
import re
import uuid
import zipfile

import pytest

from home import demo
from tests.browser.test_main_job import read_code

pytestmark = pytest.mark.browser

MINUTES = {
    "name": "Хаттама № 4.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n",
}
TODAY = datetime.datetime.now(datetime.UTC).date()
ELECTED = (TODAY - datetime.timedelta(days=20)).isoformat()


def new_address(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}@mail.kz"


def send(page, button: str = "main form.form button[type=submit]") -> str:
    """Presses a button and gives what the person reads next."""
    with page.expect_navigation():
        page.locator(button).first.click()
    return page.locator("main").inner_text()


def read(page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text()


def letter(open_page, address: str) -> str:
    return open_page("/demo/mail/").locator("article", has_text=address).first.inner_text()


def sign_in(open_page, page, email: str) -> str:
    """From the sign-in page on: the address, then the code of the letter."""
    page.fill("[name=email]", email)
    send(page)
    page.fill("[name=code]", read_code(open_page, email))
    return send(page)


def say_name(page, name: str) -> None:
    """A role asks for a name where the account has none."""
    if page.locator("[name=full_name]").count():
        page.fill("[name=full_name]", name)


def claim_the_chair(page) -> str:
    say_name(page, "Ольга Ким")
    page.select_option("[name=role]", "chair")
    page.fill("[name=valid_from]", ELECTED)
    page.set_input_files("[name=protocol]", MINUTES)
    page.check("[name=consent]")
    return send(page)


def test_a_stranger_takes_a_seat_claims_her_house_and_leaves_with_her_data(open_page):
    run = "/kk/seminars/problems-mzhd-3/"
    page = open_page(run)
    taken = re.search(r"\d+ орынның \d+ орны алынған", page.locator("main").inner_text())[0]
    email, new_email = new_address("stranger"), new_address("stranger-2")

    page.locator("main a[href$='/enrol/']:visible").first.click()
    page.fill("[name=full_name]", "Әсел Нұрғалиева")
    page.fill("[name=email]", email)
    page.check("[name=consent]")
    assert "Орныңыз осы кодты күтіп тұр" in send(page)
    page.fill("[name=code]", read_code(open_page, email))
    assert "Орын сізге берілді" in send(page)
    assert taken not in read(page, run)

    assert "Сәлеметсіз бе, Әсел!" in read(page, "/kk/cabinet/")
    page.goto("/kk/cabinet/profile/")
    page.fill("[name=phone]", "+7 701 123 45 67")
    page.select_option("[name=district]", label="Есіл ауданы")
    assert "Сақталды" in send(page)

    page.goto("/kk/cabinet/association/find/")
    page.fill("main form.find [name=q]", "демо үй 3")
    assert "МИБ Демо-үй 3" in send(page, "main form.find button")
    page.locator("main li", has_text="МИБ Демо-үй 3").locator("a[href$='/claim/']").click()
    assert "Сізді сайлаған жиналыстың хаттамасын қосыңыз" in send(page)
    assert "Фронт-кеңсенің шешімін күтеді" in claim_the_chair(page)
    assert "Фронт-кеңсенің шешімін күтеді" in read(page, "/kk/cabinet/")

    page.goto("/kk/cabinet/messages/")
    assert "Сізге семинардан орын берілді" in send(page, "main a[href*='/cabinet/messages/']")
    page.goto("/kk/cabinet/notifications/")
    page.locator("main form [type=checkbox]").first.uncheck()
    send(page)
    assert not page.locator("main form [type=checkbox]").first.is_checked()
    assert "Тек осы құрылғыда кіріп тұрсыз" in read(page, "/kk/account/sessions/")
    page.goto("/kk/cabinet/deadlines/")
    send(page, "main form[action$='/make/'] button")
    assert page.request.get(page.input_value("#address")).text().startswith("BEGIN:VCALENDAR")

    page.goto("/kk/account/email/")
    page.fill("[name=email]", new_email)
    send(page)
    page.fill("[name=old_code]", read_code(open_page, f"{email} ·"))
    page.fill("[name=new_code]", read_code(open_page, f"{new_email} ·"))
    assert "Мекенжайыңыз өзгертілді" in send(page)

    page.goto("/kk/cabinet/data/")
    with page.expect_download() as download:
        page.locator("main form[action$='/data/export/'] button").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        assert json.loads(archive.read("data.json"))["language"] == "kk"
        assert new_email in archive.read("data.json").decode()
        assert [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")] == [MINUTES["buffer"]]

    page.goto("/kk/cabinet/data/erase/")
    assert new_email in send(page, "main button[value=send]")
    page.fill("[name=code]", read_code(open_page, new_email))
    assert "Тіркелгіңіз өшірілді" in send(page, "main form.form button.danger")
    assert "Тіркелгіңіз өшірілді" in letter(open_page, new_email)
    page.goto("/kk/cabinet/")
    page.wait_for_url("**/kk/account/login/**")
    assert taken in read(page, run)


def test_a_chair_is_confirmed_invites_a_member_ends_the_role_and_hands_over(open_page):
    chair, member, successor = (new_address(name) for name in ("chair", "member", "successor"))
    house = f"Дом {uuid.uuid4().hex[:8]}"
    page = open_page("/ru/account/login/?next=/ru/cabinet/association/add/", width=1280, language="ru")
    sign_in(open_page, page, chair)
    page.fill("[name=name_ru]", house)
    page.fill("[name=address]", "улица Абая, 1")
    page.select_option("[name=office]", label="Астана")
    send(page)
    assert "Ждёт решения фронт-офиса" in claim_the_chair(page)
    own = page.url
    assert "Фронт-офис смотрит ваш протокол" in read(page, "/ru/seminars/problems-mzhd-5/")

    confirm_as_desk(open_page, house)
    assert house in letter(open_page, chair)
    assert f"{house}: последний день ваших полномочий" in read(page, "/ru/cabinet/")
    page.goto("/ru/seminars/problems-mzhd-5/enrol/")
    page.fill("[name=full_name]", "Ольга Ким")
    page.check("[name=consent]")
    assert "Место ваше" in send(page)

    invite(page, f"{own}invite/", member, role="council")
    his = open_page("/ru/", width=1280, language="ru")
    assert "Член совета дома" in accept(open_page, his, member)
    assert "Член совета дома" in read(page, own)
    page.locator("main details", has=page.locator("form[action$='/end/']")).locator("summary").click()
    assert "Роль прекращена" in send(page, "main form[action$='/end/'] button")
    assert "Член совета дома" not in read(page, own)
    assert "Член совета дома · прекращено" in read(his, "/ru/cabinet/")

    invite(page, f"{own}hand-over/", successor)
    hers = open_page("/ru/", width=1280, language="ru")
    assert "Люди дома" in accept(open_page, hers, successor)
    assert "Ваша роль прекращена" in letter(open_page, chair)
    assert "Председатель · прекращено" in read(page, "/ru/cabinet/")
    assert "Люди дома" not in read(page, own)


def confirm_as_desk(open_page, house: str) -> None:
    desk = open_page("/ru/account/login/password/?next=/admin/memberships/", width=1280, language="ru")
    desk.fill("[name=login]", demo.address("desk"))
    desk.fill("[name=password]", demo.PASSWORD)
    desk.locator("main form.form button").first.click()
    desk.wait_for_url("**/admin/memberships/")
    desk.locator("tr", has_text=house).locator("a[href*='/admin/memberships/']").first.click()
    desk.locator("button[value=confirm]").click()
    desk.wait_for_url("**/admin/memberships/")
    assert not desk.locator("tr", has_text=house).count()


def invite(page, address: str, email: str, role: str | None = None) -> None:
    page.goto(address)
    page.fill("[name=email]", email)
    page.fill("[name=valid_from]", TODAY.isoformat())
    if role:
        page.select_option("[name=role]", role)
    assert "Приглашение отправлено" in send(page)
    assert email in page.locator("main").inner_text()


def accept(open_page, page, email: str) -> str:
    """The way of the invited: the link of the letter, the sign-in by code, the button. The link works once."""
    link = re.search(r"http\S+/invitation/\S+", letter(open_page, email))[0]
    page.goto(link)
    assert "Вас приглашают к роли" in sign_in(open_page, page, email)
    say_name(page, "Сергей Петров")
    shown = send(page, "main form button[type=submit]")
    assert "Теперь эта роль ваша" in shown
    assert "Это приглашение уже использовано" in read(page, link)
    return shown
