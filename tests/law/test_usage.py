"""Which public texts the page of a provision lists: every route, the reader's language, the same cost for many."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import ReferenceIndex

from courses.catalogue import LessonPage
from faq.glossary import GlossaryTerm
from faq.guides import GuidePage
from faq.questions import QuestionPage
from law.models import LegalAct, Provision, SharedNote
from law.pages import PER_PAGE
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first, live
from tests.law.test_provisions import address, links

pytestmark = pytest.mark.django_db


def cites(page, cited: Provision, **fields) -> None:
    page.citations.add(page.citations.model(provision=cited, **fields))
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)


def uncited() -> Provision:
    act = LegalAct.objects.get(key="housing-law")
    return Provision.objects.create(act=act, ref="900", gist_kk="Ойдан шығарылған", gist_ru="Придуманная")


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_cite_by_rows_blocks_links_and_shared_notes_are_listed_in_the_readers_language(client, language):
    row = uncited()
    question, guide, lesson, other = (
        first(QuestionPage, language), first(GuidePage, language), first(LessonPage, language),
        live(QuestionPage, language)[1],
    )  # fmt: skip
    cites(question, row)
    guide.body = [*guide.body.raw_data, {"type": "citation", "value": {"provision": row.pk, "text": "", "reason": ""}}]
    note = SharedNote.objects.create(title="Ескерту", text="<p>…</p>", locale=lesson.locale)
    note.citations.add(note.citations.model(provision=row))
    note.save()
    lesson.body = [*lesson.body.raw_data, {"type": "shared_note", "value": {"note": note.pk}}]
    link = f'<p><a linktype="provision" id="{row.pk}">900</a></p>'
    other.body = [*other.body.raw_data, {"type": "text", "value": link}]
    for page in (guide, lesson, other):
        page.save_revision().publish()
        ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))
    ReferenceIndex.create_or_update_for_object(note)

    mine, theirs = (Html(client.get(address(code, "900"))) for code in (language, *set(LANGUAGES) - {language}))

    expected = {page.url for page in (question, guide, lesson, other)}
    assert expected <= links(mine)
    assert not expected & links(theirs)
    kinds = [heading.text for heading in mine.all("h3")]
    assert len(kinds) == len(set(kinds)) == 3

    SharedNote.objects.filter(pk=note.pk).update(live=False)
    guide.unpublish()

    assert links(Html(client.get(address(language, "900")))) & expected == {question.url, other.url}


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_and_duties_that_rest_on_it_are_listed(client, language):
    found = links(Html(client.get(address(language, "42(17)"))))

    assert f"/{language}/deadlines/" in found
    assert f"/{language}/glossary/#protokol-sobraniya" in found

    GlossaryTerm.objects.filter(slug="protokol-sobraniya").update(live=False)

    assert f"/{language}/glossary/#protokol-sobraniya" not in links(Html(client.get(address(language, "42(17)"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_act_counts_the_texts_behind_each_provision(client, language):
    row = uncited()
    for page in live(QuestionPage, language)[:3]:
        cites(page, row)

    html = Html(client.get(f"/{language}/acts/housing-law/"))

    with translation.override(language):
        start = html.main.index(row.gist)
    assert re.search(r"\b3\b", html.main[start : start + 80])


def test_a_long_list_is_paginated_and_costs_the_same(client):
    row = uncited()
    parent = first(QuestionPage, "kk").get_parent()

    def more(number: int) -> None:
        for place in range(number):
            page = QuestionPage(title=f"Сұрақ {row.pk}-{place}", short_answer="…", locale=parent.locale)
            parent.add_child(instance=page)
            page.citations.add(page.citations.model(provision=row))
            page.save()
            ReferenceIndex.create_or_update_for_object(page)
            Provision.objects.create(act=row.act, ref=f"900({parent.get_children_count()})")

    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    more(6)
    urls = [address("kk", "900"), "/kk/acts/housing-law/", "/kk/acts/"]
    before = [cost(url) for url in urls]
    more(PER_PAGE)

    assert [cost(url) for url in urls] == before
    assert len(Html(client.get(urls[0])).all("a", class_="row")) >= PER_PAGE
    second = Html(client.get(f"{urls[0]}?page=2"))
    assert len([link for link in second.all("a", class_="row") if "/questions/" in link["href"]]) == 6
    for strange in ("?page=0", "?page=-1", "?page=x", "?page=99999999999999999999"):
        assert client.get(urls[0] + strange).status_code == 200
