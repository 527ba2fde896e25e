"""Questions and topics as a reader sees them."""

from __future__ import annotations

import pytest
from django.utils import formats, translation
from django.utils.html import strip_tags

from faq.guides import GuideIndexPage, GuidePage
from faq.questions import QuestionIndexPage, QuestionPage, QuestionTag, TopicPage
from law.duty_dates import today
from law.enums import ReviewOutcome
from law.review_actions import record_review
from tests.core.html import Html
from tests.core.sample import LANGUAGES, act_url, first, live
from tests.core.words import said
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def html_of(client, page, query: str = "") -> Html:
    response = client.get(page.url + query)
    assert response.status_code == 200
    return Html(response)


def written(date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(date, "DATE_FORMAT")


def questions_in(html: Html, language: str) -> list[str]:
    """Addresses of the questions a list shows, in order."""
    return [link["href"] for link in html.all("a", class_="row") if f"/{language}/questions/" in link["href"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_answer_stands_before_the_answer_and_the_law_after_both(client, language):
    page = live(QuestionPage, language).get(slug="kvorum-sobraniya")
    main = html_of(client, page).main
    body = " ".join(strip_tags(page.body[0].value.source).split())[:30]

    places = [main.index(text) for text in (page.title, page.short_answer, body, said(language, "Legal basis"))]

    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["kvorum-sobraniya", "ksk-forma-ili-net", "spisok-dolzhnikov"])
def test_a_question_shows_each_citation_in_words_with_the_official_text(client, language, slug):
    page = live(QuestionPage, language).get(slug=slug)
    html = html_of(client, page)

    assert page.basis
    with translation.override(language):
        for part in page.basis:
            assert part.act.title in html.main
            assert html.all("a", href=part.act.url, rel="external")
            assert html.all("a", href=act_url(language, part.act.key))
            for citation in part.citations:
                words = citation.provision.words
                assert words[:1].upper() + words[1:] in html.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_says_which_edition_it_was_compared_with(client, language):
    page = live(QuestionPage, language).filter(is_verified=True, review_state__edition_date__isnull=False).first()

    main = html_of(client, page).main

    assert written(page.review.edition_date, language) in main
    assert said(language, "To be checked by a lawyer") not in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unverified_question_warns_the_reader(client, language):
    page = live(QuestionPage, language).filter(is_verified=False).first()

    assert said(language, "To be checked by a lawyer") in html_of(client, page).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewed_question_names_who_checked_it_and_when(client, language):
    page = first(QuestionPage, language)
    lawyer = make_user(group="Lawyers", full_name="А. Серікова <заңгер>")
    record_review(page=page, actor=lawyer, outcome=ReviewOutcome.UNCHANGED)

    main = html_of(client, page).main

    signature = said(language, "lawyer of the front office")
    assert f"А. Серікова <заңгер>, {signature} · {written(today(), language)}" in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_leads_to_related_ones_that_are_published(client, language):
    page = first(QuestionPage, language)
    related = list(page.related)
    assert len(related) == 3
    related[0].unpublish()

    shown = questions_in(html_of(client, page), language)

    assert shown[:2] == [question.url for question in related[1:]]
    assert related[0].url not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_topics_shows_every_topic_with_its_first_questions(client, language):
    topics = list(live(TopicPage, language))
    html = html_of(client, first(QuestionIndexPage, language))

    assert len(topics) == 9
    expected = [question.url for topic in topics for question in live(QuestionPage, language).child_of(topic)[:5]]
    assert questions_in(html, language) == expected
    for topic in topics:
        assert html.all("a", href=topic.url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_lists_its_questions_and_drops_unpublished_ones(client, language):
    topic = live(TopicPage, language).get(slug="sobranie")
    questions = list(live(QuestionPage, language).child_of(topic))
    assert questions_in(html_of(client, topic), language) == [question.url for question in questions]

    questions[0].unpublish()

    assert questions_in(html_of(client, topic), language) == [question.url for question in questions[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tag_lists_its_questions_and_names_itself_in_the_readers_language(client, language):
    index = first(QuestionIndexPage, language)
    tag = QuestionTag.objects.get(slug="quorum", locale=index.locale)

    html = html_of(client, index, "?tag=quorum")

    expected = live(QuestionPage, language).filter(tags=tag)
    assert expected.count() > 3
    assert questions_in(html, language) == [question.url for question in expected]
    assert tag.name in html.one("h1").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tag_of_a_question_leads_to_a_list_with_it(client, language):
    page = live(QuestionPage, language).get(slug="kvorum-sobraniya")
    tags = [link["href"] for link in html_of(client, page).all("a") if "?tag=" in link["href"]]

    assert len(tags) == 2
    for address in tags:
        assert page.url in questions_in(Html(client.get(address)), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tag", ["no-such-tag", "<script>", "no%00tag", "'", "я" * 300, "quorum%20OR%201"])
def test_an_unknown_tag_finds_nothing_and_says_so(client, language, tag):
    html = html_of(client, first(QuestionIndexPage, language), f"?tag={tag}")

    assert said(language, "No question has this tag") in html.main
    assert questions_in(html, language) == []


@pytest.mark.parametrize("tag", ["", "%00"])
def test_a_tag_without_a_letter_is_no_tag(client, tag):
    index = first(QuestionIndexPage, "ru")

    assert questions_in(html_of(client, index, f"?tag={tag}"), "ru") == questions_in(html_of(client, index), "ru")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["999", "abc", "0", "-1", "", "1e9", "9" * 40])
def test_a_page_number_that_makes_no_sense_shows_a_page_that_exists(client, language, page):
    index, topic = first(QuestionIndexPage, language), first(TopicPage, language)

    assert questions_in(html_of(client, topic, f"?page={page}"), language)
    assert questions_in(html_of(client, index, f"?tag=quorum&page={page}"), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_are_listed_and_lead_through_numbered_steps(client, language):
    guides = list(live(GuidePage, language))
    listed = [link["href"] for link in html_of(client, first(GuideIndexPage, language)).all("a")]
    assert [href for href in listed if href in {guide.url for guide in guides}] == [guide.url for guide in guides]

    html = html_of(client, guides[0])

    steps = guides[0].body[0].value["steps"]
    assert [title.text for title in html.all("b", class_="step-title")] == [step["title"] for step in steps]
    assert html.one("ol", class_="steps")
