"""The last day a reader was shown a page: one write a page and day, nothing of the reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from core import page_marks
from faq.questions import QuestionPage, TopicPage
from law.pages import ActIndexPage
from tests.core.sample import LANGUAGES, first
from tests.factories import make_user

pytestmark = pytest.mark.django_db

BROWSER = {"user-agent": "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"}
ROBOT = {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}


def seen_on(page):
    return type(page).objects.values_list("last_visited_on", flat=True).get(pk=page.pk)


def writes(queries) -> list[str]:
    return [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_reader_of_a_day_is_noted_and_the_second_costs_no_write(client, language):
    page = first(QuestionPage, language)
    changed = (page.text_changed_at, page.latest_revision_id, Revision.objects.count())

    with CaptureQueriesContext(connection) as one:
        response = client.get(page.url, headers=BROWSER)
    with CaptureQueriesContext(connection) as two:
        client.get(page.url, headers=BROWSER)

    assert seen_on(page) == timezone.localdate()
    assert len(writes(one)) == 1
    assert writes(two) == []
    assert not response.cookies
    page.refresh_from_db()
    assert (page.text_changed_at, page.latest_revision_id, Revision.objects.count()) == changed


def test_the_next_day_is_written_over_the_last_one_and_never_the_other_way(client):
    page = first(TopicPage, "kk")
    today = timezone.localdate()
    TopicPage.objects.filter(pk=page.pk).update(last_visited_on=today - timedelta(days=3))
    client.get(page.url, headers=BROWSER)
    assert seen_on(page) == today


@pytest.mark.parametrize("headers", [ROBOT, {}, {"user-agent": "curl/8.5"}, {"user-agent": ""}])
def test_robots_are_no_readers(client, headers):
    page = first(QuestionPage, "ru")
    assert client.get(page.url, headers=headers).status_code == 200
    assert seen_on(page) is None


def test_who_asks_for_headers_only_is_no_reader(client):
    page = first(QuestionPage, "ru")
    assert client.head(page.url, headers=BROWSER).status_code == 200
    assert seen_on(page) is None


@pytest.mark.parametrize("group", ["Editors", "Desk"])
def test_staff_are_no_readers_and_members_are(client, group):
    page = first(QuestionPage, "kk")
    client.force_login(make_user(group=group))
    client.get(page.url, headers=BROWSER)
    assert seen_on(page) is None

    client.force_login(make_user())
    client.get(page.url, headers=BROWSER)
    assert seen_on(page) == timezone.localdate()


def test_a_preview_is_no_visit(client):
    page = first(QuestionPage, "kk")
    page.save_revision()
    client.force_login(make_user(group="Editors"))
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), headers=BROWSER).status_code == 200
    assert seen_on(page) is None


def test_a_page_with_addresses_of_its_own_is_visited_by_each_but_not_by_a_wrong_one(client):
    page = first(ActIndexPage, "ru")
    assert client.get(page.url + "no-such-act/", headers=BROWSER).status_code == 404
    assert seen_on(page) is None
    assert client.get(page.url + "housing-law/", headers=BROWSER).status_code == 200
    assert seen_on(page) == timezone.localdate()


def test_a_database_that_refuses_fails_no_page(client):
    page = first(QuestionPage, "ru")

    def refuse(execute, sql, params, many, context):
        if sql.startswith("UPDATE"):
            raise DatabaseError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        response = client.get(page.url, headers=BROWSER)

    assert response.status_code == 200
    assert page.title in response.content.decode()
    assert seen_on(page) is None


def test_a_copy_and_an_old_draft_do_not_bring_a_visit_with_them(client):
    page = first(QuestionPage, "ru")
    draft = page.save_revision()
    client.get(page.url, headers=BROWSER)
    page.refresh_from_db()

    copy = page.copy(update_attrs={"slug": "copy-of-it"})
    draft.publish()

    assert seen_on(copy) is None
    assert seen_on(page) == timezone.localdate()


def test_pages_nobody_reads_are_found_in_one_query_those_never_seen_first(client, django_assert_num_queries):
    today = timezone.localdate()
    read, old, topic = *QuestionPage.objects.live()[:2], TopicPage.objects.live().first()
    QuestionPage.objects.filter(pk=read.pk).update(last_visited_on=today)
    QuestionPage.objects.filter(pk=old.pk).update(last_visited_on=today - timedelta(days=200))

    with django_assert_num_queries(1):
        found = list(page_marks.unvisited_since(Page.objects.all(), today - timedelta(days=90)))

    assert found[-1].pk == old.pk
    assert found[-1].visited_on == today - timedelta(days=200)
    assert topic.pk in {page.pk for page in found}
    assert read.pk not in {page.pk for page in found}
