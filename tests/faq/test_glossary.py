"""The glossary in the order of each alphabet."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from faq.glossary import ALPHABET, GlossaryPage, GlossaryTerm, alphabetical
from home.starter.files import read
from law.amendments import Amendment, RadarItem, radar_content_type
from law.enums import RadarOutcome
from law.references import in_words
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def glossary(client, language: str) -> Html:
    response = client.get(first(GlossaryPage, language).url)
    assert response.status_code == 200
    return Html(response)


def terms(html: Html) -> list[str]:
    return [term.text for term in html.all("dt")]


@pytest.mark.parametrize(
    ("language", "order"),
    [
        (
            "kk",
            "ағаш әке баспалдақ гүл ғимарат дауыс қаржы лифт нұсқау орын өсімпұл уақыт ұйым үй хат һәм шот ыдыс іс",
        ),
        ("ru", "акт взнос ёлка жалоба иск йод квартира цена чек шум щит эскиз юрист якорь"),
    ],
)
def test_words_stand_in_the_order_of_the_languages_own_alphabet(language, order):
    words = order.split()

    assert sorted(set(words), key=lambda word: alphabetical(word, language)) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_the_alphabet_has_one_place(language):
    assert len(set(ALPHABET[language])) == len(ALPHABET[language]) == {"kk": 42, "ru": 33}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_capital_letters_stand_with_small_ones(language):
    assert alphabetical("Үй", language) == alphabetical("үй", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_term_in_order_under_its_letter(client, language):
    html = glossary(client, language)
    shown = [term.partition(" (")[0] if term.endswith(")") else term for term in terms(html)]

    assert len(shown) == len(read("glossary.yaml"))
    keys = [alphabetical(term, language) for term in terms(html)]
    assert all(one <= other for one, other in pairwise(keys))
    letters = [heading.text for heading in html.all("h2") if len(heading.text) == 1]
    assert letters == list(dict.fromkeys(term[0].upper() for term in terms(html)))


def test_a_new_kazakh_term_takes_its_place_between_the_letters(client):
    locale = first(GlossaryPage, "kk").locale
    for word in ("Әкім", "Аула", "Ірге", "Ығыстыру", "Баспана"):
        slug = f"new-{ALPHABET['kk'].index(word[0].lower())}"
        GlossaryTerm.objects.create(term=word, slug=slug, definition="Анықтама", locale=locale)

    html = glossary(client, "kk")

    places = [terms(html).index(word) for word in ("Аула", "Әкім", "Баспана", "Ығыстыру", "Ірге")]
    assert places == sorted(places)
    letters = [heading.text for heading in html.all("h2") if len(heading.text) == 1]
    assert letters.index("А") < letters.index("Ә") < letters.index("Б") < letters.index("Ы") < letters.index("І")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_shows_its_abbreviation_definition_and_law(client, language):
    term = GlossaryTerm.objects.get(slug="ksk", locale__language_code=language)
    html = glossary(client, language)

    assert f"{term.term} ({term.abbreviation})" in terms(html)
    assert term.definition in html.main
    words = in_words("2(24-1)", language, "housing-law")
    assert words[0].upper() + words[1:] in html.one("div", id="ksk").text
    assert html.one("div", id="ksk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_in_the_row_of_letters_leads_to_its_terms(client, language):
    html = glossary(client, language)
    targets = {element.attrs.get("id") for element in html.elements}
    jumps = [link["href"] for link in html.all("a") if link["href"].startswith("#letter")]

    assert len(jumps) > 8
    assert {jump[1:] for jump in jumps} <= targets


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_stands_in_all_three_languages(client, language):
    GlossaryTerm.objects.filter(slug="kvorum").update(term_en="quorum of owners")
    twin = GlossaryTerm.objects.exclude(locale__language_code=language).get(slug="osi")

    html = glossary(client, language)

    assert html.one("div", id="kvorum").text.count("quorum of owners") == 1
    assert twin.term in html.one("div", id="osi").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_whose_norm_has_changed_is_marked_until_somebody_has_looked(client, language):
    term = GlossaryTerm.objects.get(slug="kvorum", locale__language_code=language)
    amendment = Amendment.objects.create(
        title_kk="Т",
        title_ru="П",
        source_url="https://e.test/",
        in_force_on=date(2026, 1, 15),
        what_kk="…",
        what_ru="…",
    )
    item = RadarItem.objects.create(
        amendment=amendment, content_type=radar_content_type(GlossaryTerm), object_id=term.pk
    )

    html = glossary(client, language)
    assert len(html.all("span", class_="wait")) == 1
    assert html.one("span", class_="wait").text in html.one("div", id="kvorum").text
    assert "2026" in html.one("span", class_="wait").text

    item.outcome = RadarOutcome.CONFIRMED
    item.save()
    assert not glossary(client, language).all("span", class_="wait")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amendment_that_is_not_in_force_yet_marks_no_term(client, language):
    term = GlossaryTerm.objects.get(slug="kvorum", locale__language_code=language)
    later = timezone.localdate() + timedelta(days=1)
    amendment = Amendment.objects.create(
        title_kk="Т", title_ru="П", source_url="https://e.test/", in_force_on=later, what_kk="…", what_ru="…"
    )
    RadarItem.objects.create(amendment=amendment, content_type=radar_content_type(GlossaryTerm), object_id=term.pk)

    assert not glossary(client, language).all("span", class_="wait")


def test_an_editor_sees_which_terms_are_drafts_and_which_are_explained(client):
    GlossaryTerm.objects.get(slug="kvorum", locale__language_code="ru").unpublish()
    client.force_login(make_user(group="Editors"))
    address = reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))

    def listed(query: str) -> list[str]:
        rows = Html(client.get(f"{address}?locale=ru&{query}")).all("tr")
        return [row.text for row in rows if "кворум" in row.text]

    assert client.get(address).status_code == 200
    assert len(listed("live=false")) == 1
    assert listed("live=true") == []
