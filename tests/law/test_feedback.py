"""«Did it help?»: what a reader may say of a page, and who hears it."""

from __future__ import annotations

import time
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from courses.catalogue import LessonPage
from faq.guides import GuidePage
from faq.questions import QuestionPage, TopicPage
from law.models import Feedback, ReviewTask
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PAGE_TYPES = [QuestionPage, GuidePage, LessonPage]
REASONS = ["unclear", "not_my_case", "outdated", "other"]


@pytest.fixture(autouse=True)
def nobody_has_spoken_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def page():
    return first(QuestionPage, "ru")


def address(page) -> str:
    return f"/{page.locale.language_code}/feedback/{page.pk}/"


def vote(client, page, useful: str = "no", **headers):
    """Presses a button as a browser does; the answer is the page it leads to."""
    return client.post(address(page), {"useful": useful}, headers=headers, follow=True)


def explain(client, page, reason: str, text: str = "", **headers):
    """Presses «no», then sends a reason."""
    form = vote(client, page, **headers)
    return client.post(form.redirect_chain[-1][0], {"reason": reason, "text": text}, headers=headers, follow=True)


def browser(name: str) -> dict[str, str]:
    return {"user-agent": name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", PAGE_TYPES)
def test_a_page_of_law_asks_and_thanks_in_its_language(client, model, language):
    page = first(model, language)
    html = Html(client.get(page.url))

    assert said(language, "Did it help?") in html.main
    assert html.one("form", action=address(page))["method"] == "post"
    assert [button["value"] for button in html.all("button", name="useful")] == ["yes", "no"]
    thanks = Html(vote(client, page, "yes"))
    assert said(language, "Thank you") in thanks.main
    assert thanks.all("a", href=page.url)
    assert Feedback.objects.get().is_useful


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_no_asks_why_and_keeps_the_reason_with_the_words(client, language, reason):
    page = first(QuestionPage, language)

    form = Html(vote(client, page))
    assert {radio["value"] for radio in form.all("input", type="radio", name="reason")} == set(REASONS)
    assert form.all("a", href=page.url)
    thanks = Html(explain(client, page, reason, "Қай бап?\r\nКакая статья?"))

    assert said(language, "Thank you") in thanks.main
    kept = Feedback.objects.get()
    assert (kept.is_useful, kept.reason, kept.text) == (False, reason, "Қай бап?\nКакая статья?")


def test_a_reader_is_given_no_cookie(client, page):
    client.get(page.url)
    explain(client, page, "other", "Слова")

    assert dict(client.cookies) == {}


def test_it_works_where_forms_of_others_need_a_token(page):
    strict = Client(enforce_csrf_checks=True)

    assert vote(strict, page, "yes").status_code == 200
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
)
def test_another_site_cannot_vote_with_a_readers_hands(client, page, headers):
    assert client.post(address(page), {"useful": "no"}, headers=headers).status_code == 403
    assert not Feedback.objects.exists()

    form = vote(client, page).redirect_chain[-1][0]
    assert client.post(form, {"reason": "outdated"}, headers=headers).status_code == 403
    assert not ReviewTask.objects.exists()


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}, {}])
def test_our_own_page_can(client, page, headers):
    assert vote(client, page, **headers).status_code == 200
    assert Feedback.objects.count() == 1


def test_a_visitor_has_one_voice_a_day_and_may_change_it(client, page):
    for useful in ("yes", "no", "yes", "no"):
        vote(client, page, useful)

    assert not Feedback.objects.get().is_useful


def test_another_browser_network_page_and_day_are_other_voices(client, page, on):
    other = first(GuidePage, "ru")
    vote(client, page)
    vote(client, page, **browser("Other/1.0"))
    client.post(address(page), {"useful": "no"}, REMOTE_ADDR="10.0.0.7")
    vote(client, other)
    on(timezone.localdate() + timedelta(days=1))
    vote(client, page)

    assert Feedback.objects.count() == 5
    assert len({voice.visitor for voice in Feedback.objects.all()}) == 4, "one visitor on two pages"


def test_what_is_kept_tells_nothing_of_the_visitor(client, page):
    vote(client, page, **browser("Telling/1.0"))

    kept = Feedback.objects.values().get()
    assert not [value for value in kept.values() if "Telling" in str(value) or "127.0.0.1" in str(value)]
    assert len(kept["visitor"]) == 64


