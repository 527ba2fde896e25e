"""The sitemap and the language links of pages: every pair of twins knows each other."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest

from faq.questions import QuestionPage
from home.search_page import SearchPage
from law.models import LegalAct
from tests.core.html import Html
from tests.core.sample import LANGUAGES, PAGE_TYPES, first, live
from tests.factories import make_run

pytestmark = pytest.mark.django_db

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(client) -> dict[str, dict[str, str]]:
    """Path of each entry → path of the page in each language."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    rows = {}
    for url in ET.fromstring(response.content).findall("s:url", SPACE):
        links = url.findall("x:link", SPACE)
        location = path(url.find("s:loc", SPACE).text)
        assert location not in rows, f"{location} stands twice"
        rows[location] = {link.get("hreflang"): path(link.get("href")) for link in links}
    return rows


def path(address: str) -> str:
    return urlsplit(address).path


def test_each_pair_of_twins_names_both_and_itself(client):
    rows = sitemap(client)

    assert len(rows) > 150
    for location, languages in rows.items():
        language = location.split("/")[1]
        assert languages[language] == location
        assert set(languages) == set(LANGUAGES), f"{location} has no twin"
        for other in languages.values():
            assert rows[other] == languages


def test_every_live_page_but_the_search_is_listed(client):
    expected = {
        page.url
        for model in PAGE_TYPES
        if model is not SearchPage
        for language in LANGUAGES
        for page in live(model, language)
    }
    rows = sitemap(client)

    assert expected - set(rows) == set()
    assert not [location for location in rows if "/search/" in location]


def test_acts_and_coming_seminars_are_listed_in_both_languages(client):
    run = make_run()
    addresses = [f"acts/{key}/" for key in LegalAct.objects.values_list("key", flat=True)]

    rows = sitemap(client)

    for address in [*addresses, f"seminars/{run.code}/"]:
        assert rows[f"/kk/{address}"] == {language: f"/{language}/{address}" for language in LANGUAGES}


def test_drafts_unpublished_pages_and_draft_seminars_are_absent(client):
    unpublished, twin = (first(QuestionPage, language) for language in LANGUAGES)
    assert unpublished.translation_key == twin.translation_key
    unpublished.unpublish()
    draft = QuestionPage(title="Черновик", slug="chernovik", short_answer="Ещё не готово.", live=False)
    twin.get_parent().add_child(instance=draft)
    run = make_run(status="draft")

    rows = sitemap(client)

    assert unpublished.url not in rows
    assert draft.url not in rows
    assert f"/kk/seminars/{run.code}/" not in rows
    assert set(rows[twin.url]) == {"ru"}


def test_entries_stand_on_the_host_that_was_asked(client):
    """A search engine ignores entries of another host, and pages call themselves by the host that was asked."""
    tree = ET.fromstring(client.get("/sitemap.xml", headers={"host": "127.0.0.1"}).content)

    assert {urlsplit(loc.text).netloc for loc in tree.findall("s:url/s:loc", SPACE)} == {"127.0.0.1"}


def test_a_page_without_a_twin_offers_the_topic_and_claims_no_alternate(client):
    page, twin = (first(QuestionPage, language) for language in LANGUAGES)
    twin.unpublish()

    html = Html(client.get(page.url))

    assert [link["hreflang"] for link in html.all("link", rel="alternate")] == ["kk", "x-default"]
    assert html.one("a", data_language="ru")["href"] == f"{twin.get_parent().url}?untranslated={page.pk}"
