"""Blocks that carry law: what readers see of a provision, and what editors may not do."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from faq.questions import QuestionPage
from law.blocks import CitationBlock
from law.models import LegalAct, Provision, SharedNote
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    return LegalAct.objects.create(
        key="rare-act",
        kind="law",
        title_kk="Сирек заң",
        title_ru="Редкий закон",
        edition_date=datetime.date(2025, 9, 17),
        url_kk="https://example.kz/kk",
        url_ru="https://example.kz/ru",
    )


def show(page: QuestionPage, *blocks) -> None:
    page.body = list(blocks)
    page.save_revision().publish()


def cited(provision: Provision, **more) -> tuple[str, dict]:
    return "citation", {"provision": provision, "text": "", "reason": ""} | more


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_provision_is_shown_with_article_act_edition_and_official_text(client, act, language):
    row = Provision.objects.create(act=act, ref="7(2)", gist_kk="Мәні осы.", gist_ru="Суть такая.")
    page = first(QuestionPage, language)
    show(page, cited(row, text="<p>Қарапайым.</p>"))

    html = Html(client.get(page.url))
    [box] = html.all("div", class_="norm")

    assert html.all("a", href=f"/{language}/acts/rare-act/7.2/")
    for text in (act.title_kk if language == "kk" else act.title_ru, row.gist_kk if language == "kk" else row.gist_ru):
        assert text in box.text
    assert "Қарапайым." in box.text
    assert "2025" in box.text
    assert len(html.all("a", href=f"https://example.kz/{language}")) == 2  # in the block, and in the legal basis


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_repealed_norm_says_so_with_the_reason(client, act, language):
    row = Provision.objects.create(act=act, ref="7", state="repealed")
    page = first(QuestionPage, language)
    show(page, cited(row, reason="Для договоров до 2025 года."))

    [box] = Html(client.get(page.url)).all("div", class_="norm")

    assert said(language, "No longer in force") in box.text
    assert "Для договоров до 2025 года." in box.text


@pytest.mark.parametrize(
    ("state", "reason", "is_good"),
    [
        ("repealed", "", False),
        ("repealed", "  ", False),
        ("repealed", "Для прежних договоров.", True),
        ("amended", "", True),
        ("in_force", "", True),
    ],
)
def test_a_repealed_norm_is_cited_with_a_reason_or_not_at_all(act, state, reason, is_good):
    row, block = Provision.objects.create(act=act, ref="7", state=state), CitationBlock()
    value = block.to_python({"provision": row.pk, "text": "", "reason": reason})

    if is_good:
        assert block.clean(value)["provision"] == row
    else:
        with pytest.raises(ValidationError) as refused:
            block.clean(value)
        assert set(refused.value.block_errors) == {"reason"}


def test_a_draft_is_not_cited(act):
    row, block = Provision.objects.create(act=act, ref="7", live=False), CitationBlock()

    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"provision": row.pk, "text": "", "reason": ""}))

    assert set(refused.value.block_errors) == {"provision"}


def test_a_provision_that_is_gone_leaves_the_words_of_the_editor(client, act):
    row = Provision.objects.create(act=act, ref="7")
    page = first(QuestionPage, "ru")
    show(page, cited(row, text="<p>Своими словами.</p>"))
    Provision.objects.filter(pk=row.pk).delete()

    response = client.get(page.url)

    assert response.status_code == 200
    assert "Своими словами." in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shared_note_shows_its_text_and_its_sources(client, act, language):
    row = Provision.objects.create(act=act, ref="7")
    note = SharedNote(title="МРП", text="<p>4 325 теңге.</p>", locale=Locale.objects.get(language_code=language))
    note.citations.add(note.citations.model(provision=row))
    note.save()
    page = first(QuestionPage, language)
    show(page, ("shared_note", {"note": note}))

    html = Html(client.get(page.url))

    assert "4 325 теңге." in html.main
    assert len(html.all("a", href=f"/{language}/acts/rare-act/7/")) >= 2  # beside the note, and in the legal basis


def test_a_draft_of_a_note_is_not_shown(client):
    note = SharedNote.objects.create(
        title="МРП", text="<p>4 325 теңге.</p>", locale=Locale.objects.get(language_code="ru"), live=False
    )
    page = first(QuestionPage, "ru")
    show(page, ("shared_note", {"note": note}))

    assert "4 325" not in client.get(page.url).content.decode()


def test_thirty_blocks_cost_what_three_do(client, act):
    rows = [Provision.objects.create(act=act, ref=str(number)) for number in range(1, 31)]
    page, costs = first(QuestionPage, "ru"), []
    for number in (3, 30):
        show(page, *(cited(row) for row in rows[:number]))
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 10
