"""How a provision is written in the data and said to a reader."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from law.models import LegalAct, Provision
from law.references import in_words, parse, sort_key

numbers = st.lists(st.integers(1, 999), min_size=1, max_size=3).map(lambda parts: "-".join(map(str, parts)))
pointed = numbers.map(lambda number: f"({number})")
references = st.builds(lambda article, parts: article + "".join(parts), numbers, st.lists(pointed, max_size=2))

WORDS = [
    ("42", "", "42-бап", "статья 42"),
    ("42(8)", "", "42-бап, 8-тармақ", "статья 42, пункт 8"),
    ("42(5)(12)", "", "42-бап, 5-тармақ, 12-тармақша", "статья 42, пункт 5, подпункт 12"),
    ("51-1(4)", "", "51-1-бап, 4-тармақ", "статья 51-1, пункт 4"),
    ("34-1(3)", "housing-law", "34-1-бап, 3-тармақ", "статья 34-1, пункт 3"),
    # articles of one law that have sub-items and no points
    ("2(24-1)", "housing-law", "2-бап, 24-1-тармақша", "статья 2, подпункт 24-1"),
    ("10-2(9)", "housing-law", "10-2-бап, 9-тармақша", "статья 10-2, подпункт 9"),
    ("2(24-1)", "civil-code", "2-бап, 24-1-тармақ", "статья 2, пункт 24-1"),
]
NONSENSE = [
    "",
    "статья 42",
    "42(",
    "42)",
    "42()x",
    "(8)",
    "42(8",
    "42 (8)",
    "42(8) ",
    "42-",
    "-42",
    "42(8)9",
    "4²",
    "٤٢",
]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("42", ("42", [])),
        ("51-1(4)", ("51-1", ["4"])),
        ("2(24-1)", ("2", ["24-1"])),
        ("42(5)(12)", ("42", ["5", "12"])),
    ],
)
def test_a_reference_is_taken_apart(ref, expected):
    assert parse(ref) == expected
    assert parse(f"  {ref} ") == expected


@pytest.mark.parametrize("nonsense", [text for text in NONSENSE if text != "42(8) "])
def test_nonsense_is_refused_and_sorted_last(nonsense):
    with pytest.raises(ValueError, match="is not a reference"):
        parse(nonsense)

    assert sort_key(nonsense) > sort_key("999-999(999)")


@pytest.mark.parametrize(("ref", "act", "kk", "ru"), WORDS)
def test_a_reference_is_said_in_words(ref, act, kk, ru):
    assert in_words(ref, "kk", act) == kk
    assert in_words(ref, "ru", act) == ru


def test_words_follow_the_readers_language(kk):
    assert in_words("42(8)") == "42-бап, 8-тармақ"


@pytest.mark.parametrize("text", ["приложение 3", "", "42-45"])
def test_what_is_no_reference_of_ours_is_given_back_or_read_as_an_article(text):
    assert in_words(text, "ru") == ("статья 42-45" if text == "42-45" else text)


def test_provisions_stand_in_the_order_of_the_law():
    order = [
        "2(14)",
        "2(24-1)",
        "34",
        "34-1",
        "34-1(3)",
        "42",
        "42(5)(1)",
        "42(5)(12)",
        "42(8)",
        "42(10)",
        "42-1",
        "51",
    ]

    assert sorted(set(order), key=sort_key) == order
    assert all(sort_key(one) < sort_key(other) for one, other in pairwise(order))


@given(references)
def test_every_reference_comes_back_from_its_parts(ref):
    article, parts = parse(ref)

    assert article + "".join(f"({part})" for part in parts) == ref
    assert isinstance(sort_key(ref), tuple)


@given(references, st.sampled_from(["kk", "ru"]), st.sampled_from(["housing-law", ""]))
@example("42(5)(12)(3)", "ru", "")
@example("2(24-1)(3)", "kk", "housing-law")
def test_a_reference_is_said_in_full_or_refused(ref, language, act):
    """A reader who is sent to a point that is too wide would look for the rule in the wrong place."""
    try:
        article, parts = parse(ref)
    except ValueError:
        return
    said = re.findall(r"\d+(?:-\d+)*", in_words(ref, language, act))

    assert said == [article, *parts]


@given(st.lists(references, max_size=8, unique=True))
def test_different_references_never_share_a_place(refs):
    assert len({sort_key(ref) for ref in refs}) == len(refs)


@given(st.text(max_size=50))
def test_any_text_is_either_a_reference_or_refused(text):
    try:
        parse(text)
    except ValueError:
        assert in_words(text, "ru") == text
    assert sort_key(text)


@pytest.mark.django_db
@pytest.mark.parametrize(("ref", "is_good"), [("42(8)", True), ("", True), ("ст. 42", False), ("42(8", False)])
def test_the_admin_refuses_a_reference_that_readers_could_not_find(ref, is_good):
    provision = Provision(act=LegalAct.objects.first(), ref=ref)

    if is_good:
        provision.clean()
    else:
        with pytest.raises(ValidationError) as refused:
            provision.clean()
        assert set(refused.value.message_dict) == {"ref"}
