"""Every page that is published, and the first page of each language."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from courses.catalogue import CoursePage
from courses.runs import CourseRun
from faq.questions import TopicPage
from home.pages import HomePage, StandardPage
from home.search_page import SearchPage
from tests.core.html import Html
from tests.core.sample import LANGUAGES, PAGE_TYPES, TOUR, first, live
from tests.core.words import said
from tests.factories import make_run

pytestmark = pytest.mark.django_db

OTHER = {"kk": "ru", "ru": "kk"}


def path(address: str) -> str:
    return urlsplit(address).path


@pytest.mark.parametrize(("model", "language"), TOUR)
def test_every_page_of_a_type_is_whole(client, model, language):
    """Language, one heading, title, description, its own address, its twin's and the link that switches."""
    pages = live(model, language)
    assert pages.exists()
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        html = Html(response)
        assert html.one("html")["lang"] == language, page.url
        assert html.one("h1").text, page.url
        assert html.one("title").text.endswith(" — Тұрғындар аманаты"), page.url
        assert len(html.one("title").text) > len(" — Тұрғындар аманаты"), page.url
        if model is not SearchPage:
            assert 20 < len(html.one("meta", name="description")["content"]) <= 200, page.url
        assert path(html.one("link", rel="canonical")["href"]) == page.url
        twin = page.twin
        assert twin.twin.pk == page.pk
        assert path(html.one("link", rel="alternate", hreflang=OTHER[language])["href"]) == twin.url, page.url
        assert path(html.one("link", rel="alternate", hreflang=language)["href"]) == page.url
        assert html.one("a", data_language=OTHER[language])["href"] == twin.url, page.url
        assert html.one("a", data_language=language)["aria-current"] == "true", page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_of_a_language_share_an_address_or_a_title_in_one_place(language):
    pages = [page for model in PAGE_TYPES for page in live(model, language)]

    assert len({page.url for page in pages}) == len(pages) > 80
    titles = Counter((page.path[: -page.steplen], page.title) for page in pages)
    assert [title for title, number in titles.items() if number > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_leads_to_pages_that_exist(client, language):
    html = Html(client.get(f"/{language}/"))
    addresses = {path(link["href"]) for link in html.all("a") if link["href"].startswith("/")}

    assert {f"/{language}/{section}/" for section in ("questions", "seminars", "courses", "guides")} <= addresses
    dead = {address for address in addresses if client.get(address).status_code != 200}
    assert dead == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "slug", ["about", "front-office", "how-we-check", "accessibility", "privacy", "glossary", "acts", "search"]
)
def test_pages_that_the_frame_links_by_name_exist(client, language, slug):
    assert client.get(f"/{language}/{slug}/").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_shows_the_problems_first_each_with_its_topic(client, language):
    html = Html(client.get(f"/{language}/"))
    topics = list(live(TopicPage, language))[:8]

    links = [link["href"] for link in html.all("a")]
    assert [href for href in links if href in {topic.url for topic in topics}] == [topic.url for topic in topics]
    for topic in topics:
        assert topic.title in html.main
    assert html.main.index(topics[0].title) < html.main.index(said(language, "Nearest seminars"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_offers_a_search_and_three_words_to_try(client, language):
    html = Html(client.get(f"/{language}/"))
    page = first(HomePage, language)

    form = html.one("form", role="search")
    assert form["action"] == f"/{language}/search/"
    assert html.one("input", id="hero-search")["placeholder"] == page.search_placeholder
    tries = [link for link in html.all("a", class_="chip") if "/search/?q=" in link["href"]]
    assert [link.text for link in tries] == page.try_list
    assert len(tries) == 3
    for link in tries:
        assert Html(client.get(link["href"])).all("li", class_="result"), link.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_shows_the_three_nearest_seminars_and_no_other(client, language):
    CourseRun.objects.update(status="draft")
    days = {"fourth": 40, "second": 20, "first": 10, "third": 30}
    runs = {name: make_run(starts_in=timedelta(days=day), code=name) for name, day in days.items()}
    make_run(starts_in=-timedelta(days=3), code="past")
    make_run(starts_in=timedelta(days=1), code="draft", status="draft")

    html = Html(client.get(f"/{language}/"))

    shown = [path(link["href"]) for link in html.all("a") if f"/{language}/seminars/" in link["href"]]
    expected = [f"/{language}/seminars/{runs[name].code}/" for name in ("first", "second", "third")]
    assert [href for href in shown if href != f"/{language}/seminars/"] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_without_seminars_leads_to_the_courses(client, language):
    CourseRun.objects.update(status="draft")

    main = Html(client.get(f"/{language}/")).main

    assert said(language, "No seminar has a date yet") in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_shows_the_courses(client, language):
    html = Html(client.get(f"/{language}/"))
    courses = list(live(CoursePage, language))

    assert len(courses) == 4
    links = [link["href"] for link in html.all("a")]
    assert [href for href in links if href in {course.url for course in courses}] == [course.url for course in courses]


def test_an_archived_course_leaves_home_and_catalogue(client):
    page = first(CoursePage, "kk")
    page.course.is_archived = True
    page.course.save()

    for address in ("/kk/", "/kk/courses/", "/ru/courses/"):
        assert not Html(client.get(address)).all("a", href=page.url if "/kk/" in address else page.twin.url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unpublished_page_is_gone_and_its_twin_stays(client, language):
    page = live(StandardPage, language).get(slug="about")
    twin = page.twin

    page.unpublish()

    assert client.get(page.url).status_code == 404
    assert client.get(twin.url).status_code == 200
