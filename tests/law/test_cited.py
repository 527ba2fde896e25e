"""Everything a page leans on is found, by whatever route, and costs the same for three citations and for thirty."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.text import capfirst
from wagtail.models import Locale

from faq.guides import GuidePage
from faq.questions import QuestionPage
from law import loaded
from law.cited import cited_by
from law.enums import Route
from law.models import LegalAct, Provision, SharedNote, SharedNoteCitation
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first

pytestmark = pytest.mark.django_db


@pytest.fixture
def rare():
    """An act nobody cites, with as many provisions as asked."""
    act = LegalAct.objects.create(key="rare-act", kind="law", title_kk="Сирек заң", title_ru="Редкий закон")

    def make(number: int = 1, **fields) -> list[Provision]:
        start = Provision.objects.filter(act=act).count() + 1
        return [Provision.objects.create(act=act, ref=str(start + place), **fields) for place in range(number)]

    return make


def link(provision: Provision) -> str:
    return f'<a linktype="provision" id="{provision.pk}">ст. {provision.ref}</a>'


def note_citing(*provisions: Provision, text: str = "", language: str = "ru", **fields) -> SharedNote:
    locale = Locale.objects.get(language_code=language)
    note = SharedNote.objects.create(title="Кворум", text=f"<p>Больше половины. {text}</p>", locale=locale, **fields)
    for place, provision in enumerate(provisions):
        SharedNoteCitation.objects.create(note=note, provision=provision, sort_order=place)
    return note


def everything(provisions: list[Provision], note: SharedNote) -> list:
    """A text that cites by every kind of block."""
    text, step, tick, remark, block = provisions[:5]
    return [
        ("text", f"<p>{link(text)}</p>"),
        ("steps", {"steps": [{"title": "", "text": f"<p>{link(step)}</p>"}]}),
        ("checklist", {"title": "", "items": [f"<p>{link(tick)}</p>"]}),
        ("note", {"kind": "note", "title": "", "text": f"<p>{link(remark)}</p>"}),
        ("citation", {"provision": block, "text": "", "reason": ""}),
        ("shared_note", {"note": note}),
    ]


def test_every_route_is_found_in_the_order_of_the_text(rare):
    row, text, step, tick, remark, block, of_note, in_note = rare(8)
    page = first(QuestionPage, "ru")
    page.citations.all().delete()
    page.citations.add(page.citations.model(provision=row, sort_order=0))
    page.body = everything([text, step, tick, remark, block], note_citing(of_note, text=link(in_note)))

    found = [(cited.provision, cited.route) for cited in cited_by(page)]

    assert found == [
        (row, Route.FIELD),
        (text, Route.TEXT),
        (step, Route.TEXT),
        (tick, Route.TEXT),
        (remark, Route.TEXT),
        (block, Route.BLOCK),
        (of_note, Route.SNIPPET),
        (in_note, Route.SNIPPET),
    ]


def test_the_saved_page_cites_what_the_unsaved_one_did(rare):
    provisions = rare(6)
    page = first(QuestionPage, "ru")
    page.body = everything(provisions, note_citing(provisions[5]))
    before = cited_by(page)
    page.save_revision().publish()

    assert cited_by(QuestionPage.objects.get(pk=page.pk)) == before


def test_a_provision_cited_twice_stands_once_with_its_reason(rare):
    [gone] = rare(state="repealed")
    page = first(QuestionPage, "ru")
    page.citations.all().delete()
    page.body = [("text", link(gone)), ("citation", {"provision": gone, "text": "", "reason": "Так было до 2020 года"})]

    [cited] = cited_by(page)

    assert (cited.provision, cited.reason) == (gone, "Так было до 2020 года")


def test_drafts_and_crafted_links_are_left_out(rare):
    [draft] = rare(live=False)
    [kept] = rare()
    page = first(QuestionPage, "ru")
    page.citations.all().delete()
    crafted = "".join(f'<a linktype="provision" id="{odd}">x</a>' for odd in ("x", "", "-1", "9" * 30, "1e9", "٤"))
    page.body = [
        ("text", f'<p>{crafted}<a linktype="provision">x</a>{link(draft)}{link(kept)}</p>'),
        ("shared_note", {"note": note_citing(kept, live=False)}),
        ("citation", {"provision": None, "text": "", "reason": ""}),
    ]

    assert [cited.provision for cited in cited_by(page)] == [kept]


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_see_every_route_in_the_legal_basis(client, rare, language):
    provisions = rare(7)
    page = first(GuidePage, language)
    page.body = everything(provisions, note_citing(provisions[5], language=language))
    page.save_revision().publish()

    html = Html(client.get(page.url))

    basis = html.one("section", class_="basis").text
    with translation.override(language):
        said = [capfirst(provision.words) for provision in provisions]
    assert [words in basis for words in said] == [True] * 6 + [False]
    for provision in provisions[:6]:
        assert html.all("a", href=f"/{language}/acts/rare-act/{provision.slug}/")


def serve(page: QuestionPage) -> int:
    """Queries of finding and rendering what a public page cites: text, blocks and basis."""
    loaded.begin({"REQUEST_METHOD": "GET"})
    try:
        with CaptureQueriesContext(connection) as queries:
            page.cited  # noqa: B018
            for block in page.body:
                block.render()
    finally:
        loaded.end()
    return len(queries)


def test_thirty_citations_cost_what_three_do_and_at_most_four_queries(rare):
    costs = []
    for number in (1, 10):
        page = first(QuestionPage, "ru")
        page.body = [block for _ in range(number) for block in everything(rare(6), note_citing(*rare(2)))]
        page.save_revision().publish()
        fresh = QuestionPage.objects.get(pk=page.pk)
        serve(fresh)  # the address of the register is remembered for a minute
        costs.append(serve(QuestionPage.objects.get(pk=page.pk)))

    assert costs[0] == costs[1] <= 4


def test_a_page_that_cites_by_rows_alone_costs_one_query():
    pk = first(QuestionPage, "ru").pk
    serve(QuestionPage.to_read().get(pk=pk))  # the address of the register is remembered for a minute

    assert serve(QuestionPage.to_read().get(pk=pk)) == 1


def test_what_one_request_has_loaded_the_next_one_asks_again(client, rare):
    [provision] = rare()
    page = first(QuestionPage, "ru")
    page.body = [("text", f"<p>{link(provision)}</p>")]
    page.save_revision().publish()
    assert client.get(page.url).content.decode().count("rare-act") > 0

    Provision.objects.filter(pk=provision.pk).update(live=False)

    assert "rare-act" not in client.get(page.url).content.decode()
