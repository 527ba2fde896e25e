"""Practice questions in lessons: a reader checks herself, and nobody counts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.blocks import PracticeBlock
from courses.catalogue import CoursePage, LessonPage
from law.cited import cited_by
from law.models import Provision
from tests.core.html import Html
from tests.core.sample import LANGUAGES, live
from tests.core.words import said

pytestmark = pytest.mark.django_db


def lessons(language: str):
    course = live(CoursePage, language).get(slug="problems-mzhd")
    return LessonPage.objects.child_of(course).live()


def value(*rights: bool, provisions=None):
    block = PracticeBlock()
    options = [
        {"text": f"Жауап {place}", "is_right": right, "why": "<p>Өйткені</p>"} for place, right in enumerate(rights)
    ]
    provisions = [Provision.objects.first()] if provisions is None else provisions
    return block, block.normalize({"question": "Сұрақ", "options": options, "provisions": provisions})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_lesson_of_the_first_course_asks_and_every_answer_opens_with_its_verdict_and_law(client, language):
    verdicts = {True: said(language, "Right", "an answer"), False: said(language, "Wrong", "an answer")}
    for page in lessons(language):
        asked = [block.value for block in page.body if block.block_type == "practice"]
        assert asked
        html = Html(client.get(page.url))
        opened = [element.text for element in html.all("details")]
        for practice in asked:
            assert practice["question"] in html.main
            for option in practice["options"]:
                begins = f"{option['text']} {verdicts[option['is_right']]}"
                (text,) = [text for text in opened if text.startswith(begins)]
                assert all(provision.act.short in text for provision in practice["provisions"])


def test_there_is_nothing_to_send(client):
    html = Html(client.get(lessons("kk").first().url))

    practice = html.one("div", class_="practice")
    assert practice.attrs["role"] == "group"
    assert not [field for field in html.all("input") if field.attrs.get("type") == "radio"]


@pytest.mark.parametrize("rights", [(True, True), (False, False, False)])
def test_a_question_needs_a_right_answer_and_a_wrong_one(rights):
    block, practice = value(*rights)

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(practice)

    assert set(refused.value.block_errors) == {"options"}
    assert block.clean_deferred(practice)["question"] == "Сұрақ"


def test_a_question_needs_a_provision():
    block, practice = value(True, False, provisions=[])

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(practice)

    assert set(refused.value.block_errors) == {"provisions"}


def test_a_whole_question_is_kept():
    block, practice = value(True, False)

    assert block.clean(practice)["options"][0]["is_right"] is True


def test_the_provisions_of_a_question_are_cited_by_the_lesson():
    page = lessons("ru").first()
    provision = Provision.objects.create(act=Provision.objects.first().act, ref="77(7)")
    page.body.append(("practice", value(True, False, provisions=[provision])[1]))
    page.save_revision().publish()

    page = LessonPage.objects.get(pk=page.pk)
    assert provision in [cited.provision for cited in cited_by(page)]


def test_a_lesson_costs_the_same_with_one_question_and_with_ten(client):
    page = lessons("kk").first()

    def cost() -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    before = cost()
    for provision in Provision.objects.exclude(ref="")[:10]:
        page.body.append(("practice", value(True, False, provisions=[provision])[1]))
    page.save_revision().publish()

    assert cost() <= before + 1  # provisions that no row of the lesson names come in one more
