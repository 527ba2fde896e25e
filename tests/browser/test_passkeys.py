"""A passkey in a real browser, with a virtual device that holds it."""

import re
import uuid

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def site_by_name(site) -> str:
    """Passkeys belong to a name: a bare network address has none."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(open_page, site_by_name):
    """A page of a phone whose owner holds her finger to it when asked."""
    page = open_page("/kk/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def read_code(open_page, address: str) -> str:
    letter = open_page("/demo/mail/").locator("article", has_text=address).first.inner_text()
    return re.search(r"\b\d{6}\b", letter)[0]


def sign_in_by_code(page, open_page, site: str, email: str) -> None:
    page.goto(f"{site}/kk/account/login/")
    page.fill("[name=email]", email)
    page.locator("main form.form button", has_text=re.compile("код")).first.click()
    page.fill("[name=code]", read_code(open_page, email))
    page.locator("main form.form button").first.click()
    page.wait_for_url("**/kk/cabinet/**")


def sign_out(page, site: str) -> None:
    page.goto(f"{site}/kk/account/logout/")
    page.locator("main form.form button").click()
    page.wait_for_url(f"{site}/kk/**")


def make_passkey(page, site: str) -> None:
    page.goto(f"{site}/kk/account/2fa/webauthn/add/")
    page.fill("[name=name]", "Телефоным")
    page.locator("form[data-passkey=create] button").click()
    page.wait_for_url("**/recovery-codes/**")


def test_a_passkey_is_made_and_signs_in_after_signing_out(page, open_page, site_by_name):
    email = f"aigul-{uuid.uuid4().hex[:8]}@mail.kz"
    sign_in_by_code(page, open_page, site_by_name, email)
    make_passkey(page, site_by_name)
    sign_out(page, site_by_name)

    page.goto(f"{site_by_name}/kk/account/login/?next=/kk/courses/")
    assert not page.locator("main [data-no-passkey]").is_visible()
    page.locator("form[data-passkey=get] button").click()
    page.wait_for_url(f"{site_by_name}/kk/courses/")

    page.goto(f"{site_by_name}/kk/account/2fa/webauthn/")
    assert "Телефоным" in page.locator("main").inner_text()


def test_after_a_code_by_mail_the_passkey_is_the_second_step(page, open_page, site_by_name):
    email = f"aigul-{uuid.uuid4().hex[:8]}@mail.kz"
    sign_in_by_code(page, open_page, site_by_name, email)
    make_passkey(page, site_by_name)
    sign_out(page, site_by_name)
    page.goto(f"{site_by_name}/kk/account/login/")
    page.fill("[name=email]", email)
    page.locator("main form.form button", has_text=re.compile("код")).first.click()
    page.fill("[name=code]", read_code(open_page, email))
    page.locator("main form.form button").first.click()
    page.wait_for_url("**/2fa/authenticate/")

    page.locator("form[data-passkey=get] button").click()

    page.wait_for_url("**/kk/cabinet/**")


def test_a_device_that_has_no_passkey_says_so_and_the_code_stays(page, site_by_name):
    page.goto(f"{site_by_name}/kk/account/login/")
    form = page.locator("form[data-passkey=get]")
    assert form.locator("[data-failed]").is_hidden()

    form.locator("button").click()

    form.locator("[data-failed]").wait_for(state="visible")
    assert page.locator("[name=email]").is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_where_passkeys_do_not_work_the_button_is_not_there(open_page, javascript):
    page = open_page("/kk/account/login/", javascript=javascript)  # by a bare network address

    assert page.locator("form[data-passkey]").is_hidden()
    assert page.locator("main [data-no-passkey]").is_visible()
    assert page.locator("[name=email]").is_visible()
