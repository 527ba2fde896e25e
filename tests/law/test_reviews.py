"""Signing a page: what is written, what readers see, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import formats, timezone, translation
from wagtail.models import PageLogEntry

from faq.questions import QuestionPage
from law.duty_dates import today
from law.models import LawSettings, LegalAct, Review, ReviewState, ReviewTask
from law.review_actions import Refused, assign, months_after
from law.standing import Standing
from tests.core.html import Html
from tests.core.sample import LANGUAGES
from tests.core.words import said
from tests.factories import make_user
from tests.law.reviewing import amend, care_for, lawyer, question, sign

pytestmark = pytest.mark.django_db


def written(day: date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "DATE_FORMAT")


def stamp(client, page) -> tuple[str, bool]:
    """What the stamp of a page says, and whether it is green."""
    (element,) = Html(client.get(page.url)).all("div", class_="stamp")
    return element.text, "ok" in element["class"].split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signed_page_says_who_compared_it_with_which_edition_and_when(client, language):
    page = question(language)

    sign(page, lawyer("Әлия <Серікова>"), edition_date=date(2026, 7, 1))

    words, is_green = stamp(client, page)
    assert is_green
    assert said(language, "Checked against the edition of %(date)s", date=written(date(2026, 7, 1), language)) in words
    assert "Әлия <Серікова>, " + said(language, "lawyer of the front office") in words
    assert written(today(), language) in words


def test_a_signature_makes_no_revision_and_a_line_in_the_log():
    page, by = question("ru"), lawyer()
    before = (page.revisions.count(), page.latest_revision_id, page.last_published_at)

    review = sign(page, by, note="сверено")

    page.refresh_from_db()
    assert (page.revisions.count(), page.latest_revision_id, page.last_published_at) == before
    assert list(Review.objects.filter(page=page)) == [review]
    assert (review.by, review.reviewer, review.note) == (by, by.full_name, "сверено")
    entry = PageLogEntry.objects.get(action="law.review", page_id=page.pk)
    assert entry.user == by
    assert entry.data["edition_date"] == review.edition_date.isoformat()


def test_the_edition_is_that_of_the_act_cited_first_and_the_next_date_that_of_the_settings():
    page = question("ru")
    LegalAct.objects.filter(pk=page.basis[0].act.pk).update(edition_date=date(2026, 9, 9))
    LawSettings.objects.update_or_create(pk=1, defaults={"review_months": 3})

    sign(question("ru"), lawyer())

    state = ReviewState.objects.get(page=page)
    assert state.edition_date == date(2026, 9, 9)
    assert state.next_review_on == months_after(today(), 3)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 25), 1, date(2026, 12, 25)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 6, 24), -7, date(2025, 11, 24)),
    ],
)
def test_a_month_without_the_day_ends_on_its_last(day, months, then):
    assert months_after(day, months) == then


def test_a_signature_closes_what_readers_reported_on_that_page_alone():
    page, other = question("ru"), question("kk")
    tasks = [ReviewTask.objects.create(page=each, text="устарело") for each in (page, other)]
    by = lawyer()

    sign(page, by)

    for task in tasks:
        task.refresh_from_db()
    assert (tasks[0].closed_by, tasks[0].closed_at is None) == (by, False)
    assert tasks[1].closed_at is None


@pytest.mark.parametrize("name", ["", "   "])
def test_who_has_no_name_cannot_sign_and_nothing_is_written(name):
    page = question("ru")

    with pytest.raises(Refused) as refused:
        sign(page, lawyer(name))

    assert refused.value.message
    assert not Review.objects.filter(page=page).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_are_signed_at_once(client, language):
    page = question(language)

    sign(page, lawyer(), both_languages=True, edition_date=date(2026, 7, 1))

    assert all(stamp(client, question(each))[1] for each in LANGUAGES)
    assert Review.objects.filter(page__translation_key=page.translation_key).count() == 2


def test_a_twin_that_is_behind_is_not_signed_along():
    page = question("ru")
    page.save_revision().publish()

    with pytest.raises(Refused):
        sign(question("ru"), lawyer(), both_languages=True)

    assert not Review.objects.filter(page__translation_key=page.translation_key).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_overdue_page_no_longer_claims_to_be_current(client, language):
    page, by = question(language), lawyer()
    sign(page, by, edition_date=date(2026, 7, 1))
    care_for(page, today())
    assert stamp(client, page)[1], "the last day is still in time"

    care_for(page, today() - timedelta(days=1))

    words, is_green = stamp(client, page)
    assert not is_green
    assert said(language, "A new review has not been made yet") in words
    assert by.full_name in words
    assert (
        said(language, "Checked against the edition of %(date)s", date=written(date(2026, 7, 1), language)) not in words
    )


def test_a_page_edited_after_the_signature_says_so_until_it_is_signed_again(client, on):
    on(date(2027, 1, 10))
    sign(question("ru"), lawyer())
    on(date(2027, 1, 12))
    question("ru").save_revision().publish()

    words, is_green = stamp(client, question("ru"))
    assert not is_green
    assert said("ru", "Edited after the review") in words

    sign(question("ru"), lawyer())
    assert stamp(client, question("ru"))[1]


def test_a_small_correction_leaves_the_signature_as_it_is(client, on):
    on(date(2027, 1, 10))
    sign(question("ru"), lawyer())
    on(date(2027, 1, 12))
    page = question("ru")
    page.minor_edit = True
    page.save_revision().publish()

    assert stamp(client, page)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_recheck_the_change_stands_above_the_answer_and_the_stamp_is_not_green(client, language):
    page = question(language)
    sign(page, lawyer())
    amendment = amend(page)
    later = amend(page, since=today(), title_kk="Екінші түзету", title_ru="Вторая поправка")

    html = Html(client.get(page.url))

    main = html.main
    with translation.override(language):
        wanted = [amendment.title, amendment.what, later.title]
    since = written(amendment.in_force_on, language)
    notice = said(language, "Being checked: the norm changed on %(date)s", date=since)
    places = [main.index(text) for text in (notice, *wanted, page.short_answer)]
    assert places == sorted(places)
    assert len(html.all("a", href=amendment.source_url, rel="external")) == 2
    words, is_green = stamp(client, page)
    assert not is_green
    assert said(language, "Under re-check: the law has changed") in words


def test_an_amendment_to_come_and_a_decided_one_are_no_reason_to_doubt(client):
    page = question("ru")
    sign(page, lawyer())
    amend(page, since=today() + timedelta(days=1))
    amend(page).items.update(outcome="confirmed")

    html = Html(client.get(page.url))

    assert not html.all("section", class_="recheck")
    assert stamp(client, page)[1]


def test_only_staff_may_care_for_a_page_and_a_deputy_is_somebody_else():
    page, by, staff, stranger = question("ru"), lawyer(), make_user(group="Editors"), make_user()
    gone = make_user(group="Editors", is_active=False)
    fields = {"page": page, "actor": by, "next_review_on": None}
    for people in [(stranger, None), (staff, stranger), (gone, None), (staff, staff), (None, staff)]:
        with pytest.raises(Refused):
            assign(**fields, responsible=people[0], deputy=people[1])

    assign(**fields, responsible=staff, deputy=by)

    state = ReviewState.objects.get(page=page)
    assert (state.responsible, state.deputy) == (staff, by)
    assert PageLogEntry.objects.get(action="law.assign", page_id=page.pk).user == by


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_past_answer_carries_neither_the_signature_nor_the_notice_of_today(client, language):
    page = question(language)
    page.change_note = "Исправлено"
    page.save_revision().publish()
    page = question(language)
    sign(page, lawyer())
    amend(page)

    html = Html(client.get(reverse("page_as_it_was", args=[page.change_notes.get().pk]), follow=True))

    (element,) = html.all("div", class_="stamp")
    assert "ok" not in element["class"].split()
    assert said(language, "No longer checked") in element.text
    assert "Әлия Серікова" not in html.main
    assert not html.all("section", class_="recheck")


def test_an_edit_of_the_same_day_takes_the_signature_away():
    page = question("ru")
    sign(page, by=lawyer())
    QuestionPage.objects.filter(pk=page.pk).update(text_changed_at=timezone.now() - timedelta(hours=1))
    ReviewState.objects.filter(page=page).update(reviewed_at=timezone.now() - timedelta(minutes=5))
    assert QuestionPage.objects.get(pk=page.pk).standing == Standing.SIGNED

    draft = QuestionPage.objects.get(pk=page.pk)
    draft.short_answer = "Иначе."
    draft.save_revision().publish()

    assert QuestionPage.objects.get(pk=page.pk).standing == Standing.CHANGED
