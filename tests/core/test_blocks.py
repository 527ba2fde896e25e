"""Blocks of a page's text: what an editor sees in the picker is what a reader gets."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.blocks import StreamBlock

from core.blocks import BODY_BLOCKS, ChecklistBlock, NoteBlock, StepsBlock, TableBlock
from core.blocks.text import TextBlock
from faq.questions import QuestionPage
from tests.core.html import Html
from tests.core.sample import first
from tests.factories import make_user

EVIL = "<script>alert(1)</script>"
BLOCKS = [pytest.param(block, id=name) for name, block in BODY_BLOCKS]
WORDS_OF_PREVIEW = {
    "text": "Кворум",
    "steps": "Хабарлаңыз",
    "checklist": "Хаттамаға қол қойылды",
    "note": "100 пәтер",
    "table": "20-сына дейін",
    "image": "Сауалнама парағы",
    "document": "Хаттама үлгісі",
}


def render(block, value) -> str:
    return block.render(block.normalize(value))


def table(rows: str):
    block = TableBlock()
    return block.normalize({"caption": "", "rows": rows})


@pytest.mark.parametrize(("name", "block"), BODY_BLOCKS)
def test_a_block_renders_its_preview_through_its_own_template(name, block):
    html = block.render(block.get_preview_value())

    assert WORDS_OF_PREVIEW[name] in html
    assert block.meta.template == f"blocks/{name}.html"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, _block in BODY_BLOCKS])
def test_an_editor_sees_the_preview_of_each_block(client, name):
    client.force_login(make_user(group="Editors"))
    block = QuestionPage._meta.get_field("body").stream_block.child_blocks[name]

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert WORDS_OF_PREVIEW[name] in response.content.decode()


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (NoteBlock(), {"kind": "note", "title": EVIL, "text": "<p>Мәтін</p>"}),
        (NoteBlock(), {"kind": "warning", "title": EVIL, "text": ""}),
        (StepsBlock(), {"steps": [{"title": EVIL, "text": ""}]}),
        (ChecklistBlock(), {"title": EVIL, "items": ["<p>Мәтін</p>"]}),
        (TableBlock(), {"caption": EVIL, "rows": f"{EVIL} | Б\n1 | {EVIL}"}),
    ],
    ids=["note", "warning", "steps", "checklist", "table"],
)
def test_markup_in_plain_fields_is_shown_and_not_run(block, value):
    html = render(block, value)

    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.django_db
def test_rich_text_from_the_editor_form_loses_scripts_and_handlers():
    block = StreamBlock([("text", TextBlock())]).child_blocks["text"]
    dirty = (
        '{"entityMap":{"0":{"type":"LINK","mutability":"MUTABLE","data":{"url":"javascript:alert(1)"}}},"blocks":[{"key":"a",'
        '"text":"<script>alert(1)</script>","type":"unstyled","depth":0,"inlineStyleRanges":[],'
        '"entityRanges":[{"offset":0,"length":8,"key":0}]}]}'
    )

    stored = block.field.clean(block.field.widget.value_from_datadict({"x": dirty}, {}, "x"))

    html = block.render(block.value_from_form(stored))
    assert "<script" not in html
    assert "javascript:" not in html


def test_rows_of_a_table_get_equal_lengths():
    value = table("Не | Қашан | Кім\nЕсеп | 20-сына дейін\n\nСмета\n")

    assert value.lines == [["Не", "Қашан", "Кім"], ["Есеп", "20-сына дейін", ""], ["Смета", "", ""]]
    assert value.head == ["Не", "Қашан", "Кім"]
    assert len(value.body) == 2


@pytest.mark.parametrize("rows", ["", " \n ", "|", "a"])
def test_a_table_without_rows_or_with_one_renders(rows):
    value = table(rows)

    assert len({len(line) for line in value.lines}) <= 1
    assert "<table" in TableBlock().render(value)


def test_a_wide_table_can_be_scrolled_from_the_keyboard():
    html = render(TableBlock(), {"caption": "Мерзім", "rows": "1 | 2 | 3 | 4\na | b | c | d"})

    assert 'tabindex="0"' in html
    assert 'aria-label="Мерзім"' in html


@pytest.mark.django_db
def test_blocks_in_a_page_keep_their_order_and_headings(client):
    page = first(QuestionPage, "ru")
    page.body = [("text", "<p>Первый.</p>"), ("note", {"kind": "warning", "title": EVIL, "text": "<p>Второй.</p>"})]
    page.save_revision().publish()

    html = Html(client.get(page.url))

    assert html.main.index("Первый.") < html.main.index(EVIL) < html.main.index("Второй.")
