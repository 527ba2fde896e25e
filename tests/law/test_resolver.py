"""A citation is understood however people write it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from law import references
from law.models import LegalAct, Provision
from law.resolver import parse, resolve

numbers = st.lists(st.integers(1, 999), min_size=1, max_size=2).map(lambda parts: "-".join(map(str, parts)))
refs = st.builds(
    lambda article, parts: article + "".join(f"({part})" for part in parts), numbers, st.lists(numbers, max_size=2)
)

RUSSIAN = ("статья {}", ["пункт {}", "подпункт {}"])
SHORT = ("ст. {}", ["п. {}", "пп. {})"])
LOOSE = ("ст.{}", ["п.{}", "п.п. {})"])
PARTS = ("ст {}", ["ч {}", "п {}"])
CASES = ("статьи {}", ["пункта {}", "подпункта {})"])
KAZAKH = ("{}-бап", ["{}-тармақ", "{}-тармақша"])
KAZAKH_CASES = ("{}-баптың", ["{}-тармағының", "{}) тармақшасы"])
DOWN = [", ", " ", ",\u00a0"]
STYLES = [
    *((style, joint, False) for style in (RUSSIAN, SHORT, LOOSE, PARTS) for joint in DOWN),
    *((style, " ", True) for style in (SHORT, LOOSE, PARTS, CASES)),
    *((style, joint, False) for style in (KAZAKH, KAZAKH_CASES) for joint in DOWN),
]
WRITTEN = [
    ("42-бап", ["42"]),
    ("п.п. 5) п. 2 ст. 42", ["42(2)(5)"]),
    ("подпункт 12 пункта 5 статьи 42", ["42(5)(12)"]),
    ("статья 51-1, пункт 4", ["51-1(4)"]),
    ("42-баптың 5-тармағының 12) тармақшасы", ["42(5)(12)"]),
    ("42 бап 5 тармак", ["42(5)"]),
    ("ст.42 ч.2", ["42(2)"]),
    ("42(8)", ["42(8)"]),
    ("42 (8)", ["42(8)"]),
    ("51-1", ["51-1"]),
    ("ст. 42(5)(12)", ["42(5)(12)"]),
    ("cт. 42, п. 8", ["42(8)"]),
    ("42-бaп, 8-тaрмaқ", ["42(8)"]),
    ("ст.\u00a042,\u00a0п.\u00a08", ["42(8)"]),
    ("ст. 42‑1", ["42-1"]),
    ("СТ. 42 – 1", ["42-1"]),
    ("ст. 42, пп. 12 п. 5", ["42(5)(12)"]),
    ("ст. 42, п. 8 и ст. 43, п. 2", ["42(8)", "43(2)"]),
    ("п. 3 ст. 42 и п. 2 ст. 43", ["42(3)", "43(2)"]),
    ("ст. 42, 43 и 44", ["42", "43", "44"]),
    ("42, 43-баптар", ["42", "43"]),
    ("пп. 1), 2) п. 3 ст. 42", ["42(3)(1)", "42(3)(2)"]),
    ("ст. 42 п. 8, ст. 43 п. 1, 43-1-бап", ["42(8)", "43(1)", "43-1"]),
    ("Согласно статье 42 собрание проводит совет дома", ["42"]),
    ("ст. 42 п. 5 пп. 12 ч. 3", ["42(5)(12)"]),
    ("п. 8", []),
    ("собрание в 42 квартирах", []),
    ("2 стакана, 3 части", []),
    ("", []),
]


def in_style(ref: str, style, joint: str, upwards: bool) -> str:
    article, parts = references.parse(ref)
    of_article, of_parts = style
    words = [of_article.format(article), *(word.format(part) for word, part in zip(of_parts, parts, strict=False))]
    return joint.join(reversed(words) if upwards else words)


@settings(max_examples=20, deadline=None)
@given(refs)
@pytest.mark.parametrize(("style", "joint", "upwards"), STYLES)
def test_every_reference_comes_back_in_every_style(style, joint, upwards, ref):
    assert [citation.ref for citation in parse(in_style(ref, style, joint, upwards))] == [ref]


@given(refs, st.sampled_from(["kk", "ru"]))
def test_our_own_words_are_understood(ref, language):
    assert [citation.ref for citation in parse(references.in_words(ref, language))] == [ref]


@given(refs)
def test_a_reference_as_it_stands_in_the_data_is_understood(ref):
    assert [citation.ref for citation in parse(ref)] == [ref]


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_a_citation_is_read_as_people_write_it(text, expected):
    assert [citation.ref for citation in parse(text)] == expected


@settings(max_examples=200, deadline=None)
@given(st.text() | st.text(alphabet="ст.пч 42-(),)бапрмқшғө;№«»\u00a0"))
def test_no_text_is_too_odd(text):
    assert all(references.parse(citation.ref) for citation in parse(text))


@pytest.mark.parametrize("text", ["(" * 5000, "ст. 1, " * 5000, "1-" * 9000, "п. 1 " * 9000, "9" * 9000, "1,2," * 900])
def test_a_very_long_text_is_read_quickly_and_in_part(text):
    assert len(parse(text)) <= 20


# Acts -----------------------------------------------------------------------------------------------------------------

ALIASES = {
    "housing-law": "ЗРК О жилищных отношениях\nЖК",
    "coao": "КоАП\nӘҚБтК",
    "appc": "АППК\nӘРПК",
}
NAMED = [
    ("ст. 42-1 ЗРК «О жилищных отношениях»", "housing-law", "42-1"),
    ("ЖК ст 34-1 п 3", "housing-law", "34-1(3)"),
    ("КоАП ст. 320", "coao", "320"),
    ("КoАП ст. 320", "coao", "320"),
    ("ӘҚБтК 63-бап", "coao", "63"),
    ("ст. 91 АППК", "appc", "91"),
    ("статья 7 Гражданского кодекса", "civil-code", "7"),
    ("Азаматтық кодекстің 7-бабы", "civil-code", "7"),
    ("п. 2 ст. 11 Закона РК «О персональных данных и их защите»", "personal-data", "11(2)"),
    ("«Нотариат туралы» заңның 34-бабының 1-тармағы", "notary-law", "34(1)"),
    ("ст. 5 закона № 94-V", "personal-data", "5"),
    ("housing-law 42(8)", "housing-law", "42(8)"),
    ("приказ № 163", "order-163", ""),
    ("О доступе к информации", "access-info", ""),
]


@pytest.fixture
def called(db):
    for key, aliases in ALIASES.items():
        LegalAct.objects.filter(key=key).update(aliases=aliases)


@pytest.mark.parametrize(("text", "key", "ref"), NAMED)
def test_the_act_is_found_by_any_of_its_names(called, text, key, ref):
    assert [(proposal.act.key, proposal.ref) for proposal in resolve(text)] == [(key, ref)]


def test_the_housing_law_is_meant_where_no_act_is_named(called):
    [proposal] = resolve("ст. 42, п. 8")

    assert proposal.act.key == "housing-law"
    assert proposal.provision == Provision.objects.get(act=proposal.act, ref="42(8)")


def test_each_citation_of_a_text_has_its_own_act(called):
    found = resolve("ст. 42 п. 8 ЗРК «О жилищных отношениях», ст. 320 КоАП; ӘРПК 91-бап, ст. 42 п. 8 ЖК")

    assert [(one.act.key, one.ref) for one in found] == [("housing-law", "42(8)"), ("coao", "320"), ("appc", "91")]


def test_names_may_lead_in_russian_too(called):
    found = resolve("ЖК ст 34-1 п 3, КоАП ст 320")

    assert [(one.act.key, one.ref) for one in found] == [("housing-law", "34-1(3)"), ("coao", "320")]


def test_a_name_after_several_articles_holds_for_all_of_them(called):
    assert [(one.act.key, one.ref) for one in resolve("ст. 319 и ст. 320 КоАП")] == [("coao", "319"), ("coao", "320")]


def test_what_the_register_has_not_is_proposed_with_what_encloses_it(called):
    act = LegalAct.objects.get(key="housing-law")
    whole = Provision.objects.get_or_create(act=act, ref="42")[0]

    [proposal] = resolve("ст. 42, п. 77, пп. 3")

    assert (proposal.ref, proposal.provision, proposal.nearest) == ("42(77)(3)", None, whole)


def test_words_without_a_citation_or_an_act_mean_nothing(called):
    assert resolve("как собрать кворум") == []
    assert resolve("") == []


def test_the_longest_text_costs_two_queries(called):
    text = ", ".join(f"ст. {number} КоАП" for number in range(1, 40))

    with CaptureQueriesContext(connection) as queries:
        assert len(resolve(text)) == 20

    assert len(queries) == 2
