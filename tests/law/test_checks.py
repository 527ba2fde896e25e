"""What is found in the words of a draft."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from courses.catalogue import LessonPage
from faq.guides import GuidePage
from faq.questions import QuestionPage
from faq.trees import DecisionTreePage
from home.pages import StandardPage
from law import content_checks as checks
from law.content_checks import content_problems, speaks_of_law
from law.models import Provision
from tests.core.sample import LANGUAGES, first, live

pytestmark = pytest.mark.django_db

STATEMENT = {
    "kk": "Меншік иесі ай сайын жарна төлеуге міндетті.",
    "ru": "Собственник обязан каждый месяц платить взнос.",
}
PLAIN = {"kk": "Кеңсеге келіңіз, біз көмектесеміз.", "ru": "Приходите в офис, мы поможем."}
HARD = {
    "kk": "Кондоминиум объектісінің ортақ мүлкін пайдалануға байланысты меншік иелерінің міндеттемелерінің орындалуын "
    "қамтамасыз ететін уәкілетті өкілдердің шаруашылық-қаржылық іс-шараларды келісуі құжаттандырылуға жатады " * 3,
    "ru": "Осуществление уполномоченными представителями предусмотренных законодательством распорядительных полномочий "
    "обеспечивается посредством систематического документирования принимаемых управленческих решений " * 4,
}


def question(language: str, *, html: str = "", short_answer: str = "", cites: bool = False, body=()) -> QuestionPage:
    """A question as the editor has it open."""
    page = first(QuestionPage, language)
    page.short_answer = short_answer or PLAIN[language]
    page.body = [("text", html)] if html else list(body)
    if not cites:
        page.citations.all().delete()
        page.citations = []
    return page


def rules(page: Page) -> list[str]:
    return [problem.rule for problem in content_problems(page)]


@pytest.mark.parametrize("model", [QuestionPage, GuidePage, LessonPage, DecisionTreePage])
@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_pages_of_law_are_good(language, model):
    assert {page.slug: found for page in live(model, language) if (found := rules(page))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_law_that_cites_nothing_is_told_and_one_that_cites_is_not(language):
    assert rules(question(language, cites=True)) == []
    assert rules(question(language)) == [checks.NO_CITATION]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_needs_a_citation_and_plain_words_need_none(language):
    found = content_problems(question(language, html=f"<p>{STATEMENT[language]}</p><p>{PLAIN[language]}</p>"))

    assert [(problem.rule, problem.detail) for problem in found] == [
        (checks.NO_CITATION, ""),
        (checks.UNCITED_STATEMENT, STATEMENT[language]),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_sources_speaks_for_every_statement(language):
    assert rules(question(language, html=f"<p>{STATEMENT[language]}</p>", cites=True)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_a_provision_speaks_for_its_own_paragraph_and_its_neighbours_only(language):
    linked = f'<p>{STATEMENT[language]} <a linktype="provision" id="{Provision.objects.first().pk}">42</a></p>'
    beside, far = f"<p>{STATEMENT[language]}</p>", f"<p>{PLAIN[language]}</p><p>{STATEMENT[language]}</p>"

    assert rules(question(language, html=linked + beside)) == []
    assert rules(question(language, html=linked + far)) == [checks.UNCITED_STATEMENT]


def test_a_block_with_a_provision_speaks_for_the_text_beside_it():
    citation = {"provision": Provision.objects.first(), "text": f"<p>{STATEMENT['ru']}</p>", "reason": ""}
    text = ("text", f"<p>{STATEMENT['ru']}</p>")

    assert rules(question("ru", body=[text, ("citation", citation)])) == []


@pytest.mark.parametrize("block", ["steps", "checklist", "note"])
def test_statements_are_found_in_every_block_of_words(block):
    statement = f"<p>{STATEMENT['kk']}</p>"
    value = {
        "steps": {"steps": [{"title": "Бір", "text": statement}]},
        "checklist": {"title": "Тексеріңіз", "items": [statement]},
        "note": {"kind": "note", "title": "", "text": statement},
    }[block]

    assert checks.UNCITED_STATEMENT in rules(question("kk", body=[(block, value)]))


def test_pages_that_are_no_pages_of_law_are_told_of_statements_alone():
    page = first(StandardPage, "ru")
    page.body = [("text", f"<p>{STATEMENT['ru']}</p>")]
    assert rules(page) == [checks.UNCITED_STATEMENT]


def test_at_most_five_statements_are_named():
    page = question("ru", html="".join(f"<p>{number}. {STATEMENT['ru']}</p>" for number in range(40)))
    assert rules(page).count(checks.UNCITED_STATEMENT) == 5


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (240, []),
        (241, [checks.SHORT_ANSWER_LONG]),
        (300, [checks.SHORT_ANSWER_LONG]),
        (301, [checks.SHORT_ANSWER_TOO_LONG]),
    ],
)
def test_a_short_answer_is_short(length, expected):
    page = question("kk", short_answer="ә" * length, cites=True)
    assert rules(page) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hard_text_is_told_with_its_longest_sentence(language):
    (problem,) = content_problems(
        question(language, html=f"<p>{PLAIN[language]}</p><p>{HARD[language]}</p>", cites=True)
    )

    assert problem.rule == checks.HARD_TO_READ
    assert problem.detail == HARD[language].strip()


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("/ru/acts/housing-law/", True),
        ("/kk/acts/housing-law", True),
        ("https://amanat.kz/ru/acts/housing-law/?x=1#top", True),
        ("https://adilet.zan.kz/rus/docs/Z970000094_", True),
        ("http://www.adilet.zan.kz/kaz/docs/Z970000094_#z42", True),
        ("https://adilet.zan.kz", False),
        ("https://adilet.zan.kz.example.com/rus/docs/Z1", False),
        ("/ru/acts/", False),
        ("/ru/acts/housing-law/42.8/", False),
        ("/ru/guides/", False),
        ("", False),
    ],
)
def test_a_link_to_an_act_is_told_and_one_to_a_provision_is_not(address, is_told):
    page = question("ru", html=f'<p>Подробно <a href="{address}">здесь</a>.</p>', cites=True)
    assert [(problem.rule, problem.detail) for problem in content_problems(page)] == (
        [(checks.LINK_TO_ACT, "здесь")] if is_told else []
    )


@pytest.mark.parametrize(
    "text",
    [
        "ОСИ обязано отчитаться", "Вы вправе отказаться", "Курить запрещено", "По статье 42", "см. ст. 42",
        "Не допускается", "Имеет право голоса", "Төлеуге МІНДЕТТІ", "Талап етуге құқылы",
        "Тыйым салынады", "42-бап бойынша", "осы бапта",
    ],
)  # fmt: skip
def test_words_of_law_are_heard(text):
    assert speaks_of_law(text)


@pytest.mark.parametrize(
    "text", ["Бапкер келді", "Статистика дома", "Кран ағып тұр", "Платёж пришёл", "Бас бапкер", ""]
)
def test_words_that_only_look_like_it_are_not(text):
    assert not speaks_of_law(text)


def test_a_draft_is_judged_without_a_query(django_assert_num_queries):
    stored = first(QuestionPage, "ru")
    draft = stored.with_content_json(stored.serializable_data())
    assert draft.locale

    with django_assert_num_queries(0):
        content_problems(draft)
