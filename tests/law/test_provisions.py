"""The page of a provision: what it says, whether it holds, and every public text that cites it."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.frame_cache import forget
from law.models import AmendedProvision, Amendment, LegalAct, Provision
from law.pages import ActIndexPage
from law.references import in_words, slug
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first

pytestmark = pytest.mark.django_db


def provision(ref: str = "42(8)", act: str = "housing-law") -> Provision:
    return Provision.objects.get(act__key=act, ref=ref)


def address(language: str, ref: str = "42(8)", act: str = "housing-law") -> str:
    return f"/{language}/acts/{act}/{slug(ref)}/"


def links(html: Html) -> set[str]:
    return {link["href"] for link in html.all("a") if "href" in link.attrs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_provision_tells_its_words_gist_act_edition_and_official_text(client, language):
    row = provision()
    html = Html(client.get(address(language)))

    with translation.override(language):
        assert html.one("h1").text == row.name
        assert row.gist
        assert row.gist in html.main
        assert row.act.title in html.main
    for url in (row.act.url_kk, row.act.url_ru):
        found = html.all("a", href=url)
        assert found
        assert {link["rel"] for link in found} == {"external"}
    assert html.one("link", rel="canonical")["href"].endswith(address(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_link_stays_on_the_provision(client, language):
    other = next(code for code in LANGUAGES if code != language)

    html = Html(client.get(address(language, "42(5)(12)")))

    assert html.one("a", data_language=other)["href"] == address(other, "42(5)(12)")


def test_every_published_provision_has_a_page(client):
    for place, row in enumerate(Provision.objects.all()):
        url = address(LANGUAGES[place % 2], row.ref, row.act.key)  # half of them in each language: the tour is long
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(
    "path",
    [
        "housing-law/999",
        "housing-law/42(8)",
        "housing-law/42..8",
        "housing-law/nothing",
        "no-act/42",
        "housing-law/%D0%B7",
    ],
)
def test_an_unknown_provision_is_not_found(client, path):
    assert client.get(f"/ru/acts/{path}/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_nowhere_in_public(client, language):
    row = provision("42")
    url = address(language, "42")
    assert url in links(Html(client.get(f"/{language}/acts/housing-law/")))

    Provision.objects.filter(pk=row.pk).update(live=False)

    assert client.get(url).status_code == 404
    assert url not in links(Html(client.get(f"/{language}/acts/housing-law/")))
    assert url not in links(Html(client.get(address(language))))
    assert url not in client.get("/sitemap.xml").content.decode()
    assert provision_url(provision("42"), language) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_provisions_of_a_draft_act_are_nowhere_in_public(client, language):
    LegalAct.objects.filter(key="law-207-viii").update(live=False)

    assert client.get(f"/{language}/acts/law-207-viii/").status_code == 404
    assert client.get(address(language, "2(2)", "law-207-viii")).status_code == 404
    assert "law-207-viii" not in client.get("/sitemap.xml").content.decode()
    assert f"/{language}/acts/law-207-viii/" not in links(Html(client.get(f"/{language}/acts/")))
    assert provision_url(provision("2(2)", "law-207-viii"), language) == ""


def provision_url(row: Provision, language: str) -> str:
    with translation.override(language):
        return Template("{% load law_tags %}{% provision_url row %}").render(Context({"row": row}))


def test_a_link_to_a_provision_is_empty_where_the_register_is_not_published():
    assert provision_url(provision(), "kk") == address("kk")

    first(ActIndexPage, "kk").unpublish()

    assert provision_url(provision(), "kk") == ""
    assert provision_url(provision(), "ru") == address("ru")


def test_links_to_provisions_cost_one_lookup_a_request():
    rows = list(Provision.objects.all()[:20])
    forget()
    template = Template("{% load law_tags %}{% for row in rows %}{% provision_url row %}{% endfor %}")

    with translation.override("ru"), CaptureQueriesContext(connection) as queries:
        assert template.render(Context({"rows": rows})).count("/ru/acts/") == 20

    assert len([query for query in queries if "law_actindexpage" in query["sql"]]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_enclosing_article_and_the_parts_are_linked(client, language):
    found = links(Html(client.get(address(language, "42(5)"))))

    assert address(language, "42") in found
    assert {address(language, ref) for ref in ("42(5)(1)", "42(5)(12)")} <= found
    assert address(language, "42(8)") not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_recorded_changes_of_it_and_of_its_article_are_told(client, language):
    def amend(title: str, *refs: str) -> None:
        amendment = Amendment.objects.create(
            title_kk=title, title_ru=title, in_force_on=datetime.date(2027, 1, 1), source_url="https://adilet.zan.kz/x",
            what_kk=f"Мәні: {title}", what_ru=f"Суть: {title}",
        )  # fmt: skip
        for ref in refs:
            AmendedProvision.objects.create(amendment=amendment, provision=provision(ref))

    amend("Alpha", "42(8)")
    amend("Beta", "42", "42(8)")
    amend("Gamma", "42(17)")

    main = Html(client.get(address(language))).main

    assert 0 < main.index("Beta") < main.index("Alpha")
    assert "Gamma" not in main
    assert ("Мәні: Beta" if language == "kk" else "Суть: Beta") in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_repealed_provision_leads_to_the_one_that_replaced_it(client, language):
    Provision.objects.filter(pk=provision("42(8)").pk).update(
        state="repealed", valid_until=datetime.date(2027, 5, 4), replaced_by=provision("47(1)")
    )

    html = Html(client.get(address(language)))

    assert "2027" in html.main
    assert address(language, "47(1)") in links(html)
    assert in_words("47(1)", language) in html.main


def test_the_sitemap_names_every_provision_in_both_languages(client):
    text = client.get("/sitemap.xml").content.decode()

    for row in Provision.objects.all():
        for language in LANGUAGES:
            assert f"{address(language, row.ref, row.act.key)}</loc>" in text
