"""What changed on a page and why, and the page as it stood before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import formats, timezone, translation
from wagtail.models import Locale, Page, PageViewRestriction, Revision
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from courses.catalogue import LessonPage
from faq.guides import GuidePage
from faq.questions import QuestionPage
from law.models import Amendment, ChangeNote, LegalAct, Provision, RadarItem
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said
from tests.factories import make_user
from tests.law.clock import moment

pytestmark = pytest.mark.django_db

WHY = "Срок обжалования теперь три месяца."


@pytest.fixture
def page():
    return first(QuestionPage, "ru")


def edit(page, note: str = "", **changes):
    """A draft made as the editor does it: from the latest revision of the page as it is now."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in {"change_note": note, **changes}.items():
        setattr(draft, name, value)
    return draft.save_revision()


def publish(page, note: str = "", user=None, **changes) -> None:
    edit(page, note, **changes).publish(user=user)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def in_words(day: date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "DATE_FORMAT")


def was(note, language: str = "ru") -> str:
    return f"/{language}/was/{note.pk}/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", [QuestionPage, GuidePage, LessonPage])
def test_readers_see_what_changed_and_may_read_the_page_as_it_stood(client, model, language):
    page = first(model, language)
    old = page.title
    publish(page, WHY, title="Новое название")

    html = Html(client.get(page.url))
    assert said(language, "What changed") in html.main
    assert WHY in html.main
    assert in_words(timezone.localdate(), language) in html.main
    note = ChangeNote.objects.get()
    assert html.all("a", href=was(note, language))

    past = Html(client.get(was(note, language)))
    assert past.one("h1").text == old
    assert (
        said(language, "This is how the answer looked before %(date)s", date=in_words(note.on, language)) in past.main
    )
    assert past.all("a", href=page.url)


def test_a_note_says_who_when_and_holds_the_text_of_the_day_before(page, on):
    on(date(2026, 12, 14))
    author = make_user(group="Editors")
    old = page.short_answer

    publish(page, WHY, user=author, short_answer="Иначе.")

    note = ChangeNote.objects.get()
    assert (note.page_id, note.text, note.on, note.by, note.amendment) == (
        page.pk,
        WHY,
        date(2026, 12, 14),
        author,
        None,
    )
    assert note.before["short_answer"] == old


def test_the_day_is_that_of_the_site_and_not_of_greenwich(page, monkeypatch):
    night = moment(date(2026, 12, 15), hour=1)
    monkeypatch.setattr(timezone, "now", lambda: night)

    publish(page, WHY)

    assert ChangeNote.objects.get().on == date(2026, 12, 15)


def test_nothing_worth_telling_makes_no_note(client, page):
    publish(page, "", short_answer="Иначе.")
    publish(page, "  \n ", short_answer="Ещё иначе.")

    assert not ChangeNote.objects.exists()
    assert said("ru", "What changed") not in Html(client.get(page.url)).main


def test_the_next_edit_starts_without_the_note(client, page):
    publish(page, WHY)
    client.force_login(make_user(group="Editors"))

    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]

    assert form.initial["change_note"] == ""
    assert fresh(page).change_note == ""
    publish(fresh(page), fresh(page).get_latest_revision_as_object().change_note, short_answer="Иначе.")
    assert ChangeNote.objects.count() == 1


@pytest.mark.parametrize("times", [1, 2])
def test_the_editors_own_button_makes_one_note_with_the_text_of_before(client, page, times):
    old = page.title
    client.force_login(make_user(group="Editors"))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    for time in range(times):
        form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
        form["title"], form["change_note"], form["action-publish"] = f"Новое {time}", f"{WHY} {time}", "yes"
        form.update(nested_form_data({"body": streamfield([("text", rich_text("<p>Жаңа.</p>"))])}))
        assert client.post(address, form).status_code == 302

    notes = list(ChangeNote.objects.order_by("pk"))
    assert [note.text for note in notes] == [f"{WHY} {time}" for time in range(times)]
    assert [note.before["title"] for note in notes] == [old, "Новое 0"][:times]
    assert fresh(page).change_note == "" == fresh(page).get_latest_revision_as_object().change_note


