"""What stands around an answer: whom it is for, where to go next, what to read, and how it is found."""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.catalogue import CoursePage
from faq.guides import GuidePage
from faq.life_events import LifeEvent
from faq.questions import QuestionCitation, QuestionIndexPage, QuestionPage, RelatedQuestion, TopicPage
from home.pages import StandardPage
from law.models import LegalAct, Provision
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first, live
from tests.core.words import said
from tests.factories import make_user

pytestmark = pytest.mark.django_db

_numbers = itertools.count(1)


def html_of(client, page, query: str = "") -> Html:
    response = client.get(page.url + query)
    assert response.status_code == 200
    return Html(response)


def rows(html: Html, language: str) -> list[str]:
    return [link["href"] for link in html.all("a", class_="row") if f"/{language}/questions/" in link["href"]]


def make_question(topic: TopicPage, title: str = "Сұрақ?", **fields) -> QuestionPage:
    slug = f"made-{next(_numbers)}"
    page = QuestionPage(title=title, slug=slug, short_answer="Жауап.", locale=topic.locale, **fields)
    topic.add_child(instance=page)
    return page


def make_provision(ref: str = "7") -> Provision:
    act, _made = LegalAct.objects.get_or_create(
        key="rare-act", defaults={"kind": "law", "title_kk": "Сирек заң", "title_ru": "Редкий закон"}
    )
    return Provision.objects.create(act=act, ref=ref)


def cite(page: QuestionPage, *provisions: Provision) -> None:
    for place, provision in enumerate(provisions):
        QuestionCitation.objects.create(page=page, provision=provision, sort_order=place)


def make_event(key: str = "test-event", **fields) -> LifeEvent:
    return LifeEvent.objects.create(key=key, title_kk="Пәтер алдым", title_ru="Купил квартиру", **fields)


# Whom it is for -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_says_whom_it_is_for_and_leads_to_the_same_event(client, language):
    page, event = first(QuestionPage, language), make_event()
    QuestionPage.objects.filter(pk=page.pk).update(audience="chair", life_event=event)

    html = html_of(client, page)

    assert said(language, "for chairs").capitalize()[:6] in html.main
    address = html.one("a", href=f"/{language}/questions/?event=test-event")
    assert address.text == (event.title_kk if language == "kk" else event.title_ru)
    assert page.url in rows(Html(client.get(address["href"])), language)


