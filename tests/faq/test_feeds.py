"""The feed of a topic: new questions and changes of answers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from faq.questions import QuestionPage, TopicPage
from law.models import ChangeNote
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


@pytest.fixture
def topic():
    return first(TopicPage, "ru")


def feed_address(topic) -> str:
    return f"/{topic.locale.language_code}/questions/{topic.slug}/changes.xml"


def channel(client, topic):
    response = client.get(feed_address(topic))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/rss+xml")
    return ET.fromstring(response.content).find("channel")


def lines(client, topic) -> list[tuple[str, str]]:
    """Title and address of every line, in order."""
    return [(item.findtext("title"), item.findtext("link")) for item in channel(client, topic).findall("item")]


def questions_of(topic):
    return list(QuestionPage.objects.child_of(topic).live().order_by("path"))


def add_question(topic, number: int = 1, **fields):
    page = QuestionPage(title=f"Вопрос {number}", slug=f"vopros-{number}", short_answer="Ответ.", live=False, **fields)
    topic.add_child(instance=page)
    page.save_revision().publish()
    return page


def change(page, text: str = "Срок стал другим.", **fields):
    return ChangeNote.objects.create(page=page, text=text, on=timezone.localdate(), **fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_links_to_its_feed_in_its_language(client, language):
    topic = first(TopicPage, language)
    html = Html(client.get(topic.url))

    assert html.one("link", type="application/rss+xml")["href"] == feed_address(topic)
    assert said(language, "What is new in this topic: a feed (RSS)") in html.main
    assert html.one("a", href=feed_address(topic))
    told = channel(client, topic)
    assert told.findtext("language") == language
    assert told.findtext("link") == HOST + topic.url
    assert topic.title in told.findtext("title")


def test_every_question_of_the_topic_and_of_no_other_stands_in_it(client, topic):
    added = add_question(topic)

    told = lines(client, topic)

    assert told[0] == (added.title, HOST + added.url)
    assert {link for _title, link in told} == {HOST + page.url for page in questions_of(topic)}


def test_a_change_of_an_answer_comes_first_with_its_reason(client, topic):
    page = questions_of(topic)[0]
    note = change(page)

    item = channel(client, topic).findall("item")[0]

    assert item.findtext("title") == said("ru", "%(question)s: the answer has changed", question=page.title)
    assert item.findtext("description") == "Срок стал другим."
    assert item.findtext("link") == item.findtext("guid") == f"{HOST}{page.url}#change-{note.pk}"
    assert Html(client.get(page.url)).one("li", id=f"change-{note.pk}")


@pytest.mark.parametrize("state", ["unpublished", "private"])
def test_what_is_closed_leaves_the_feed(client, topic, state):
    page = questions_of(topic)[0]
    change(page)
    if state == "unpublished":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert not [link for _title, link in lines(client, topic) if link.startswith(HOST + page.url)]


@pytest.mark.parametrize("state", ["unpublished", "private", "unknown", "other language"])
def test_a_topic_that_is_closed_has_no_feed(client, topic, state):
    address = feed_address(topic)
    if state == "unpublished":
        topic.unpublish()
    elif state == "private":
        PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)
    elif state == "unknown":
        address = "/ru/questions/no-such-topic/changes.xml"
    else:
        TopicPage.objects.filter(locale__language_code="kk").update(slug="basqa")
        address = f"/kk/questions/{topic.slug}/changes.xml"

    assert client.get(address).status_code == 404


def test_letters_that_xml_cannot_write_do_not_break_it(client, topic):
    page = questions_of(topic)[0]
    type(page).objects.filter(pk=page.pk).update(title="Кто\x0bсозывает <собрание> & зачем\ufffe?")
    change(page, "Из\x0c«Ворда»\x1b")

    titles = [title for title, _link in lines(client, topic)]

    assert "Кто созывает <собрание> & зачем ?" in titles


def test_a_long_history_is_cut_and_costs_what_a_short_one_does(client, topic):
    def cost() -> int:
        client.get(feed_address(topic))
        with CaptureQueriesContext(connection) as queries:
            client.get(feed_address(topic))
        return len(queries)

    page = questions_of(topic)[0]
    change(page)
    before = cost()
    for number in range(10):
        add_question(topic, number + 10)
    later = timezone.now() + timedelta(minutes=1)
    ChangeNote.objects.bulk_create(
        ChangeNote(page=page, text=f"Правка {number}", on=timezone.localdate(), before={"title": "x" * 1000})
        for number in range(50)
    )
    ChangeNote.objects.filter(text__startswith="Правка").update(made_at=later)

    assert cost() == before
    told = lines(client, topic)
    assert len(told) == 30
    assert all("#change-" in link for _title, link in told)
