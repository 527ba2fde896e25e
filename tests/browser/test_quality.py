"""Accessibility, width and weight of every page type in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import addresses

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
MODES = [(1280, "light"), (360, "light"), (1280, "dark"), (360, "dark")]
KILOBYTE = 1024


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize(("width", "scheme"), MODES)
def test_axe_finds_nothing(open_page, language, width, scheme):
    page = open_page(f"/{language}/", width=width, scheme=scheme, language=language)
    found = []
    for address in addresses(language):
        page.goto(address)
        # The whole page in view: a bar that is fixed to the screen's edge covers nothing at the end of a page.
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        for violation in Axe().run(page, options=RULES).response["violations"]:
            where = violation["nodes"][0]["target"]
            found.append(f"{address}: {violation['id']} ({len(violation['nodes'])}) {where}")
    assert found == []


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
APPLY = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }"""


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_nothing_overflows_at_320_px_even_with_wide_text_spacing(open_page, language):
    page = open_page(f"/{language}/", width=320, language=language)
    found = []
    for address in addresses(language):
        page.goto(address)
        plain = page.evaluate(OVERFLOW)
        page.evaluate(APPLY, SPACING)
        spaced = page.evaluate(OVERFLOW)
        if max(plain, spaced) > 1:
            found.append(f"{address}: {plain} px, {spaced} px with spacing")
    assert found == []


def transfers(page, address: str) -> list[dict]:
    """Every request of a first view: address, kind and bytes on the wire."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    seen: dict[str, dict] = {}

    def sent(event):
        seen.setdefault(event["requestId"], {"url": event["request"]["url"], "kind": event.get("type"), "size": 0})

    def finished(event):
        if event["requestId"] in seen:
            seen[event["requestId"]]["size"] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    return list(seen.values())


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_first_view_is_light(open_page, site, language):
    """At most 60 KB transferred, 6 requests and 10 KB of script; nothing from anybody else."""
    found = []
    for address in addresses(language):
        page = open_page("about:blank", language=language)
        requests = transfers(page, address)
        total = sum(request["size"] for request in requests) / KILOBYTE
        script = sum(request["size"] for request in requests if request["kind"] == "Script") / KILOBYTE
        foreign = [request["url"] for request in requests if not request["url"].startswith(site)]
        if not 1 < total <= 60 or len(requests) > 6 or script > 10 or foreign:
            found.append(f"{address}: {total:.1f} KB, {len(requests)} requests, {script:.1f} KB of script, {foreign}")
        page.context.close()
    assert found == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_text_is_whole_without_javascript(open_page, language):
    lengths = {}
    for javascript in (True, False):
        page = open_page(f"/{language}/", javascript=javascript, language=language)
        for address in addresses(language):
            page.goto(address)
            lengths[address, javascript] = len(page.locator("main").inner_text())
    lost = [address for address in addresses(language) if lengths[address, False] < 0.95 * lengths[address, True]]
    assert lost == []


FOCUS = """() => { const element = document.activeElement
if (!element || element === document.body) return null
const style = getComputedStyle(element), box = element.getBoundingClientRect()
const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20))
const labels = element.labels ? [...element.labels] : []
const own = top && (element.contains(top) || top.contains(element) || labels.some(label => label.contains(top)))
const covered = box.width > 1 && top && !own
return {name: element.tagName + ' ' + (element.innerText || element.name || '').trim().slice(0, 30), ring, covered,
        href: element.getAttribute('href')} }"""


@pytest.mark.parametrize("path", ["/kk/", "/ru/seminars/problems-mzhd-3/", "/kk/seminars/problems-mzhd-3/enrol/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_sees_where_it_is_and_starts_with_the_skip_link(open_page, path, width):
    page = open_page(path, width=width)
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
    assert stops[0]["href"].startswith("#"), "the first stop skips to the content"
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if stop["covered"]] == []
