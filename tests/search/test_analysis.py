"""Word forms meet in the index, and no text can break the analyser."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import (
    ABBREVIATIONS,
    MAX_CHARACTERS,
    MAX_TOKENS,
    STOP_WORDS,
    forms,
    indexed,
    normalise,
    question,
    tokens,
)
from search.query import all_words, any_word, closeness

ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
words = st.text(alphabet=ALPHABET, min_size=1, max_size=25)
texts = st.text(max_size=400) | st.lists(words | st.sampled_from(["42-1", "ОСИ", '"', "%", "NEAR("])).map(" ".join)

MEET = [
    ("собраний", "собрание"),
    ("собрания", "собранию"),
    ("взносов", "взносы"),
    ("взноса", "взнос"),
    ("председателя", "председатель"),
    ("квартирантом", "квартирант"),
    ("жиналыста", "жиналыс"),
    ("жиналысты", "жиналыстың"),
    ("пәтерлер", "пәтердің"),
    ("пәтерлердің", "пәтер"),
    ("үйлер", "үй"),
    ("үйдің", "үйге"),
    ("қарызды", "қарыз"),
    ("қарызы", "қарыздар"),
    ("көршілер", "көршіден"),
    ("төраға", "төрағаны"),
    ("жарнаны", "жарна"),
    ("қабығы", "қабық"),
]
APART = [("оси", "ось"), ("взнос", "вода"), ("үй", "үйрек"), ("жиналыс", "жинақ"), ("қарыз", "қар"), ("42", "42-1")]


def meet(one: str, other: str) -> bool:
    """Whether a page with one word is found by the other: asked without knowing the language."""
    return bool(set(indexed(one).split()) & set(question(other)[0]))


@pytest.mark.parametrize(("one", "other"), MEET)
def test_forms_of_one_word_meet_both_ways(one, other):
    assert meet(one, other)
    assert meet(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one, other):
    assert not meet(one, other)


@pytest.mark.parametrize("language", ["kk", "ru", None])
@pytest.mark.parametrize("whole", sorted(ABBREVIATIONS) + ["42", "42-1", "207-viii", "0", "2026"])
def test_abbreviations_and_numbers_stay_whole(whole, language):
    assert forms(whole, language) == (whole,)


@pytest.mark.parametrize("text", ["ОСИ", "оси", "Оси"])
def test_an_abbreviation_is_found_however_it_is_typed(text):
    assert question(text) == [("оси",)]


def test_a_number_of_an_article_is_kept_whole_and_in_parts():
    assert tokens("ст. 42-1") == ["ст", "42-1", "42", "1"]
    assert ("42-1",) in question("статья 42-1")


def test_letters_that_people_type_in_two_ways_are_one():
    assert normalise("Ёлка") == normalise("елка") == normalise("ЕЛКА")
    assert meet("отчёт", "отчетов")


@pytest.mark.parametrize("word", ["ёлка", "капитальный", "жөндеу", "й", "Әйтеке"])
def test_composed_and_decomposed_letters_are_equal(word):
    decomposed = unicodedata.normalize("NFD", word)

    assert question(decomposed) == question(unicodedata.normalize("NFC", word))
    assert indexed(decomposed) == indexed(word)


def test_function_words_count_only_when_there_is_nothing_else():
    assert question("что делать с долгом") == question("делать долгом")
    assert question("как быть и что") == question("быть")
    assert [group[0] for group in question("и на что")] == ["и", "на", "что"]
    assert [group[0] for group in question("мен үшін")] == ["мен", "үшін"]


def test_function_words_are_written_as_the_analyser_reads_them():
    assert {word for word in STOP_WORDS | ABBREVIATIONS if tokens(word) != [word]} == set()


@pytest.mark.parametrize("empty", ["", "   ", "\n\t", "???", "—", '"', "%", "*", "()", "😀", "\x00", "_", "- -"])
def test_a_text_without_words_is_no_question(empty):
    assert question(empty) == []
    assert all_words(empty) is None
    assert any_word(empty) is None
    assert closeness(empty, {"Жиналыс": 1}) == 0


def test_only_the_first_two_hundred_characters_and_twelve_words_are_read():
    long = " ".join(f"сөз{number}" for number in range(100))

    assert [group[0] for group in question(long)] == [f"сөз{number}" for number in range(MAX_TOKENS)]
    assert question("я" * MAX_CHARACTERS + "хвост") == question("я" * MAX_CHARACTERS)
    assert question("а " * (MAX_CHARACTERS // 2) + "хвост") == question("а")


def test_a_word_said_twice_counts_once():
    assert question("жиналыс Жиналыс ЖИНАЛЫС") == question("жиналыс")


def test_what_holds_more_of_a_question_in_weightier_texts_is_closer():
    in_title = closeness("взносы на капремонт", {"Сколько платить": 1, "Взнос на капремонт": 3})
    in_summary = closeness("взносы на капремонт", {"Взнос на капремонт": 1, "Сколько платить": 3})
    in_part = closeness("взносы на капремонт", {"Взнос на паркинг": 1, "Сколько платить": 3})

    assert 0 < in_part < in_summary < in_title < 1
    assert closeness("взносы на капремонт", {"Взносам на капремонты": 3}) == 1
    assert closeness("взносы", {"Собрание": 1}) == closeness("взносы", {}) == 0


@given(texts)
@example("\ud800")
@example("-" * 300)
@example("\u0301\u0308")
@example("İıſß")
def test_no_text_breaks_the_analyser_and_the_answer_is_always_the_same(text):
    groups = question(text)

    assert groups == question(text)
    assert len(groups) <= MAX_TOKENS
    assert all(group and all(form and not form.isspace() for form in group) for group in groups)
    for language in ("kk", "ru", None):
        assert indexed(text, language) == indexed(text, language)
    all_words(text)
    assert 0 <= closeness(text, {text: 1.0, f"{text} сөз": 2.0}) <= 1


@given(words)
def test_every_word_is_found_by_itself_in_either_language(word):
    asked = question(word)[0]

    for language in ("kk", "ru"):
        assert set(indexed(word, language).split()) & set(asked)


@given(words)
def test_a_form_is_never_longer_than_its_word(word):
    assert all(len(form) <= len(normalise(word)) for form in forms(normalise(word)))


@given(texts)
def test_what_is_asked_holds_letters_and_digits_only(text):
    """The backend's query language has no letter to hide behind."""
    for group in question(text):
        for form in group:
            assert all(
                character.isalnum() or character == "-" or unicodedata.combining(character) for character in form
            )
