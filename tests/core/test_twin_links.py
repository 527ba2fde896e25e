"""The language switch: the same page, or the nearest one above it with a word of explanation."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from courses.catalogue import LessonPage
from faq.questions import QuestionIndexPage, QuestionPage, TopicPage
from home.pages import StandardPage
from tests.core.html import Html
from tests.core.sample import LANGUAGES, act_url, first
from tests.core.words import said

pytestmark = pytest.mark.django_db

NO_ANSWER = {
    "kk": "This question is not answered in Kazakh yet.",
    "ru": "This question is not answered in Russian yet.",
}
NO_PAGE = {"kk": "The page you came from is not in Kazakh yet.", "ru": "The page you came from is not in Russian yet."}


def pair(model) -> dict:
    page = first(model, "ru")
    return {"ru": page, "kk": page.twin}


def other(language: str) -> str:
    return next(code for code in LANGUAGES if code != language)


def switch(html: Html, language: str):
    return html.one("a", data_language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_stays_on_the_same_question(client, language):
    pages = pair(QuestionPage)

    link = switch(Html(client.get(pages[language].url)), other(language))

    assert link["href"] == pages[other(language)].url
    assert link["hreflang"] == link["lang"] == other(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_twin_the_switch_leads_to_the_topic_which_says_so(client, language):
    pages, elsewhere = pair(QuestionPage), other(language)
    topic = pages[elsewhere].get_parent().specific
    pages[elsewhere].unpublish()
    page = pages[language]

    link = switch(Html(client.get(page.url)), elsewhere)
    arrived = Html(client.get(link["href"]))

    assert link["href"] == f"{topic.url}?untranslated={page.pk}"
    assert topic.title in link.text, "a screen reader says where it leads"
    assert said(language, "there is no such page in this language yet; leads to the section") in link.text
    assert said(elsewhere, NO_ANSWER[elsewhere]) in arrived.main
    assert arrived.one("a", href=page.url, hreflang=language)["lang"] == language
    assert arrived.one("link", rel="canonical")["href"] == f"http://testserver{topic.url}"


def test_where_the_topic_has_no_twin_either_the_switch_goes_further_up(client):
    pages = pair(QuestionPage)
    topic = pages["kk"].get_parent()
    for page in [*topic.get_children().specific(), topic.specific]:
        page.unpublish()
    index = first(QuestionIndexPage, "kk")

    link = switch(Html(client.get(pages["ru"].url)), "kk")

    assert link["href"] == f"{index.url}?untranslated={pages['ru'].pk}"
    assert said("kk", NO_ANSWER["kk"]) in Html(client.get(link["href"])).main


def test_a_page_of_the_first_level_leads_to_the_home_page_which_says_so(client):
    pages = pair(StandardPage)
    pages["kk"].unpublish()

    link = switch(Html(client.get(pages["ru"].url)), "kk")
    arrived = Html(client.get(link["href"]))

    assert link["href"] == f"/kk/?untranslated={pages['ru'].pk}"
    assert said("ru", "home page: there is no such page in this language yet") in link.text
    assert said("kk", NO_PAGE["kk"]) in arrived.main
    assert arrived.all("a", href=pages["ru"].url)


def test_a_lesson_leads_to_its_course(client):
    pages = pair(LessonPage)
    pages["kk"].unpublish()

    link = switch(Html(client.get(pages["ru"].url)), "kk")

    assert link["href"] == f"{pages['kk'].get_parent().url}?untranslated={pages['ru'].pk}"
    assert said("kk", NO_PAGE["kk"]) in Html(client.get(link["href"])).main


def test_the_word_of_explanation_goes_when_the_twin_comes(client):
    pages = pair(QuestionPage)
    pages["kk"].unpublish()
    address = switch(Html(client.get(pages["ru"].url)), "kk")["href"]

    type(pages["kk"]).objects.get(pk=pages["kk"].pk).get_latest_revision().publish()

    assert said("kk", NO_ANSWER["kk"]) not in Html(client.get(address)).main


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "1e3", "٣", "9" * 40, "1\x00", "'--", "1&untranslated=2"])
def test_a_value_that_names_nothing_is_ignored(client, value):
    topic = first(TopicPage, "kk")

    answer = client.get(topic.url, {"untranslated": value})

    assert answer.status_code == 200
    assert said("kk", NO_PAGE["kk"]) not in Html(answer).main
    assert said("kk", NO_ANSWER["kk"]) not in Html(answer).main


@pytest.mark.parametrize("case", ["has a twin", "elsewhere", "draft", "private", "itself"])
def test_the_address_cannot_make_a_page_say_what_is_not_true(client, case):
    pages = pair(QuestionPage)
    topic, number = pages["kk"].get_parent().specific, pages["ru"].pk
    if case == "itself":
        number = topic.pk
    if case not in {"has a twin", "itself"}:
        pages["kk"].unpublish()
    if case == "elsewhere":
        topic = TopicPage.objects.live().filter(locale=topic.locale).exclude(pk=topic.pk).first()
    elif case == "draft":
        pages["ru"].unpublish()
    elif case == "private":
        PageViewRestriction.objects.create(page=pages["ru"], restriction_type=PageViewRestriction.LOGIN)

    html = Html(client.get(f"{topic.url}?untranslated={number}"))

    assert said("kk", NO_ANSWER["kk"]) not in html.main
    assert pages["ru"].title not in html.main


def test_an_act_keeps_its_address_in_the_other_language(client):
    assert switch(Html(client.get(act_url("ru", "cpc"))), "kk")["href"] == act_url("kk", "cpc")


def test_a_missing_twin_costs_one_query_at_most(client):
    pages = pair(QuestionPage)

    def cost() -> int:
        client.get(pages["ru"].url)
        with CaptureQueriesContext(connection) as queries:
            client.get(pages["ru"].url)
        return len(queries)

    with_twin = cost()
    pages["kk"].unpublish()

    assert cost() <= with_twin + 1
