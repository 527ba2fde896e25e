"""The editor's panel «Checks» in a browser: axe finds in the preview what the server found in the text."""

from __future__ import annotations

import re

import pytest

from home import demo
from law import content_checks as checks

pytestmark = pytest.mark.browser

TOPIC = "/ru/questions/sobranie/"
QUESTION = f"{TOPIC}kvorum-sobraniya/"


@pytest.fixture
def editor(browser, site):
    """A wide page of an editor who is signed in. Wagtail logs what axe finds as an error of the console."""
    context = browser.new_context(base_url=site, viewport={"width": 1400, "height": 900}, locale="ru")
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"/ru/account/login/password/?next={QUESTION}")
    page.fill("[name=login]", demo.address("editor"))
    page.fill("[name=password]", demo.PASSWORD)
    with page.expect_navigation():
        page.locator("main form.form button").first.click()
    yield page
    context.close()


def open_checks(page):
    """The panel's rows."""
    panel = page.locator('[data-side-panel="checks"]')
    page.locator('[data-side-panel-toggle="checks"]').click()
    words = panel.locator("[data-content-word-count]")
    words.filter(has_text=re.compile(r"\d")).wait_for()  # the figures come with the results
    return panel.locator("[data-content-checker-row]")


def test_a_good_question_has_no_problem_and_a_bad_draft_has_all_of_its_own(editor):
    editor.locator(".edit-link a").click()
    rows = open_checks(editor)
    editor.wait_for_timeout(2000)
    assert rows.all_inner_texts() == []

    editor.goto(TOPIC)
    topic = editor.locator(".edit-link a").get_attribute("href").split("/")[3]
    editor.evaluate("() => localStorage.clear()")  # where the editor remembers which panel was open
    editor.goto(f"/admin/pages/add/faq/questionpage/{topic}/")
    editor.fill("[name=title]", "Плохой черновик")
    editor.fill("[name=short_answer]", "Собственник обязан платить за общее имущество дома. " * 5)
    rows = open_checks(editor)
    rows.nth(2).wait_for()

    named = " ".join(rows.all_inner_texts())
    assert rows.count() == 3
    for rule in (checks.NO_CITATION, checks.UNCITED_STATEMENT, checks.SHORT_ANSWER_LONG):
        assert rule in named