def test_a_note_of_a_first_publication_has_nothing_before(client, page):
    new = QuestionPage(title="Новый вопрос", slug="novyj-vopros", short_answer="Ответ.", live=False)
    page.get_parent().add_child(instance=new)

    publish(new, "Ответ написан по просьбе жителей.")

    note = ChangeNote.objects.get()
    assert note.before is None
    assert not Html(client.get(fresh(new).url)).all("a", href=was(note))
    assert client.get(was(note)).status_code == 404


def test_a_page_edited_in_memory_is_compared_with_the_live_one(page):
    """Wagtail publishes from the object at hand, which has the new text already."""
    old = page.short_answer
    page.short_answer, page.change_note = "Новый ответ.", WHY

    page.save_revision().publish()

    assert ChangeNote.objects.get().before["short_answer"] == old


def test_a_scheduled_publication_makes_the_note_on_its_day(page):
    soon = timezone.now() + timedelta(days=2)
    edit(page, WHY, go_live_at=soon, short_answer="Иначе.").publish()
    assert not ChangeNote.objects.exists()
    assert fresh(page).get_latest_revision().content["change_note"] == WHY

    fresh(page).revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    revision = fresh(page).get_latest_revision()
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    call_command("publish_scheduled")

    assert ChangeNote.objects.get().text == WHY
    assert fresh(page).get_latest_revision().content["change_note"] == ""


def test_a_draft_begun_from_a_published_one_does_not_say_it_twice(page):
    waiting = edit(page, WHY, short_answer="Иначе.")
    edit(page, WHY, short_answer="Черновик после.")

    Revision.objects.get(pk=waiting.pk).publish()
    fresh(page).get_latest_revision().publish()

    assert ChangeNote.objects.count() == 1
    assert fresh(page).short_answer == "Черновик после."


def test_publishing_that_fails_keeps_the_note_for_the_next_try(page, monkeypatch):
    revision = edit(page, WHY)

    def refuse(self, *args, **kwargs):
        raise RuntimeError("search is away")

    with monkeypatch.context() as broken:
        broken.setattr(QuestionPage, "save", refuse)
        with pytest.raises(RuntimeError):
            revision.publish()
    assert not ChangeNote.objects.exists()

    revision.publish()
    assert ChangeNote.objects.get().text == WHY


def test_the_note_leads_to_the_amendment_that_the_edit_answers(page):
    act = LegalAct.objects.get(key="housing-law")
    days = {"later": date(2026, 3, 1), "earlier": date(2026, 1, 1)}
    amendments = {
        name: Amendment.objects.create(
            title_kk=name,
            title_ru=name,
            act=act,
            source_url="https://adilet.zan.kz/",
            in_force_on=day,
            what_kk="…",
            what_ru="…",
        )  # fmt: skip
        for name, day in days.items()
    }
    kind = ContentType.objects.get_for_model(Page)
    items = {
        name: RadarItem.objects.create(amendment=amendment, content_type=kind, object_id=page.pk)
        for name, amendment in amendments.items()
    }
    prepared = edit(page, "Приведено к новой редакции.")
    RadarItem.objects.filter(pk=items["later"].pk).update(prepared_revision=prepared)
    prepared.publish()
    assert ChangeNote.objects.get().amendment == amendments["later"]

    RadarItem.objects.filter(pk=items["later"].pk).update(outcome="edited")
    RadarItem.objects.filter(pk=items["earlier"].pk).update(outcome="")
    publish(page, WHY)
    assert ChangeNote.objects.get(text=WHY).amendment == amendments["earlier"]