def test_a_whole_house_gets_through_and_a_machine_is_told_clearly(client, page):
    for number in range(60):
        assert vote(client, page, "yes", **browser(f"Phone/{number}")).status_code == 200

    refused = vote(client, page, **browser("Machine/1.0"))

    assert refused.status_code == 429
    assert said("ru", "Too many answers from your network") in Html(refused).main
    assert Html(refused).all("a", href=page.url)
    assert Feedback.objects.count() == 60


@pytest.mark.parametrize("state", ["unpublished", "private", "topic", "unknown", "huge"])
def test_only_live_public_pages_of_law_take_voices(client, page, state):
    number = page.pk
    if state == "unpublished":
        page.unpublish()
    elif state == "private":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    elif state == "topic":
        number = first(TopicPage, "ru").pk
    else:
        number = {"unknown": 10**8, "huge": 10**30}[state]

    assert client.post(f"/ru/feedback/{number}/", {"useful": "no"}).status_code == 404
    assert not Feedback.objects.exists()


def test_a_page_that_is_taken_down_takes_no_reason_either(client, page):
    form = vote(client, page).redirect_chain[-1][0]
    page.unpublish()

    assert client.post(form, {"reason": "outdated"}).status_code == 404
    assert not ReviewTask.objects.exists()


@pytest.mark.parametrize("useful", [None, "", "maybe", "yes\x00", "я" * 5000])
def test_an_answer_that_is_no_button_leads_back_to_the_page(client, page, useful):
    answer = client.post(address(page), {} if useful is None else {"useful": useful})

    assert (answer.status_code, answer["Location"]) == (302, page.url)
    assert client.get(address(page))["Location"] == page.url
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("reason", "text"), [("", "слова"), ("unheard-of", ""), ("other", "я" * 1001), ("other", "a\x00b")]
)
def test_a_reason_that_is_none_is_asked_for_again_with_what_was_typed(client, page, reason, text):
    answer = explain(client, page, reason, text)

    assert answer.status_code == 200
    assert Html(answer).all("div", class_="errors")
    kept = Feedback.objects.get()
    assert (kept.reason, kept.text) == ("", "")


def test_a_thousand_characters_with_line_breaks_are_not_too_many(client, page):
    explain(client, page, "other", ("я" * 499 + "\r\n") * 2)

    assert len(Feedback.objects.get().text) == 999, "trimmed at the end"


@pytest.mark.parametrize("token", ["x", "MQ:1:2", "MQ", "а" * 300, "MQ:1tMRRk:abc"])
def test_a_made_up_second_step_is_no_address(client, token):
    assert client.get(f"/ru/feedback/words/{token}/").status_code == 404
    assert client.post(f"/ru/feedback/words/{token}/", {"reason": "other"}).status_code == 404


def test_the_second_step_is_open_for_an_hour(client, page, monkeypatch):
    form = vote(client, page).redirect_chain[-1][0]
    later = time.time() + 3601
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    late = client.post(form, {"reason": "outdated"})

    assert late.status_code == 410
    assert said("ru", "The form was open too long") in Html(late).main
    assert Html(late).all("a", href=page.url)
    assert Feedback.objects.get().reason == ""


def test_out_of_date_calls_a_lawyer_once_for_all_who_say_so(client, page):
    explain(client, page, "outdated", "Сумма другая")
    explain(client, page, "outdated", "МРП вырос", **browser("Other/1.0"))

    task = ReviewTask.objects.get()
    assert (task.page_id, task.voices, task.closed_at) == (page.pk, 2, None)
    assert "Сумма другая" in task.text
    assert "МРП вырос" in task.text


def test_one_visitor_is_one_voice_however_often_she_says_it(client, page):
    for _ in range(3):
        explain(client, page, "outdated", "ещё раз")
        vote(client, page, "yes")
        explain(client, page, "other", "иначе")

    assert ReviewTask.objects.get().voices == 1


def test_after_a_lawyer_has_closed_the_task_a_new_voice_opens_another(client, page):
    explain(client, page, "outdated")
    ReviewTask.objects.update(closed_at=timezone.now())
    explain(client, page, "outdated", **browser("Other/1.0"))

    assert ReviewTask.objects.open().get().voices == 1


@pytest.mark.parametrize("reason", ["unclear", "not_my_case", "other"])
def test_other_reasons_call_nobody(client, page, reason):
    explain(client, page, reason, "слова")

    assert not ReviewTask.objects.exists()


