"""From the Markdown of the content files to blocks of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.blocks import BODY_BLOCKS
from core.fields import StreamField
from home.starter.markdown import blocks, rich_text

STREAM = StreamField(BODY_BLOCKS).stream_block


def rendered(source: str) -> str:
    """What a reader gets."""
    return str(STREAM.render(STREAM.normalize(blocks(source))))


def test_plain_text_becomes_rich_text_with_wagtails_own_tags():
    assert rich_text("**Кворум** и *срок*") == "<p><b>Кворум</b> и <i>срок</i></p>\n"
    assert blocks("## Тақырып\n\nМәтін [осында](/kk/acts/).") == [
        ("text", '<h2>Тақырып</h2>\n<p>Мәтін <a href="/kk/acts/">осында</a>.</p>\n')
    ]


def test_a_text_is_cut_at_its_containers_in_order():
    source = "Бір\n\n::: note Ескерту\nЕкі\n:::\n\nҮш\n\n| А | Б |\n|---|---|\n| 1 | 2 |\n\nТөрт"

    assert [kind for kind, _value in blocks(source)] == ["text", "note", "text", "table", "text"]


def test_steps_take_their_titles_from_the_bold_beginning():
    source = "::: steps\n1. **Хабарлаңыз.** Бес күн бұрын.\n2. Кворумды *тексеріңіз*.\n3. **Қол қойыңыз**\n:::"

    ((kind, value),) = blocks(source)

    assert kind == "steps"
    assert value["steps"] == [
        {"title": "Хабарлаңыз", "text": "<p>Бес күн бұрын.</p>"},
        {"title": "", "text": "<p>Кворумды <i>тексеріңіз</i>.</p>"},
        {"title": "Қол қойыңыз", "text": ""},
    ]


def test_a_checklist_keeps_its_title_and_items():
    ((kind, value),) = blocks("::: checklist Тексеріңіз\n- **бір**\n- екі\n  - ішкі\n:::")

    assert kind == "checklist"
    assert value == {"title": "Тексеріңіз", "items": ["<p><b>бір</b></p>", "<p>екі ішкі</p>"]}


@pytest.mark.parametrize("kind", ["note", "warning"])
def test_a_note_keeps_its_kind_and_title(kind):
    assert blocks(f"::: {kind} Тақырып: екі сөз\n**Мәтін**\n:::") == [
        ("note", {"kind": kind, "title": "Тақырып: екі сөз", "text": "<p><b>Мәтін</b></p>\n"})
    ]


def test_a_table_loses_its_rule_and_its_marks():
    ((kind, value),) = blocks("| Не | Қашан |\n|:---|---:|\n| **Есеп** | *20-сына* дейін |")

    assert kind == "table"
    assert value == {"caption": "", "rows": "Не | Қашан\nЕсеп | 20-сына дейін"}


@pytest.mark.parametrize(
    ("source", "title"), [("::: offices\n:::", ""), ("::: offices Фронт-кеңселер\n\n:::", "Фронт-кеңселер")]
)
def test_offices_have_a_title_and_no_text(source, title):
    assert blocks(f"Бір\n\n{source}\n\nЕкі") == [
        ("text", "<p>Бір</p>\n"),
        ("offices", {"title": title}),
        ("text", "<p>Екі</p>\n"),
    ]


PRACTICE = """::: practice Кворум нешеден?
- [x] 51 :: **Жартысынан** көбі.
- [ ] 50 :: Тура жартысы.
law: act 42(8), act 7
:::"""


def test_a_practice_question_keeps_its_answers_their_verdicts_and_its_law():
    ((kind, value),) = blocks(PRACTICE, str.upper)

    assert kind == "practice"
    assert value == {
        "question": "Кворум нешеден?",
        "options": [
            {"text": "51", "is_right": True, "why": "<p><b>Жартысынан</b> көбі.</p>"},
            {"text": "50", "is_right": False, "why": "<p>Тура жартысы.</p>"},
        ],
        "provisions": ["ACT 42(8)", "ACT 7"],
    }


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (PRACTICE.replace("law: act 42(8), act 7\n", ""), "rests on no provision"),
        (PRACTICE.replace(" :: Тура жартысы.", ""), "neither an answer nor law"),
        (PRACTICE.replace("[ ]", "[y]"), "neither an answer nor law"),
    ],
)
def test_a_practice_question_without_its_parts_is_named(source, complaint):
    with pytest.raises(ValueError, match=complaint):
        blocks(source, str)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("::: note Тақырып\nМәтін", "container note 'Тақырып' is not closed"),
        ("Мәтін\n\n::: steps\n1. Бір", "container steps '' is not closed"),
        ("::: poem\nМәтін\n:::", "unknown container poem"),
        ("::: offices\nАстана\n:::", "offices has no text of its own"),
        ("Мәтін\n:::", "closed that was never opened"),
        ("::: note\nБір\n:::\n:::", "closed that was never opened"),
        ("::: note\nБір\n::: steps\n1. Екі\n:::\n:::", "closed that was never opened"),
    ],
)
def test_a_broken_container_is_named(source, complaint):
    with pytest.raises(ValueError, match=complaint):
        blocks(source)


@pytest.mark.parametrize("empty", ["", "\n\n", "::: note\n:::", "   "])
def test_an_empty_text_makes_no_block(empty):
    assert blocks(empty) == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "мәтін <img src=x onerror=alert(1)> мәтін",
        "::: note <script>alert(1)</script>\n<script>alert(1)</script>\n:::",
        "::: steps\n1. **<script>alert(1)</script>** <script>alert(1)</script>\n:::",
        "::: checklist <script>alert(1)</script>\n- <script>alert(1)</script>\n:::",
        "| <script>alert(1)</script> | б |\n|---|---|\n| <script>alert(1)</script> | <b>1</b> |",
        "[мәтін](javascript:alert(1))",
        "![сурет](javascript:alert(1))",
    ],
)
def test_no_markup_of_the_source_reaches_a_page(source):
    html = rendered(source)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert html.strip()


@given(st.text(alphabet="абв :-|*#>[](){}<script>&\"'`\n1.", max_size=200))
def test_any_text_is_either_cut_into_blocks_or_refused(source):
    try:
        found = blocks(source)
    except ValueError:
        return
    assert {kind for kind, _value in found} <= {"text", "table", "steps", "checklist", "note"}
    assert "<script" not in rendered(source)