def test_the_translation_of_a_page_tells_of_its_own_changes(client, page):
    twin = page.get_translation(Locale.objects.get(language_code="kk"))
    publish(page, WHY)
    publish(twin, "Мерзім өзгерді.")

    assert WHY not in Html(client.get(twin.url)).main
    assert "Мерзім өзгерді." in Html(client.get(twin.url)).main


def test_a_page_as_it_stood_counts_for_nothing(client, page):
    publish(page, WHY, short_answer="Иначе.")
    answer = client.get(was(ChangeNote.objects.get()))
    html = Html(answer)

    assert [meta["content"] for meta in html.all("meta", name="robots")] == ["noindex"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert not html.all("link", rel="canonical") + html.all("link", rel="alternate")
    assert not html.all("script", type="application/ld+json")
    assert not [meta for meta in html.all("meta") if (meta.attrs.get("property") or "").startswith("og:image")]
    assert not html.all("button", name="useful")
    client.force_login(make_user(group="Editors"))
    assert not Html(client.get(was(ChangeNote.objects.get()))).all("a", href=f"/admin/pages/{page.pk}/edit/")


@pytest.mark.parametrize("state", ["unpublished", "private", "unknown", "huge"])
def test_a_page_that_is_closed_today_is_closed_as_it_stood(client, page, state):
    publish(page, WHY)
    number = ChangeNote.objects.get().pk
    if state == "unpublished":
        fresh(page).unpublish()
    elif state == "private":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    else:
        number = {"unknown": 10**6, "huge": 10**30}[state]

    assert client.get(f"/ru/was/{number}/").status_code == 404


def test_an_old_page_stands_in_its_own_language(client, page):
    publish(page, WHY)
    note = ChangeNote.objects.get()

    assert client.get(was(note, "kk"))["Location"] == was(note, "ru")
    twin = page.get_translation(Locale.objects.get(language_code="kk"))
    assert Html(client.get(was(note))).one("a", data_language="kk")["href"] == twin.url


def test_a_provision_that_is_gone_does_not_break_the_old_page(client, page):
    act = LegalAct.objects.create(key="gone", kind="law", title_kk="Жоқ", title_ru="Нет")
    provision = Provision.objects.create(act=act, ref="7")
    draft = fresh(page).get_latest_revision_as_object()
    draft.citations.add(draft.citations.model(provision=provision, sort_order=9))
    draft.save_revision().publish()
    kept = fresh(page).get_latest_revision_as_object()
    kept.citations.remove(kept.citations.get(provision=provision))
    kept.change_note = WHY
    kept.save_revision().publish()
    note = ChangeNote.objects.get()
    assert [row["provision"] for row in note.before["citations"]].count(provision.pk) == 1

    Provision.objects.filter(pk=provision.pk).delete()

    assert client.get(was(note)).status_code == 200


def test_the_last_three_stand_open_and_the_older_ones_fold(client, page):
    for number in range(5):
        publish(page, f"Правка {number}.")

    html = Html(client.get(page.url))

    assert len(html.all("li", class_="change")) == 5
    folded = next(details for details in html.all("details", class_="contents") if "Правка" in details.text)
    assert ("Правка 0." in folded.text, "Правка 1." in folded.text, "Правка 2." in folded.text) == (True, True, False)


def test_fifty_changes_cost_a_page_as_much_as_one(client, page):
    def cost() -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    publish(page, WHY)
    before = cost()
    ChangeNote.objects.bulk_create(
        ChangeNote(page=page, text=f"Правка {number}", on=timezone.localdate(), before={"title": "x"})
        for number in range(50)
    )
    assert cost() == before


def test_what_staff_said_to_each_other_is_not_kept_with_the_old_text(page):
    author = make_user(group="Editors")
    page.wagtail_admin_comments.add(
        page.wagtail_admin_comments.model(user=author, text="Проверь статью", contentpath="short_answer")
    )
    page.save_revision().publish()

    publish(page, WHY)

    assert "Проверь статью" not in str(ChangeNote.objects.get().before)
