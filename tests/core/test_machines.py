"""What search engines and messengers read: JSON-LD, the card of a shared link and its picture."""

from __future__ import annotations

import json
import time

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core import pictures
from faq.guides import GuidePage
from faq.questions import QuestionPage
from home.pages import HomePage, StandardPage
from law.models import ChangeNote, ReviewState
from tests.core.html import Html
from tests.core.sample import LANGUAGES, TOUR, act_url, first

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
HOSTILE = '</script><script>alert(1)</script><!-- " \\ & \' \u2028 #import "x"; $x$ *b* @y <z> \u202e'


@pytest.fixture
def page():
    return first(QuestionPage, "ru")


@pytest.fixture(autouse=True)
def pictures_of_other_tests_are_gone():
    yield
    for name in kept():
        default_storage.delete(name)


def kept() -> list[str]:
    """Pictures in the storage."""
    folders = default_storage.listdir("og")[0] if default_storage.exists("og") else []
    return [f"og/{folder}/{file}" for folder in folders for file in default_storage.listdir(f"og/{folder}")[1]]


def data(html: Html) -> dict[str, dict]:
    """The JSON-LD of a page by its type, read as a search engine reads it."""
    found = [json.loads("".join(script.parts)) for script in html.all("script", type="application/ld+json")]
    assert all(item["@context"] == "https://schema.org" for item in found)
    by_type = {item["@type"]: item for item in found}
    assert len(by_type) == len(found)
    return by_type


def card(html: Html) -> dict[str, str]:
    metas = [meta for meta in html.all("meta") if (meta.attrs.get("property") or "").startswith("og:")]
    assert len({meta["property"] for meta in metas}) == len(metas)
    return {meta["property"]: meta["content"] for meta in metas}


@pytest.mark.parametrize(("model", "language"), TOUR)
def test_every_page_has_one_card_one_canonical_address_and_mutual_languages(client, model, language):
    page = first(model, language)
    html = Html(client.get(page.url))

    shown = card(html)
    assert shown["og:title"] == page.title
    assert shown["og:url"] == html.one("link", rel="canonical")["href"] == HOST + page.url
    assert shown["og:locale"] == f"{language}_KZ"
    assert shown["og:image"].startswith(f"{HOST}/og/{page.pk}-")
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
    alternates = {
        link["hreflang"]: link["href"] for link in html.all("link", rel="alternate") if "hreflang" in link.attrs
    }
    assert alternates == {
        "kk": f"{HOST}{first(model, 'kk').url}",
        "ru": f"{HOST}{first(model, 'ru').url}",
        "x-default": f"{HOST}{first(model, 'kk').url}",
    }


@pytest.mark.parametrize(("model", "language"), TOUR)
def test_the_crumbs_of_a_page_are_told_as_they_stand(client, model, language):
    page = first(model, language)
    html = Html(client.get(page.url))
    seen = [(HOST + link["href"], link.text) for link in _crumb_links(html)]

    told = data(html).get("BreadcrumbList")

    if not seen:
        assert told is None
        return
    items = told["itemListElement"]
    assert [(item["item"], item["name"]) for item in items] == [*seen, (HOST + page.url, page.title)]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))


