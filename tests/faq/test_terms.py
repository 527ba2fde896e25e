"""Words of the glossary explained where a page first uses them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import frame_cache, prose
from courses.catalogue import LessonPage
from faq.glossary import GlossaryPage, GlossaryTerm
from faq.questions import QuestionPage
from faq.terms import explain_terms
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said

pytestmark = pytest.mark.django_db

TEXTS = {
    "kk": "<h2>Кворум</h2><p>Бұл <a href='/x'>кворум</a>. Кворумсыз болмайды, МИБ кворумды есептейді.</p>",
    "ru": "<h2>Кворум</h2><p>Это <a href='/x'>кворум</a>. Без кворума нельзя, ОСИ считает кворум.</p>",
}
WORDS = {"kk": ["Кворумсыз", "МИБ"], "ru": ["кворума", "ОСИ"]}


def with_text(language: str, model=QuestionPage, **fields):
    """A live page whose text is ours."""
    page = first(model, language)
    page.body = [("text", TEXTS[language])]
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def html_of(client, page) -> Html:
    response = client.get(page.url)
    assert response.status_code == 200
    return Html(response)


def marked(html: Html) -> list[str]:
    return [word.text for word in html.all("dfn")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", [QuestionPage, LessonPage])
def test_the_first_of_each_word_leads_to_its_explanation_and_back(client, language, model):
    html = html_of(client, with_text(language, model))

    assert marked(html) == WORDS[language]
    assert said(language, "Words on this page") in html.main
    for slug in ("kvorum", "osi"):
        term = GlossaryTerm.objects.get(slug=slug, locale__language_code=language)
        link = html.one("a", id=f"use-{slug}")
        note = html.one("div", id=link["href"].removeprefix("#"))
        assert term.definition in note.text
        assert html.all("a", href=f"/{language}/glossary/#{slug}")
        assert html.one("a", href=f"#use-{slug}").text == said(language, "Back to the text")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_says_the_english_word(client, language):
    GlossaryTerm.objects.filter(slug="kvorum").update(term_en="quorum of owners")

    note = html_of(client, with_text(language)).one("div", id="term-kvorum")

    assert "quorum of owners" in note.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_switches_the_words_of_a_page_off(client, language):
    html = html_of(client, with_text(language, mark_terms=False))

    assert marked(html) == []
    assert said(language, "Words on this page") not in html.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_switches_one_word_off_everywhere(client, language):
    page = with_text(language)
    term = GlossaryTerm.objects.get(slug="kvorum", locale__language_code=language)
    assert marked(html_of(client, page)) == WORDS[language]

    term.is_marked = False
    term.save_revision().publish()

    assert marked(html_of(client, page)) == WORDS[language][1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_of_a_word_is_shown_nowhere(client, language):
    page = with_text(language)
    term = GlossaryTerm.objects.get(slug="kvorum", locale__language_code=language)
    address = first(GlossaryPage, language).url
    search = f"/{language}/search/?q=кворум"
    shown = f'href="/{language}/glossary/#kvorum"'
    assert shown in client.get(search).content.decode()

    term.unpublish()

    assert marked(html_of(client, page)) == WORDS[language][1:]
    assert not Html(client.get(address)).all("div", id="kvorum")
    assert shown not in client.get(search).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_short_answers_are_left_alone(client, language):
    page = with_text(language, title="ОСИ МИБ кворум?", short_answer="ОСИ МИБ кворум.")

    html = html_of(client, page)

    assert html.one("h1").text == "ОСИ МИБ кворум?"
    assert marked(html) == WORDS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_with_markup_is_words(client, language):
    GlossaryTerm.objects.filter(slug="kvorum").update(definition="<script>alert(1)</script>")
    page = with_text(language)

    html = html_of(client, page)

    assert html.one("div", id="term-kvorum").text.count("<script>alert(1)</script>") == 1


def test_all_the_words_of_a_page_cost_one_query():
    page = first(QuestionPage, "ru")
    assert page.locale.language_code == "ru"  # which the router has read on the way to the page
    frame_cache.forget()
    with CaptureQueriesContext(connection) as queries:
        explain_terms("<p>ОСИ, КСК, кворум, жалоба, пеня, паркинг</p>", page, {})

    assert len(queries) == 1


def test_a_transform_is_registered_once():
    with pytest.raises(ValueError, match="registered already"):
        prose.register(explain_terms)
