"""The public register of acts."""

from __future__ import annotations

import re

import pytest
from django.utils import formats, translation

from home.starter.files import read
from law.enums import ACT_RANK
from law.models import LegalAct, Provision
from law.pages import ActIndexPage
from law.references import in_words, slug, sort_key
from tests.core.html import Html
from tests.core.sample import LANGUAGES, act_url, first
from tests.core.words import said

pytestmark = pytest.mark.django_db


def written(date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(date, "DATE_FORMAT")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_lists_every_act_from_the_highest_down(client, language):
    facts = read("acts.yaml")
    html = Html(client.get(first(ActIndexPage, language).url))

    listed = [link["href"].rstrip("/").split("/")[-1] for link in html.all("a") if "/acts/" in link["href"]]
    listed = [key for key in listed if key != "acts"]

    assert len(facts) == 36
    assert sorted(listed) == sorted(act["key"] for act in facts)
    acts = LegalAct.objects.in_bulk(listed, field_name="key")
    ranks = [ACT_RANK[acts[key].kind] for key in listed]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) >= 4
    for act in facts:
        assert " ".join(act["title"][language].split()) in html.main
    for one, other in zip(listed, listed[1:], strict=False):
        same_rank = acts[one].kind == acts[other].kind
        dates = acts[one].date, acts[other].date
        assert not (same_rank and all(dates)) or dates[0] >= dates[1], (one, other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_shows_its_provisions_in_the_order_of_the_law(client, language):
    main = Html(client.get(act_url(language))).main
    words = [in_words(ref, language, "housing-law") for ref in ("2(24-1)", "34-1(3)", "42(8)", "42(10)")]
    places = [main.index(text[0].upper() + text[1:]) for text in words]

    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_shows_every_provision_that_the_site_cites(client, language):
    act = LegalAct.objects.get(key="housing-law")
    refs = sorted(act.provisions.exclude(ref="").values_list("ref", flat=True), key=sort_key)

    html = Html(client.get(act_url(language)))

    terms = [term.text.lower() for term in html.all("dt")]
    expected = [in_words(ref, language, "housing-law").lower() for ref in refs]
    assert [term for term in terms if term in set(expected)] == expected
    assert len(expected) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_shows_its_edition_number_date_and_official_text(client, language):
    act = LegalAct.objects.get(key="housing-law")
    html = Html(client.get(act_url(language)))

    assert act.edition_date
    assert said(language, "Edition of %(date)s", date=written(act.edition_date, language)) in html.main
    assert f"№ {act.number}" in html.main
    assert written(act.date, language) in html.main
    for url in (act.url_kk, act.url_ru):
        assert html.one("a", href=url)["rel"] == "external"
    with translation.override(language):
        assert html.one("h1").text == act.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_that_nobody_has_checked_says_so(client, language):
    unchecked = LegalAct.objects.filter(is_verified=False).first()
    checked = LegalAct.objects.filter(is_verified=True).first()
    warning = said(language, "To be checked by a lawyer")

    assert warning in Html(client.get(act_url(language, unchecked.key))).main
    assert warning not in Html(client.get(act_url(language, checked.key))).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_repealed_act_says_so(client, language):
    LegalAct.objects.filter(key="cpc").update(state="repealed")

    assert said(language, "This act is no longer in force.") in Html(client.get(act_url(language, "cpc"))).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_link_of_an_act_leads_to_the_same_act(client, language):
    other = next(code for code in LANGUAGES if code != language)

    html = Html(client.get(act_url(language, "cpc")))

    assert html.one("a", data_language=other)["href"] == act_url(other, "cpc")


@pytest.mark.parametrize("key", ["no-such-act", "HOUSING-LAW", "housing-law/999", "%D0%B7", "..%2f..%2fetc"])
def test_an_unknown_act_is_not_found(client, key):
    assert client.get(f"/ru/acts/{key}/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_has_a_page(client, language):
    for key in LegalAct.objects.values_list("key", flat=True):
        response = client.get(act_url(language, key))

        assert response.status_code == 200, key
        html = Html(response)
        assert html.one("html")["lang"] == language
        assert all(term.text for term in html.all("dt")), f"{key} has a provision without words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citation_is_said_in_the_readers_language_or_left_out(language):
    with translation.override(language):
        words = {provision.words for provision in Provision.objects.all()}

    assert [text for text in words if re.search(r"[A-Za-z]", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_tells_state_edition_and_how_many_provisions_are_cited(client, language):
    act = LegalAct.objects.get(key="housing-law")
    Provision.objects.filter(act=act).exclude(ref__in=["42", "42(8)"]).update(live=False)
    LegalAct.objects.filter(key="cpc").update(state="repealed")

    main = Html(client.get(first(ActIndexPage, language).url)).main

    assert said(language, "Edition of %(date)s", date=written(act.edition_date, language)) in main
    assert said(language, "No longer in force") in main
    line = main[main.index(f"№ {act.number}") :][:120]
    assert re.search(r"\b2\b", line[len(act.number) + 2 :].replace(written(act.date, language), "")), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_links_each_provision_to_its_own_page(client, language):
    html = Html(client.get(act_url(language)))
    refs = LegalAct.objects.get(key="housing-law").provisions.exclude(ref="").values_list("ref", flat=True)

    found = {link["href"] for link in html.all("a") if "href" in link.attrs}

    assert {f"{act_url(language)}{slug(ref)}/" for ref in refs} <= found
