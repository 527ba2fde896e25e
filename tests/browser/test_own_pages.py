"""The pages of a signed-in person: accessible, and no wider than a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from home import demo
from tests.browser.test_quality import APPLY, OVERFLOW, RULES, SPACING

pytestmark = pytest.mark.browser

PATHS = [
    "/cabinet/",
    "/cabinet/profile/",
    "/cabinet/messages/",
    "/cabinet/notifications/",
    "/cabinet/deadlines/",
    "/cabinet/data/",
    "/cabinet/data/erase/",
    "/cabinet/association/find/?q=демо",
    "/cabinet/association/add/",
    "ASSOCIATION",
    "ASSOCIATIONinvite/",
    "ASSOCIATIONhand-over/",
    "ASSOCIATIONclaim/",
    "/seminars/problems-mzhd-5/",
    "/seminars/problems-mzhd-5/enrol/",
    "/account/email/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/second-factor/",
]


@pytest.fixture
def as_chair(open_page):
    """A page of the demo's chair, and her addresses."""

    def opened(language: str, **context):
        page = open_page(f"/{language}/account/login/password/", language=language, **context)
        page.fill("[name=login]", demo.address("chair"))
        page.fill("[name=password]", demo.PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url(f"**/{language}/cabinet/")
        own = page.locator("main a[href*='/cabinet/association/']").first.get_attribute("href") or ""
        own = own.removeprefix(f"/{language}")
        return page, [f"/{language}{path.replace('ASSOCIATION', own)}" for path in PATHS]

    return opened


@pytest.mark.parametrize(("language", "width", "scheme"), [("kk", 360, "light"), ("ru", 1280, "dark")])
def test_axe_finds_nothing_on_the_pages_of_a_person(as_chair, language, width, scheme):
    page, addresses = as_chair(language, width=width, scheme=scheme)
    found = []
    for address in addresses:
        assert page.goto(address).status == 200, address
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        for violation in Axe().run(page, options=RULES).response["violations"]:
            found.append(f"{address}: {violation['id']} {violation['nodes'][0]['target']}")
    assert found == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_pages_of_a_person_fit_a_narrow_phone(as_chair, language):
    page, addresses = as_chair(language, width=320)
    found = []
    for address in addresses:
        page.goto(address)
        plain = page.evaluate(OVERFLOW)
        page.evaluate(APPLY, SPACING)
        if max(plain, page.evaluate(OVERFLOW)) > 1:
            found.append(address)
    assert found == []
