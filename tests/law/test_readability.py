"""Reading levels: figures we can count by hand, and which of two texts is harder."""

from __future__ import annotations

import pytest

from faq.questions import QuestionPage
from law import readability
from law.content_checks import EASE_RU_LIMIT, LIX_KK_LIMIT
from law.passages import passages
from tests.core.sample import live

EASY_RU = "Кран течёт. Позвоните в офис. Мастер придёт сегодня."
HARD_RU = (
    "Осуществление уполномоченными представителями предусмотренных законодательством контрольно-распорядительных "
    "полномочий обеспечивается посредством систематического документирования принимаемых управленческих решений."
)
EASY_KK = "Кран ағып тұр. Кеңсеге хабарласыңыз. Шебер бүгін келеді."
HARD_KK = (
    "Кондоминиум объектісінің ортақ мүлкін пайдалануға байланысты меншік иелерінің міндеттемелерінің орындалуын "
    "қамтамасыз ететін уәкілетті өкілдердің шаруашылық-қаржылық іс-шараларды келісуі құжаттандырылуға жатады."
)


def test_words_and_sentences_are_counted_as_a_reader_counts_them():
    found = readability.figures("По ст. 42 нужен кворум. «Сколько?» — спросите вы.\nПятьдесят процентов + 1 голос")

    assert len(found.words) == 10
    assert found.sentences == ["По ст. 42 нужен кворум.", "«Сколько?» — спросите вы.", "Пятьдесят процентов + 1 голос"]


def test_the_russian_formula_is_that_of_oborneva():
    # two sentences, four words, eight syllables: 206.835 − 1.3 × 2 − 60.1 × 2
    assert readability.ease_ru("Мама мыла. Папа варил.") == pytest.approx(84.035)


def test_the_kazakh_measure_adds_the_share_of_long_words_to_the_length_of_sentences():
    # one sentence, four words, one of ten letters and more
    assert readability.lix_kk("Жиналыс туралы хабарландыру ілінді.") == pytest.approx(4 + 25)


def test_official_words_are_told_from_plain_ones():
    assert readability.ease_ru(EASY_RU) > 60 > EASE_RU_LIMIT > readability.ease_ru(HARD_RU)
    assert readability.lix_kk(EASY_KK) < LIX_KK_LIMIT < readability.lix_kk(HARD_KK)


@pytest.mark.parametrize("measure", [readability.ease_ru, readability.lix_kk])
@pytest.mark.parametrize("text", ["", "  ", "42 (5) — !", "\n…\n"])
def test_a_text_without_words_has_no_level(measure, text):
    with pytest.raises(ValueError, match="no reading level"):
        measure(text)


def test_the_longest_sentence_is_the_one_with_most_words():
    assert readability.longest_sentence(f"{EASY_RU} Это предложение здесь самое длинное из всех. Да.") == (
        "Это предложение здесь самое длинное из всех."
    )
    assert readability.longest_sentence("…") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "measure", "is_within"),
    [
        ("ru", readability.ease_ru, lambda level: level > EASE_RU_LIMIT),
        ("kk", readability.lix_kk, lambda level: level < LIX_KK_LIMIT),
    ],
)
def test_all_our_own_answers_are_on_the_right_side_of_the_limit(language, measure, is_within):
    pages = list(live(QuestionPage, language))
    texts = ["\n".join(passage.text for passage in passages(page)) for page in pages]
    if language == "kk":
        texts += [page.short_answer for page in pages]

    assert len(pages) == 51
    assert [text for text in texts if not is_within(measure(text))] == []