# The next step --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", [QuestionPage, GuidePage])
@pytest.mark.parametrize("target", [GuidePage, CoursePage, StandardPage])
def test_the_editors_next_step_is_the_main_button_and_the_office_comes_after(client, language, model, target):
    page, step = live(model, language).last(), first(target, language)
    model.objects.filter(pk=page.pk).update(next_page=step)

    html = html_of(client, page)

    main_buttons = [link["href"] for link in html.all("a", class_="sun")]
    assert main_buttons == [step.url]
    places = [link["href"] for link in html.all("a", class_="button")]
    assert places.index(step.url) < places.index(f"/{language}/front-office/")
    assert step.title in html.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_next_step_the_office_is_the_main_button(client, language):
    page = first(QuestionPage, language)
    QuestionPage.objects.filter(pk=page.pk).update(next_page=None)

    assert [link["href"] for link in html_of(client, page).all("a", class_="sun")] == [f"/{language}/front-office/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_next_step_that_is_not_published_is_not_offered(client, language):
    page, step = first(QuestionPage, language), first(GuidePage, language)
    QuestionPage.objects.filter(pk=page.pk).update(next_page=step)
    step.unpublish()

    assert [link["href"] for link in html_of(client, page).all("a", class_="sun")] == [f"/{language}/front-office/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_next_step_leads_to_its_twin_in_the_readers_language(client, language):
    other = next(code for code in LANGUAGES if code != language)
    page, step = first(QuestionPage, language), first(GuidePage, other)
    QuestionPage.objects.filter(pk=page.pk).update(next_page=step)

    assert [link["href"] for link in html_of(client, page).all("a", class_="sun")] == [step.twin.url]


# What to read next ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editors_related_questions_come_first_and_the_law_completes_them(client, language):
    one, other = live(TopicPage, language)[:2]
    page, chosen, closest, close = (make_question(one, f"Ж {n}") for n in range(4))
    distant = make_question(other, "Алыс")
    seven, eight = make_provision("7"), make_provision("8")
    cite(page, seven, eight)
    cite(close, seven)
    cite(distant, seven, eight)
    cite(closest, seven, eight)
    RelatedQuestion.objects.create(page=page, question=chosen, sort_order=0)

    shown = rows(html_of(client, page), language)

    assert shown == [chosen.url, closest.url, distant.url]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_law_is_shared_the_topic_completes_them(client, language):
    topic = first(TopicPage, language)
    page = make_question(topic, "Ж")
    beside = [question.url for question in live(QuestionPage, language).child_of(topic) if question.pk != page.pk]

    assert rows(html_of(client, page), language) == beside[:3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_related_questions_are_live_and_of_the_readers_language(client, language):
    topic = first(TopicPage, language)
    other = first(TopicPage, next(code for code in LANGUAGES if code != language))
    page, draft, foreign = make_question(topic, "Ж"), make_question(topic, "Д"), make_question(other, "Б")
    provision = make_provision()
    for question in (page, draft, foreign):
        cite(question, provision)
    RelatedQuestion.objects.create(page=page, question=draft, sort_order=0)
    RelatedQuestion.objects.create(page=page, question=foreign, sort_order=1)
    draft.unpublish()

    shown = rows(html_of(client, page), language)

    assert len(shown) == 3
    assert draft.url not in shown
    assert all(address.startswith(f"/{language}/") for address in shown)


def test_related_questions_cost_two_queries_and_one_where_the_editor_chose_three():
    page = make_question(first(TopicPage, "ru"))
    cite(page, *(make_provision(str(ref)) for ref in range(30, 40)))
    page = QuestionPage.objects.get(pk=page.pk)
    assert page.cited
    with CaptureQueriesContext(connection) as queries:
        assert len(page.related) == 3
    assert len(queries) == 2

    for place, other in enumerate(live(QuestionPage, "ru")[:3]):
        RelatedQuestion.objects.create(page=page, question=other, sort_order=place)
    page = QuestionPage.objects.get(pk=page.pk)
    with CaptureQueriesContext(connection) as queries:
        assert len(page.related) == 3
    assert len(queries) == 1


# What it costs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_thirty_citations_cost_what_three_do(client, language):
    page = make_question(first(TopicPage, language), life_event=make_event(), next_page=first(GuidePage, language))
    provisions = [make_provision(str(ref)) for ref in range(1, 31)]
    cite(page, *provisions[:3])

    def cost() -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            assert "1" in client.get(page.url).content.decode()
        return len(queries)

    few = cost()
    for place, provision in enumerate(provisions[3:], 3):
        QuestionCitation.objects.create(page=page, provision=provision, sort_order=place)

    assert cost() == few


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_with_five_hundred_questions_has_pages_and_costs_the_same(client, language):
    topic, index = first(TopicPage, language), first(QuestionIndexPage, language)

    def costs() -> list[int]:
        found = []
        for address in (topic.url, f"{topic.url}?page=2&for=everyone", index.url, f"{index.url}?event=test-event"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    event = make_event()
    for number in range(40):
        make_question(topic, f"Алғашқы {number}", life_event=event)
    few = costs()
    last = QuestionPage.objects.child_of(topic).last()
    for number in range(60):
        make_question(topic, f"Тағы {number}", life_event=event)
    assert costs() == few

    html = html_of(client, topic, "?page=2")
    assert len(rows(html, language)) == 30
    assert last.url in rows(html, language)
    assert len([row for row in rows(html_of(client, index), language) if row.startswith(topic.url)]) == 5


# Finding it -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_words_for_a_question_find_it_and_are_never_shown(client, language):
    page = first(QuestionPage, language)
    page.phrasings, page.hidden_words = "қорқылдаған шырмауық трубадур", "аракчеевщина"
    page.save_revision().publish()

    for words in ("трубадур", "аракчеевщина"):
        found = client.get(f"/{language}/search/?q={words}").content.decode()
        assert page.url in found
        for address in (page.url, page.get_parent().url, first(QuestionIndexPage, language).url):
            assert words not in client.get(address).content.decode()
        assert words not in found.replace(f'value="{words}"', "").replace(f"<title>{words}", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_life_event_lists_its_questions_and_names_itself(client, language):
    index, event = first(QuestionIndexPage, language), make_event()
    own = live(QuestionPage, language)[3]
    QuestionPage.objects.filter(pk=own.pk).update(life_event=event)

    html = html_of(client, index, "?event=test-event")

    assert rows(html, language) == [own.url]
    assert (event.title_kk if language == "kk" else event.title_ru) in html.one("h1").text
    assert html.one("a", href=f"{index.url}?event=test-event")["aria-current"] == "true"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_without_a_question_in_this_language_is_not_offered(client, language):
    index, event = first(QuestionIndexPage, language), make_event()
    other = next(code for code in LANGUAGES if code != language)
    QuestionPage.objects.filter(pk=first(QuestionPage, other).pk).update(life_event=event)

    assert not html_of(client, index).all("a", href=f"{index.url}?event=test-event")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", ["no-such-event", "<script>", "no%00event", "'", "я" * 300, "x&tag=quorum"])
def test_an_unknown_event_finds_nothing_and_says_so(client, language, event):
    html = html_of(client, first(QuestionIndexPage, language), f"?event={event}")

    assert said(language, "There are no questions about this yet") in html.main
    assert rows(html, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_shows_the_questions_for_chairs(client, language):
    topic = first(TopicPage, language)
    own = make_question(topic, "Төрағаға", audience="chair")

    html = html_of(client, topic, "?for=chair")

    assert own.url in rows(html, language)
    assert set(rows(html, language)) == {
        question.url for question in live(QuestionPage, language).child_of(topic) if question.audience == "chair"
    }
    assert html.one("a", href=f"{topic.url}?for=chair")["aria-current"] == "true"
    assert not html.all("a", href=f"{topic.url}?for=parking")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_of_an_audience_is_said_calmly(client, language):
    topic = first(TopicPage, language)
    live(QuestionPage, language).child_of(topic).update(audience="everyone")

    html = html_of(client, topic, "?for=audit")

    assert rows(html, language) == []
    assert said(language, "There are no questions about this yet") in html.main


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["nobody", "<script>", "%00", "я" * 300, "CHAIR"])
def test_an_unknown_audience_is_no_filter(client, language, audience):
    topic = first(TopicPage, language)

    assert rows(html_of(client, topic, f"?for={audience}"), language) == rows(html_of(client, topic), language)


# The editor's form ----------------------------------------------------------------------------------------------------


def test_an_editor_finds_the_answer_before_the_words_for_searching(client):
    client.force_login(make_user(group="Editors"))
    page = first(QuestionPage, "ru")

    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    names = (
        "short_answer",
        "audience",
        "life_event",
        "citations-TOTAL",
        "next_page",
        "related_questions-TOTAL",
        "phrasings",
    )
    places = [form.index(f'name="{name}') for name in names]
    assert places == sorted(places)
