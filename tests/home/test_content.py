"""The content files: both languages say the same, with the same law behind it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from core.outbox import OutboxMessage
from courses.enrolment import Enrolment
from home.starter import files
from home.starter.links import written_links
from home.starter.markdown import blocks
from law.models import LegalAct, Provision
from law.references import parse
from people.privacy.access_log import AccessRecord

QUESTIONS = {facts["key"]: facts for facts in files.read("questions.yaml")["questions"]}
WORDS = {language: files.read(f"{language}/questions.yaml") for language in files.LANGUAGES}
GUIDES = {facts["key"]: facts for facts in files.read("guides.yaml")}
PAGES = {facts["key"]: facts for facts in files.read("pages.yaml")}
COURSES = [facts["key"] for facts in files.read("courses.yaml")]
LESSONS = {
    (course, place): {language: files.lessons(course, language)[place] for language in files.LANGUAGES}
    for course in COURSES
    for place in range(len(files.lessons(course, "kk")))
}
SEMINAR = "problems-mzhd"
LONG_ENOUGH = 400
NUMBER = r"\d+(?:-\d+)*"
# «ст. 42, п. 8», «статьи 43 и 44», «42-1 или 42-2»; «42-бап», «42, 43 және 44-баптар»
RUSSIAN = re.compile(rf"\b(?:ст\.|стать\w+|статей)\s*({NUMBER}(?:(?:,| и| или) {NUMBER})*)", re.IGNORECASE)
KAZAKH = re.compile(rf"({NUMBER}(?:(?:,| және| пен| мен| не) {NUMBER})*)-ба[бп]")


def articles(text: str, language: str) -> set[str]:
    """Articles that a text names."""
    lists = (KAZAKH if language == "kk" else RUSSIAN).findall(" ".join(text.split()))
    return {number for numbers in lists for number in re.findall(NUMBER, numbers)}


def shape(source: str) -> list[tuple]:
    """What a text is made of: kinds of blocks, and how much is in each."""
    found = []
    for kind, value in blocks(source, str):
        match kind:
            case "text":
                found.append((kind, *(value.count(f"<{tag}>") for tag in ("h2", "h3", "li", "ol", "ul"))))
            case "table":
                found.append((kind, *(row.count("|") for row in value["rows"].splitlines())))
            case "steps":
                found.append((kind, len(value["steps"]), [bool(step["title"]) for step in value["steps"]]))
            case "checklist":
                found.append((kind, len(value["items"])))
            case "offices":
                found.append((kind, bool(value["title"])))
            case "practice":
                rights = [option["is_right"] for option in value["options"]]
                found.append((kind, rights, value["provisions"]))
            case _:
                found.append((kind, value["kind"], bool(value["title"])))
    return found


def all_citations() -> list[str]:
    """Whatever the files cite, by rows and by links in the text."""
    found = [text for facts in QUESTIONS.values() for text in facts["citations"]]
    found += [text for facts in GUIDES.values() for text in facts["citations"]]
    found += [text for facts in files.read("glossary.yaml") for text in facts["citations"]]
    found += [facts["citation"] for facts in files.read("duties.yaml")]
    found += [link for words in WORDS.values() for text in words.values() for link in written_links(text["answer"])]
    found += [link for pair in LESSONS.values() for lesson in pair.values() for link in written_links(lesson.body)]
    return found + [text for pair in LESSONS.values() for text in pair["kk"].citations]


def test_every_question_has_words_in_both_languages():
    assert len(QUESTIONS) == 51
    for language in files.LANGUAGES:
        assert set(WORDS[language]) == set(QUESTIONS)
        for key, text in WORDS[language].items():
            assert re.search(r"[?.]", text["question"]), key
            assert all(text[field].strip() for field in ("question", "short", "answer", "hidden_words")), key


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_question_has_the_same_build_in_both_languages(key):
    assert shape(WORDS["kk"][key]["answer"]) == shape(WORDS["ru"][key]["answer"])


@pytest.mark.parametrize("key", PAGES)
def test_a_standard_page_has_the_same_build_in_both_languages(key):
    assert shape(PAGES[key]["kk"]["body"]) == shape(PAGES[key]["ru"]["body"])


@pytest.mark.parametrize(("language", "years"), [("kk", "үш жыл"), ("ru", "Три года")])
def test_the_privacy_page_tells_the_terms_that_the_models_keep(language, years):
    """Who changes a term in a model changes what people were told."""
    body = PAGES["privacy"][language]["body"]

    assert Enrolment.personal_data.keep_for == timedelta(days=3 * 365)
    assert years in body
    assert OutboxMessage.personal_data.keep_for == timedelta(days=180)
    assert "180" in body
    assert AccessRecord.personal_data.keep_for == timedelta(days=365)
    assert {"kk": "Бір жыл", "ru": "Один год"}[language] in body
    assert "::: warning" in body, "a lawyer has not confirmed it yet"


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_question_names_the_same_articles_in_both_languages(key):
    named = {language: articles(WORDS[language][key]["answer"], language) for language in files.LANGUAGES}

    assert named["kk"] == named["ru"]


@pytest.mark.parametrize("key", GUIDES)
def test_a_guide_has_the_same_steps_and_articles_in_both_languages(key):
    kk, ru = GUIDES[key]["kk"], GUIDES[key]["ru"]

    assert len(kk["steps"]) == len(ru["steps"]) >= 3
    for one, other in zip(kk["steps"], ru["steps"], strict=True):
        assert articles(one["text"], "kk") == articles(other["text"], "ru"), other["title"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda key: f"{key[0]}-{key[1] + 1}")
def test_a_lesson_has_the_same_citations_build_and_articles_in_both_languages(lesson):
    kk, ru = LESSONS[lesson]["kk"], LESSONS[lesson]["ru"]

    assert kk.citations == ru.citations
    assert len(set(kk.citations)) == len(kk.citations)
    assert kk.minutes == ru.minutes
    assert shape(kk.body) == shape(ru.body)
    assert articles(kk.body, "kk") == articles(ru.body, "ru")


@pytest.mark.parametrize("language", files.LANGUAGES)
def test_courses_have_as_many_lessons_as_they_promise(language):
    for facts in files.read("courses.yaml"):
        assert len(files.lessons(facts["key"], language)) == facts["lessons"], facts["key"]


@pytest.mark.parametrize("language", files.LANGUAGES)
def test_the_six_lessons_of_the_first_seminar_are_worth_reading(language):
    lessons = files.lessons(SEMINAR, language)

    assert len(lessons) == 6
    for lesson in lessons:
        assert len(re.findall(r"[^\W\d_]{2,}", lesson.body)) >= LONG_ENOUGH, lesson.title


@pytest.mark.django_db
def test_every_citation_leads_to_a_provision_of_a_known_act():
    acts = {facts["key"] for facts in files.read("acts.yaml")}
    assert set(LegalAct.objects.values_list("key", flat=True)) == acts
    stored = set(Provision.objects.values_list("act__key", "ref"))

    cited = {files.citation(text) for text in all_citations()}

    assert len(cited) > 150
    assert {act for act, _ref in cited} <= acts
    assert cited <= stored
    for _act, ref in cited:
        if ref:
            parse(ref)


def test_related_questions_topics_and_tags_exist():
    content = files.read("questions.yaml")
    topics = {topic["key"] for topic in content["topics"]}
    for key, facts in QUESTIONS.items():
        assert set(facts["related"]) <= set(QUESTIONS) - {key}, key
        assert facts["topic"] in topics, key
        assert set(facts["tags"]) <= set(content["tags"]), key


def test_a_lesson_without_front_matter_is_named(tmp_path, settings):
    lessons = tmp_path / "content" / "kk" / "lessons" / "broken"
    lessons.mkdir(parents=True)
    (lessons / "01.md").write_text("Мәтін", encoding="utf-8")
    settings.ROOT = tmp_path

    with pytest.raises(ValueError, match=r"01\.md has no front matter"):
        files.lessons("broken", "kk")
