"""Chromium against a site made by the one command, as a person's machine would run it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import MUST_RUN_ALL

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS_WITHIN = 300


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if MUST_RUN_ALL:
            pytest.fail("Chromium is not installed: this leg must run in CI")
        pytest.skip("Chromium is not installed")
    return found


@pytest.fixture(scope="package")
def site(chromium_path, tmp_path_factory) -> str:
    """Address of a running demo on a fresh database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("demo")
    log = (folder / "log").open("w")
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=environment | {"VAR_DIR": str(folder / "var")},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not answers(f"{address}/livez"):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the demo did not start:\n{(folder / 'log').read_text()}")
            time.sleep(0.3)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


# Not for the session: while playwright runs, Django takes every test of the process for asynchronous code.
@pytest.fixture(scope="package")
def browser(chromium_path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, site):
    """Opens pages in a context of their own; any error in the console fails the test."""
    contexts, errors = [], []

    def opened(path: str = "/", *, width: int = 360, scheme: str = "light", javascript: bool = True, language="kk"):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 780},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            locale=language,
            has_touch=width < 500,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: message.type == "error" and errors.append(f"{message.text} @ {page.url}"))
        page.on("pageerror", lambda error: errors.append(f"{error} @ {page.url}"))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    # a 404 page is looked at on purpose; the browser logs its status
    assert [error for error in errors if "404" not in error] == []
