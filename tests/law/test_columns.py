"""The columns «Checked» and «Edition» of the page explorer."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.html import strip_tags
from wagtail.models import Page

from courses.catalogue import CourseIndexPage, CoursePage, LessonPage
from faq.guides import GuideIndexPage, GuidePage
from faq.questions import QuestionIndexPage, QuestionPage, TopicPage
from law.admin.columns import check_of
from law.amendments import radar_content_type
from law.models import Amendment, RadarItem, ReviewState
from law.page_lists import preload_standing
from tests.core.sample import LANGUAGES, first
from tests.factories import make_user

pytestmark = pytest.mark.django_db
EDITION = date(2026, 7, 11)


def explore(client, parent, query: str = ""):
    response = client.get(reverse("wagtailadmin_explore", args=[parent.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def row_of(html: str, page) -> str:
    """The cells of a page's row as a person reads them."""
    rows = re.findall(r"<tr[^>]*>.*?</tr>", html, re.DOTALL)
    (row,) = [row for row in rows if f'value="{page.pk}"' in row or f"/admin/pages/{page.pk}/edit/" in row]
    return " ".join(strip_tags(row).split())


def state(page, **fields) -> ReviewState:
    return ReviewState.objects.update_or_create(page_id=page.pk, defaults=fields)[0]


def signed(page, **fields) -> ReviewState:
    today = timezone.localdate()
    return state(
        page,
        **{"reviewer": "А. Серікова", "reviewed_on": today, "next_review_on": today + timedelta(days=90)}
        | {"edition_date": EDITION}
        | fields,
    )


def recheck(page, since: date) -> Amendment:
    amendment = Amendment.objects.create(
        title_kk="Түзету", title_ru="Поправка", in_force_on=since, what_kk="…", what_ru="…", source_url="https://x.kz/1"
    )
    RadarItem.objects.create(amendment=amendment, content_type=radar_content_type(Page), object_id=page.pk)
    return amendment


def written(day: date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "SHORT_DATE_FORMAT")


@pytest.mark.parametrize(
    ("parent", "child"), [(TopicPage, QuestionPage), (GuideIndexPage, GuidePage), (CoursePage, LessonPage)]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wherever_pages_of_law_are_listed_their_check_and_edition_stand_beside_them(client, parent, child, language):
    page = first(child, language)
    signed(page)
    client.force_login(make_user(group="Editors"))

    html = explore(client, page.get_parent())

    assert isinstance(page.get_parent().specific, parent)
    assert written(EDITION, "kk") in row_of(html, page)
    assert written(timezone.localdate(), "kk") in row_of(html, page)


@pytest.mark.parametrize("model", [QuestionIndexPage, CourseIndexPage])
def test_lists_of_other_pages_have_no_such_columns(client, model):
    client.force_login(make_user(group="Editors"))
    signed(first(QuestionPage, "ru"))
    assert written(EDITION, "kk") not in explore(client, first(model, "ru"))


def test_the_column_says_what_holds_first():
    today = timezone.localdate()
    unchecked, good, late, changed = QuestionPage.objects.live()[:4]
    state(unchecked, edition_date=None, reviewer="", reviewed_on=None)
    signed(good)
    signed(late, next_review_on=today - timedelta(days=1))
    signed(changed, next_review_on=today - timedelta(days=1))
    recheck(changed, today - timedelta(days=3))
    recheck(good, today + timedelta(days=3))

    pages = [*QuestionPage.objects.filter(pk__in=[unchecked.pk, good.pk, late.pk, changed.pk]).order_by("pk")]
    preload_standing(pages)
    with translation.override("en"):
        found = {page.pk: check_of(page) for page in pages}
        assert found[changed.pk].label == "Under re-check"
        assert found[late.pk].label == "Overdue"
        assert (found[good.pk].label, found[good.pk].is_good) == ("Signed", True)
        assert found[unchecked.pk].label == "To be checked"
    assert sum(check.is_good for check in found.values()) == 1
    assert check_of(first(TopicPage, "ru")) is None


def test_a_list_costs_two_queries_of_reviews_for_any_number_of_pages(client):
    topic = first(TopicPage, "ru")
    client.force_login(make_user(group="Editors"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            explore(client, topic)
        own = [query for query in queries if "law_reviewstate" in query["sql"] or "law_radaritem" in query["sql"]]
        return len(own)

    assert cost() == 2
    for number in range(20):
        topic.add_child(instance=QuestionPage(title=f"Вопрос {number}", short_answer="Ответ", locale=topic.locale))
    assert cost() == 2


@pytest.mark.parametrize("group", ["Editors", "Lawyers", "Trainers", "Managers"])
def test_every_role_of_the_explorer_sees_them(client, group):
    page = first(QuestionPage, "ru")
    signed(page)
    client.force_login(make_user(group=group))
    assert written(EDITION, "kk") in row_of(explore(client, page.get_parent()), page)


@pytest.mark.parametrize(
    "query",
    [
        "?ordering=title",
        "?ordering=-latest_revision_created_at",
        "?ordering=ord",
        "?q=кворум",
        "?has_child_pages=false",
    ],
)
def test_ordering_searching_and_filtering_stay_wagtails_own(client, query):
    topic = first(TopicPage, "ru")
    client.force_login(make_user(group="Editors"))
    html = explore(client, topic, query)
    assert "data-bulk-action-parent-id" in html or "data-bulk-action" in html


def test_the_list_of_all_pages_of_a_type_has_them_too(client):
    page = first(QuestionPage, "ru")
    signed(page)
    client.force_login(make_user(group="Lawyers"))
    html = client.get(reverse("wagtailadmin_pages:type_use", args=["faq", "questionpage"]) + "?q=" + page.title)
    assert written(EDITION, "kk") in html.content.decode()