def _crumb_links(html: Html):
    navigation = html.all("nav", class_="crumbs")
    if not navigation:
        return []
    start = html.elements.index(navigation[0])
    end = next(place for place, element in enumerate(html.elements[start:], start) if element.tag == "h1")
    return [
        element for element in html.elements[start:end] if element.tag == "a" and element.text in navigation[0].text
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_told_in_the_words_that_readers_see(client, language):
    page = first(QuestionPage, language)
    html = Html(client.get(page.url))

    told = data(html)["QAPage"]

    question = told["mainEntity"]
    assert question["name"] == html.one("h1").text == page.title
    answer = question["acceptedAnswer"]
    assert answer["text"] == page.short_answer
    assert " ".join(answer["text"].split()) in html.main
    assert answer["author"] == {"@type": "Organization", "name": card(html)["og:site_name"]}
    assert answer["url"] == HOST + page.url
    assert told["inLanguage"] == language
    assert "lastReviewed" not in told


def test_dates_of_a_question_are_told_only_while_the_page_shows_them(client, page):
    today = timezone.localdate()
    ReviewState.objects.update_or_create(
        page_id=page.pk,
        defaults={"edition_date": today, "reviewed_on": today, "reviewer": "Динара Заңгер", "next_review_on": None},
    )
    ChangeNote.objects.create(page=page, text="Срок стал другим.", on=today)
    html = Html(client.get(page.url))

    told = data(html)["QAPage"]
    assert (told["lastReviewed"], told["reviewedBy"]["name"]) == (today.isoformat(), "Динара Заңгер")
    assert told["dateModified"] == today.isoformat()
    assert "Динара Заңгер" in html.main

    ReviewState.objects.filter(page_id=page.pk).update(next_review_on=today - timezone.timedelta(days=1))
    assert "lastReviewed" not in data(Html(client.get(page.url)))["QAPage"], "the page claims it no longer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_of_a_guide_are_told_as_they_stand(client, language):
    guides = GuidePage.objects.live().filter(locale__language_code=language)
    page = next(page for page in guides if any(block.block_type == "steps" for block in page.body))
    html = Html(client.get(page.url))

    steps = data(html)["HowTo"]["step"]

    seen = "".join(html.main.split())
    assert len(steps) >= 2
    for step in steps:
        assert "".join(step["text"].split()) in seen
        assert "".join(step.get("name", "").split()) in seen


def test_a_page_without_steps_tells_no_how_to(client):
    assert "HowTo" not in data(Html(client.get(first(StandardPage, "ru").url)))


def test_a_hostile_title_stays_a_title(client, page):
    type(page).objects.filter(pk=page.pk).update(title=HOSTILE, short_answer=HOSTILE)
    html = Html(client.get(page.url))

    assert data(html)["QAPage"]["mainEntity"]["name"] == HOSTILE
    assert data(html)["BreadcrumbList"]["itemListElement"][-1]["name"] == HOSTILE
    assert card(html)["og:title"] == HOSTILE
    assert not [script for script in html.all("script") if "alert" in "".join(script.parts) and not script.attrs]


def test_a_part_of_a_page_does_not_call_itself_by_the_title_of_the_whole(client):
    html = Html(client.get(act_url("ru", "cpc")))

    assert "og:title" not in card(html)
    assert "og:image" not in card(html)
    assert html.one("link", rel="canonical")["href"] == HOST + act_url("ru", "cpc")
    assert [item["item"] for item in data(html)["BreadcrumbList"]["itemListElement"]][-1].startswith(HOST + "/ru/acts/")


def test_what_is_not_public_has_no_card(client):
    html = Html(client.get("/ru/no-such-page/"))

    assert card(html) == {}
    assert not html.all("link", rel="canonical")


# Pictures


def address_of(page) -> str:
    return pictures.address(page, page.locale.language_code)


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_leads_to_a_picture_that_is_kept_for_ever(client, language):
    page = first(QuestionPage, language)
    address = card(Html(client.get(page.url)))["og:image"].removeprefix(HOST)

    answer = client.get(address)

    assert answer["Content-Type"] == "image/png"
    assert size_of(answer.content) == (1200, 630)
    assert "immutable" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert dict(client.cookies) == {}


def test_a_picture_is_drawn_once(client, page, monkeypatch):
    body = client.get(address_of(page)).content
    monkeypatch.setattr(pictures, "draw", None)

    assert client.get(address_of(page)).content == body


def test_another_title_has_another_picture_and_the_old_one_goes(client, page):
    old = address_of(page)
    body = client.get(old).content
    type(page).objects.filter(pk=page.pk).update(title="Совсем другой вопрос?")
    page.refresh_from_db()

    assert client.get(old).status_code == 404
    assert client.get(address_of(page)).content != body
    assert len(kept()) == 1


@pytest.mark.parametrize("case", ["wrong mark", "unpublished", "private", "unknown", "huge", "root"])
def test_only_live_public_pages_have_pictures(client, page, case):
    address = address_of(page)
    if case == "unpublished":
        page.unpublish()
    elif case == "private":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    else:
        mark = pictures.digest(page.title, "ru")
        address = {
            "wrong mark": f"/og/{page.pk}-{'0' * 16}.png",
            "unknown": f"/og/{10**8}-{mark}.png",
            "huge": f"/og/{10**30}-{mark}.png",
            "root": f"/og/1-{pictures.digest('Root', 'kk')}.png",
        }[case]

    answer = client.get(address)

    assert answer.status_code == 404
    assert kept() == []


@pytest.mark.parametrize(
    "title",
    [HOSTILE, "", "Ж" * 255, "әғқңөұүһі ӘҒҚҢӨҰҮҺІ", "\x00\x1b[31m", "#panic()", "🏠 үй", "\u202e" * 40, "$" * 200],
)
def test_no_title_breaks_the_drawing(title):
    assert size_of(pictures.draw(title, "kk")) == (1200, 630)


def test_a_title_is_drawn_as_it_is_written_and_not_as_markup():
    assert pictures.draw("*Кворум*", "ru") != pictures.draw("Кворум", "ru")
    assert pictures.draw('#read("/etc/passwd")', "ru")


def test_a_picture_is_drawn_fast():
    pictures.draw("Первый", "ru")
    started = time.perf_counter()
    pictures.draw("Кто вправе созвать собрание собственников квартир?", "ru")

    assert time.perf_counter() - started < 0.15


@pytest.mark.parametrize("problem", [RuntimeError, ValueError])
def test_where_nothing_can_be_drawn_the_page_stands_and_the_picture_is_tried_again(client, page, monkeypatch, problem):
    def broken(*args, **kwargs):
        raise problem("no fonts")

    with monkeypatch.context() as patched:
        patched.setattr(pictures.typst, "compile", broken)
        answer = client.get(address_of(page))
        assert answer.status_code == 503
        assert "immutable" not in answer.get("Cache-Control", "")
        assert client.get(page.url).status_code == 200

    assert client.get(address_of(page)).status_code == 200


def test_the_home_page_is_a_site_and_the_rest_are_articles(client):
    assert card(Html(client.get(first(HomePage, "kk").url)))["og:type"] == "website"
    assert card(Html(client.get(first(QuestionPage, "kk").url)))["og:type"] == "article"