def speak(page, *, no: int, yes: int = 0, reason: str = "unclear", text: str = "", day=None) -> None:
    day = day or timezone.localdate()
    start = Feedback.objects.count()
    Feedback.objects.bulk_create(
        Feedback(
            page=page,
            is_useful=number >= no,
            reason=reason if number < no else "",
            text=text if number < no else "",
            visitor=f"visitor-{start + number}",
            day=day,
        )
        for number in range(no + yes)
    )


def test_editors_see_numbers_and_the_last_words_beside_the_page(client, page):
    speak(page, no=3, yes=4, text="Не нашёл <b>статью</b>")
    client.force_login(make_user(group="Editors"))

    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert said("kk", "What readers say") in html
    assert "Не нашёл &lt;b&gt;статью&lt;/b&gt;" in html


def report(client, query: str = ""):
    return client.get(f"/admin/reports/feedback/{query}")


def titles(response) -> list[str]:
    return [page.title for page in response.context["object_list"]]


def test_the_report_lists_pages_by_the_share_of_no(client, page):
    worse, kazakh = first(GuidePage, "ru"), first(QuestionPage, "kk")
    speak(page, no=1, yes=3)
    speak(worse, no=2, yes=1, reason="outdated")
    speak(kazakh, no=0, yes=2)
    client.force_login(make_user(group="Editors"))

    assert titles(report(client)) == [worse.title, page.title, kazakh.title]
    rows = {row.pk: row for row in report(client).context["object_list"]}
    assert (rows[page.pk].voices, rows[page.pk].said_no, rows[page.pk].no_share) == (4, 1, 25)
    assert (rows[worse.pk].outdated, rows[worse.pk].unclear, rows[worse.pk].no_share) == (2, 0, 67)


def test_the_report_is_filtered_by_language_reason_and_period(client, page):
    old, kazakh = first(GuidePage, "ru"), first(QuestionPage, "kk")
    speak(page, no=1)
    speak(page, no=0, yes=3, day=timezone.localdate() - timedelta(days=60))
    speak(old, no=1, day=timezone.localdate() - timedelta(days=60))
    speak(kazakh, no=1, reason="outdated")
    client.force_login(make_user(group="Lawyers"))

    assert titles(report(client, f"?locale={page.locale_id}")) == [old.title, page.title]
    assert titles(report(client, "?reason=outdated")) == [kazakh.title]
    recent = report(client, "?days=30")
    assert set(titles(recent)) == {page.title, kazakh.title}
    assert {row.voices for row in recent.context["object_list"]} == {1}
    assert report(client, "?days=x&reason=y&locale=z").status_code == 200


def test_the_report_goes_out_as_a_spreadsheet_without_formulas(client, page):
    type(page).objects.filter(pk=page.pk).update(title="=HYPERLINK(1)", draft_title="=HYPERLINK(1)")
    speak(page, no=1)
    client.force_login(make_user(group="Managers"))

    csv = report(client, "?export=csv")
    xlsx = report(client, "?export=xlsx")

    assert "'=HYPERLINK(1)" in (b"".join(csv) if csv.streaming else csv.content).decode()
    sheet = load_workbook(filename=_file(xlsx)).active
    cell = next(cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value))
    assert cell.data_type == "s"


def _file(response):
    return BytesIO(b"".join(response.streaming_content))


@pytest.mark.parametrize(
    ("group", "may"), [("Editors", True), ("Lawyers", True), ("Managers", True), ("Trainers", False), ("Desk", False)]
)
def test_the_report_is_for_who_may_view_feedback(client, page, group, may):
    speak(page, no=1, text="слова читателя")
    client.force_login(make_user(group=group))

    opened = report(client)

    assert (opened.status_code == 200) is may
    assert (page.title in opened.content.decode()) is may


def test_twice_the_pages_cost_the_report_the_same(client, page):
    client.force_login(make_user(group="Editors"))
    pages = list(QuestionPage.objects.live()[:20])

    def cost() -> int:
        report(client)
        with CaptureQueriesContext(connection) as queries:
            report(client)
        return len(queries)

    for spoken in pages[:10]:
        speak(spoken, no=1, yes=1)
    before = cost()
    for spoken in pages[10:]:
        speak(spoken, no=1, yes=1)
    assert cost() == before
