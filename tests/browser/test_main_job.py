"""The main job as a person does it: from the first page to the seat and the first lesson."""

import re
import uuid

import pytest

pytestmark = pytest.mark.browser


def read_code(open_page, address: str) -> str:
    """The code that came to an address, from the demo's mail."""
    inbox = open_page("/demo/mail/")
    letter = inbox.locator("article", has_text=address).first.inner_text()
    return re.search(r"\b\d{6}\b", letter)[0]


@pytest.mark.parametrize(
    ("language", "width", "javascript"),
    [("kk", 360, True), ("ru", 360, False), ("kk", 1280, False), ("ru", 1280, True)],
)
def test_a_chair_finds_the_seminar_gets_a_seat_and_opens_the_first_lesson(open_page, language, width, javascript):
    email = f"chair-{uuid.uuid4().hex[:8]}@mail.kz"
    page = open_page(f"/{language}/", width=width, javascript=javascript, language=language)

    page.locator("main a[href*='/seminars/problems-mzhd-3/']").first.click()
    page.locator("main a[href$='/problems-mzhd-3/enrol/']:visible").first.click()
    page.fill("[name=full_name]", "Айгүл Серікова")
    page.fill("[name=email]", email)
    page.check("[name=consent]")
    page.locator("main form.form button").first.click()
    page.wait_for_url(f"**/{language}/account/login/code/confirm/**")
    page.fill("[name=code]", read_code(open_page, email))
    page.locator("main form.form button").first.click()

    page.wait_for_url(f"**/{language}/seats/**")
    assert page.locator("[role=status], .messages").first.is_visible()
    with page.expect_navigation():
        page.locator("main a[href*='/courses/problems-mzhd/lesson-1/']").first.click()
    assert page.locator("h1").inner_text()
    assert len(page.locator("main").inner_text().split()) > 400


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_resident_finds_a_true_answer_by_her_own_words(open_page, language):
    page = open_page(f"/{language}/", language=language)
    page.locator("main form[role=search] input[name=q]").first.fill("кворум")
    page.locator("main form[role=search] button").first.click()
    page.wait_for_url(f"**/{language}/search/?q=**")
    page.locator("main a[href*='/questions/']").first.click()
    body = page.locator("main").inner_text()
    assert ("42-бап" if language == "kk" else "статья 42") in body.lower()


def test_the_language_switch_stays_on_the_same_page(open_page):
    page = open_page("/kk/courses/problems-mzhd/lesson-2/", width=1280)
    page.locator("a[hreflang=ru], a[lang=ru]").first.click()
    page.wait_for_url("**/ru/courses/problems-mzhd/lesson-2/")
    assert page.locator("html").get_attribute("lang") == "ru"


def test_the_chosen_language_is_remembered(open_page):
    page = open_page("/kk/", width=1280, language="kk")
    page.locator("a[hreflang=ru], a[lang=ru]").first.click()
    page.wait_for_url("**/ru/**")
    page.goto("/")
    page.wait_for_url("**/ru/")


def test_a_full_seminar_leads_to_the_queue_and_back_out(open_page):
    email = f"late-{uuid.uuid4().hex[:8]}@mail.kz"
    page = open_page("/ru/seminars/problems-mzhd-4/", language="ru")
    page.locator("main a[href$='/enrol/']:visible").first.click()
    page.fill("[name=full_name]", "Ольга Ким")
    page.fill("[name=email]", email)
    page.check("[name=consent]")
    page.locator("main form.form button").first.click()
    page.fill("[name=code]", read_code(open_page, email))
    page.locator("main form.form button").first.click()
    page.wait_for_url("**/ru/seats/**")
    assert "6" in page.locator("main").inner_text()

    page.locator("main details", has=page.locator("form[action$='/cancel/']")).locator("summary").click()
    page.locator("main form[action$='/cancel/'] button").click()
    page.wait_for_url("**/ru/seats/**")
    page.goto("/ru/cabinet/")
    assert page.locator("h1").is_visible()


def test_an_editor_signs_in_and_sees_the_admin(open_page):
    page = open_page("/admin/", width=1280, language="ru")
    page.wait_for_url("**/account/login/**")
    page.goto("/ru/account/login/password/?next=/admin/")
    page.fill("[name=login]", "editor@demo.example")
    page.fill("[name=password]", "aman-uy-2026")
    page.locator("main form.form button").first.click()
    page.wait_for_url("**/admin/")
    assert page.locator("nav, [role=navigation]").first.is_visible()
