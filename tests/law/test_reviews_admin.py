"""A lawyer's desk and the review of a page in the admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.catalogue import CourseIndexPage
from faq.questions import QuestionPage
from law.duty_dates import today
from law.models import Feedback, Review, ReviewState, ReviewTask
from law.review_actions import proposed_date
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.factories import make_user
from tests.law.reviewing import amend, care_for, lawyer, question, sign

pytestmark = pytest.mark.django_db


def review_url(page, verb: str = "") -> str:
    return reverse(f"law_review_{verb}" if verb else "law_review", args=[page.pk])


def prefilled(client, page) -> dict[str, str]:
    """What a click on the button sends: the form as it stands."""
    html = Html(client.get(review_url(page)))
    fields = (html.one("input", id=f"id_{name}") for name in ("edition_date", "next_review_on"))
    return {field["name"]: field["value"] for field in fields}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_signs_with_what_the_form_proposes(client, language):
    page, by = question(language), lawyer()
    client.force_login(by)
    fields = {"next_review_on": str(proposed_date()), "edition_date": str(page.basis[0].act.edition_date)}

    response = client.post(review_url(page, "sign"), fields)

    assert response.status_code == 302
    state = ReviewState.objects.get(page=page)
    assert (state.reviewer, state.reviewed_on) == (by.full_name, today())
    assert (state.next_review_on, state.edition_date) == (proposed_date(), page.basis[0].act.edition_date)
    assert Review.objects.get(page=page).outcome == "unchanged"


def test_the_form_is_filled_in_already(client):
    client.force_login(lawyer())
    page = question("ru")

    html = client.get(review_url(page)).content.decode()

    for name in ("edition_date", "next_review_on", "both_languages", "responsible", "deputy"):
        assert f'name="{name}"' in html
    client.post(review_url(page, "sign"), prefilled(client, page))
    assert Review.objects.filter(page=page).count() == 1


def test_signing_both_is_not_offered_while_the_twin_is_behind(client):
    client.force_login(lawyer())
    question("kk").save_revision().publish()

    assert 'name="both_languages"' not in client.get(review_url(question("ru"))).content.decode()
    assert 'name="both_languages"' not in client.get(review_url(question("kk"))).content.decode()


def test_both_are_signed_by_the_tick(client):
    client.force_login(lawyer())
    page = question("ru")

    client.post(review_url(page, "sign"), prefilled(client, page) | {"both_languages": "on"})

    assert {review.page_id for review in Review.objects.all()} == {question("ru").pk, question("kk").pk}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"next_review_on": "yesterday"},
        {"next_review_on": "2020-01-01"},
        {"next_review_on": "2999-99-99"},
        {"next_review_on": "2100-01-01", "edition_date": "2100-01-01"},
        {"next_review_on": "2100-01-01", "note": "я" * 1001},
        {"next_review_on": "2100-01-01\x00"},
    ],
)
def test_a_form_that_makes_no_sense_is_shown_again_and_nothing_is_signed(client, fields):
    client.force_login(lawyer())

    response = client.post(review_url(question("ru"), "sign"), fields)

    assert response.status_code == 200
    assert not Review.objects.exists()


def test_who_has_no_name_is_told_so(client):
    client.force_login(lawyer(""))
    page = question("ru")

    response = client.post(review_url(page, "sign"), {"next_review_on": str(proposed_date())})

    assert response.status_code == 200
    assert "аты-жөніңізді жазыңыз" in response.content.decode()
    assert not Review.objects.exists()


def test_a_draft_is_not_signed(client):
    client.force_login(lawyer())
    page = question("ru")
    page.unpublish()

    assert client.post(review_url(page, "sign"), {"next_review_on": str(proposed_date())}).status_code == 200
    assert not Review.objects.exists()


def test_a_lawyer_gives_a_page_an_owner_a_deputy_and_a_date(client):
    by, owner, deputy = lawyer(), make_user(group="Editors"), make_user(group="Lawyers")
    client.force_login(by)
    page, day = question("ru"), today() + timedelta(days=40)
    fields = {"responsible": owner.pk, "deputy": deputy.pk, "next_review_on": str(day)}

    assert client.post(review_url(page, "assign"), fields).status_code == 302

    state = ReviewState.objects.get(page=page)
    assert (state.responsible, state.deputy, state.next_review_on) == (owner, deputy, day)


def test_residents_are_not_offered_as_owners(client):
    client.force_login(lawyer())
    resident, page = make_user("resident@mail.test", full_name="Нұрлан Тұрғын"), question("ru")

    assert "Нұрлан Тұрғын" not in client.get(review_url(page)).content.decode()
    assert client.post(review_url(page, "assign"), {"responsible": resident.pk}).status_code == 200
    assert not ReviewState.objects.filter(page=page, responsible=resident).exists()


@pytest.mark.parametrize(("group", "status"), [("Editors", 200), ("Managers", 200), ("Desk", 302), ("", 302)])
def test_who_may_look_and_not_sign(client, group, status):
    client.force_login(make_user(group=group, full_name="Бөгде"))
    page = question("ru")

    assert client.get(review_url(page)).status_code == status
    assert "review_sign" not in client.get(review_url(page)).content.decode()
    for verb in ("sign", "assign"):
        assert client.post(review_url(page, verb), {"next_review_on": str(proposed_date())}).status_code == 302
        assert client.get(review_url(page, verb)).status_code in (302, 405)
    assert not Review.objects.exists()


def test_a_page_without_law_has_no_review(client):
    client.force_login(lawyer())

    assert client.get(review_url(first(CourseIndexPage, "ru"))).status_code == 404
    assert client.get(reverse("law_review", args=[10**9])).status_code == 404


def test_the_review_of_a_page_shows_all_that_is_known(client):
    by, page = lawyer(), question("ru")
    sign(page, by, note="сверено по ИС «Әділет»")
    amendment = amend(page)
    ReviewTask.objects.create(page=page, text="<b>кворум</b> другой", voices=3)
    for number, is_useful in enumerate([True, True, False]):
        Feedback.objects.create(page=page, is_useful=is_useful, visitor=str(number), day=today())
    client.force_login(by)

    html = client.get(review_url(page)).content.decode()

    assert "сверено по ИС «Әділет»" in html
    assert reverse("law_radar_worklist", args=[amendment.pk]) in html
    assert str(amendment) in html or amendment.title_ru in html or amendment.title_kk in html
    assert "&lt;b&gt;кворум&lt;/b&gt; другой" in html


def desk(client, **query) -> list[str]:
    """Addresses of the pages a list of the desk shows."""
    html = Html(client.get(reverse("law_reviews"), query))
    rows = {review_url(page) for page in QuestionPage.objects.all()}
    return [link["href"] for link in html.all("a") if link.attrs.get("href") in rows]


def test_the_desk_sorts_pages_by_what_is_to_be_done(client):
    by = lawyer()
    overdue, soon, later = QuestionPage.objects.live().order_by("path")[:3]
    care_for(overdue, today() - timedelta(days=1), responsible=by)
    care_for(soon, today() + timedelta(days=30))
    care_for(later, today() + timedelta(days=31))
    ReviewTask.objects.create(page=later, text="устарело")
    sign(overdue, by, next_review_on=today() - timedelta(days=1))
    client.force_login(by)

    assert desk(client) == [review_url(overdue)]
    assert desk(client, list="soon") == [review_url(soon)]
    assert desk(client, list="reported") == [review_url(later)]
    unsigned = client.get(reverse("law_reviews"), {"list": "unsigned"}).content.decode()
    assert review_url(overdue) not in unsigned
    assert desk(client, list="soon", whose="mine") == []
    assert desk(client, list="overdue", whose="mine") == [review_url(overdue)]


@pytest.mark.parametrize("query", [{"list": "no"}, {"p": "x"}, {"p": "999"}, {"whose": "\x00"}, {"list": "soon\x00"}])
def test_a_desk_asked_for_nonsense_shows_a_desk(client, query):
    client.force_login(lawyer())

    assert client.get(reverse("law_reviews"), query).status_code == 200


def test_the_desk_costs_the_same_for_twice_the_pages(client):
    client.force_login(lawyer())
    pages = list(QuestionPage.objects.live()[:20])
    counts = []
    for number in (10, 20):
        for page in pages[:number]:
            care_for(page, today() - timedelta(days=3), responsible=make_user(group="Editors"))
        client.get(reverse("law_reviews"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("law_reviews"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("group", ["Lawyers", "Editors"])
def test_the_editor_of_a_page_shows_its_review_and_the_way_to_it(client, group):
    page = question("ru")
    sign(page, lawyer("Әлия Серікова"))
    client.force_login(make_user(group=group))

    html = Html(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    (panel,) = html.all("div", data_side_panel="review")
    assert "Әлия Серікова" in panel.text
    assert len(html.all("a", href=review_url(page))) >= 2


def test_pages_without_law_have_no_such_panel(client):
    client.force_login(make_user(group="Editors"))

    html = Html(client.get(reverse("wagtailadmin_pages:edit", args=[first(CourseIndexPage, "ru").pk])))

    assert not html.all("div", data_side_panel="review")
