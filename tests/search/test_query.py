"""The search page: safe with any text, honest about what it did, blind to drafts."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from faq.questions import QuestionPage, TopicPage
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said
from tests.search.test_probes import found

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"',
    "'",
    "''",
    "%",
    "%%s",
    "*",
    "взнос*",
    "(",
    "((взнос",
    "NEAR(",
    "NEAR(взнос собрание, 2)",
    "а OR б",
    "взнос AND NOT собрание",
    "title:взнос",
    "^взнос",
    "взнос & !собрание | кворум <-> дом :*",
    "-взнос",
    "{взнос}",
    "\x00",
    "взнос\x00",
    "я" * 10_000,
    "взнос " * 2_000,
    "😀",
    "👩‍👩‍👧‍👦 взнос",
    "\u202eвзнос",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE people_user; --",
    "{{ request.user }}{% now 'Y' %}",
    "\\",
    "\n\r\t",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_any_text_is_answered_and_shown_as_text(client, text):
    response = client.get("/ru/search/", {"q": text})

    assert response.status_code == 200
    html = Html(response)
    assert not [script for script in html.all("script") if not script.attrs.get("src")]
    assert not html.all("img", src="x")
    shown = html.one("input", name="q", id="page-search")["value"]
    assert len(shown) <= 200
    assert shown == " ".join(text.replace("\x00", "").split())[:200].strip() or len(text) > 200
    assert len(response.content) < 100_000


def test_bytes_that_are_no_text_are_answered(client):
    assert client.get("/kk/search/?q=%FF%FE%00").status_code == 200
    assert client.get("/kk/search/?q=1&q=2&q[]=3").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", "?q=", "?q=+++"])
def test_an_empty_search_invites_to_ask(client, language, query):
    html = Html(client.get(f"/{language}/search/{query}"))

    invitation = "Write what happened, in your own words: the search knows word forms in Kazakh and Russian."
    assert said(language, invitation) in html.main
    assert html.one("form", role="search")["action"] == f"/{language}/search/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_that_finds_nothing_says_so_and_leads_on(client, language):
    html = Html(client.get(f"/{language}/search/", {"q": "<b>птеродактиль"}))

    assert said(language, "Nothing was found for “%(query)s”", query="<b>птеродактиль") in html.main
    assert html.all("a", href=f"/{language}/front-office/")
    assert found(client, language, "птеродактиль") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_with_a_word_nobody_wrote_drops_it_and_says_so(client, language):
    notice = said(language, "Nothing has all of these words. Here is what has some of them.")

    assert found(client, language, "кворум птеродактиль") == found(client, language, "кворум")
    assert notice in Html(client.get(f"/{language}/search/", {"q": "кворум птеродактиль"})).main
    assert notice not in Html(client.get(f"/{language}/search/", {"q": "кворум"})).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_are_of_the_readers_language(client, language):
    addresses = found(client, language, "кворум")

    assert addresses
    assert all(address.startswith(f"/{language}/") for address in addresses)


@pytest.mark.parametrize(
    ("language", "term"), [("ru", "месячный расчётный показатель"), ("kk", "айлық есептік көрсеткіш")]
)
@pytest.mark.parametrize("asked", ["abbreviation", "words"])
def test_a_term_is_explained_above_the_results(client, language, term, asked):
    abbreviation = {"ru": "МРП", "kk": "АЕК"}[language]

    main = Html(client.get(f"/{language}/search/", {"q": abbreviation if asked == "abbreviation" else term})).main

    assert f"{term} ({abbreviation})" in main


def test_results_are_paged_and_keep_the_question(client):
    first_page, second = found(client, "ru", "собрание"), Html(client.get("/ru/search/?q=собрание&page=2"))
    assert len(first_page) == 15
    back = second.one("a", rel="prev")["href"]

    assert "q=%D1%81%D0%BE%D0%B1" in back
    assert Html(client.get(f"/ru/search/{back}")).all("a", href=first_page[0])
    for page in ("999", "0", "-1", "abc", "1e9", "9" * 50):
        assert client.get(f"/ru/search/?q=собрание&page={page}").status_code == 200


def test_unpublished_and_draft_pages_are_never_found(client):
    page = first(QuestionPage, "ru")
    page.title = "Мамонт на крыше"
    page.save_revision().publish()
    assert found(client, "ru", "мамонты") == [page.url]

    Page.objects.get(pk=page.pk).specific.unpublish()
    assert found(client, "ru", "мамонты") == []

    draft = QuestionPage(title="Диплодок", slug="diplodok", short_answer="Диплодоки во дворе.", live=False)
    first(TopicPage, "ru").add_child(instance=draft)
    draft.save_revision()
    assert found(client, "ru", "диплодок") == []
    draft.save_revision().publish()
    assert found(client, "ru", "диплодок") == [draft.url]


def test_what_an_editor_has_not_published_yet_is_not_found(client):
    page = first(QuestionPage, "ru")
    page.title = "Мамонт на крыше"
    page.save_revision()

    assert found(client, "ru", "мамонты") == []


def test_hidden_words_find_a_page_and_are_not_shown(client):
    page = first(QuestionPage, "ru")
    page.hidden_words = "птеродактыль, птиродактиль"
    page.save_revision().publish()

    assert found(client, "ru", "птиродактиль") == [page.url]
    assert "птиродактиль" not in Html(client.get(page.url)).main
