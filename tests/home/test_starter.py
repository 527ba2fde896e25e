"""The starter content is loaded once: what staff have changed since is theirs."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.catalogue import CoursePage
from faq.glossary import GlossaryTerm
from faq.life_events import LifeEvent
from faq.questions import QuestionPage
from home.starter.pages import Starter
from law.models import LegalAct, Provision
from tests.core.html import Html
from tests.core.sample import LANGUAGES, TOUR, first, live

pytestmark = pytest.mark.django_db


def load() -> int:
    return Starter(say=lambda step: None).load()


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def test_loading_again_makes_nothing():
    before = rows()
    assert before["faq.QuestionPage"] == 2 * 51
    assert before["law.LegalAct"] == 36

    assert load() == 0

    assert rows() == before


def test_the_command_says_how_many_pages_are_new():
    out = StringIO()

    call_command("load_content", stdout=out)

    assert out.getvalue().splitlines()[-1] == "0 new pages"


def test_loading_again_leaves_an_edited_and_a_moved_page_alone(client):
    page, course = first(QuestionPage, "kk"), first(CoursePage, "ru")
    page.title, page.slug, page.short_answer = "Өзгертілген сұрақ", "edited", "Өзгертілген жауап."
    page.save_revision().publish()
    page.citations.all().delete()
    page.move(page.get_parent().get_next_sibling(), pos="last-child")
    course.unpublish()

    load()

    page = QuestionPage.objects.get(pk=page.pk)
    assert page.title == "Өзгертілген сұрақ"
    assert not page.citations.exists()
    assert Html(client.get(page.url)).one("h1").text == "Өзгертілген сұрақ"
    assert client.get(course.url).status_code == 404


def test_loading_again_leaves_edited_acts_terms_and_courses_alone():
    LegalAct.objects.filter(key="cpc").update(title_ru="Исправлено юристом", is_verified=True)
    GlossaryTerm.objects.filter(slug="ksk").update(definition="Исправлено")
    course = first(CoursePage, "kk").course
    type(course).objects.filter(pk=course.pk).update(hours=99, code="NEW-1")

    load()

    assert LegalAct.objects.get(key="cpc").title_ru == "Исправлено юристом"
    assert set(GlossaryTerm.objects.filter(slug="ksk").values_list("definition", flat=True)) == {"Исправлено"}
    course.refresh_from_db()
    assert (course.hours, course.code) == (99, "NEW-1")


def test_a_page_that_was_lost_comes_back_beside_its_twin():
    page = first(QuestionPage, "kk")
    key, twin = page.translation_key, page.twin
    page.delete()

    assert load() == 1

    again = QuestionPage.objects.get(translation_key=key, locale__language_code="kk")
    assert again.live
    assert again.twin.pk == twin.pk
    assert again.citations.count() == twin.citations.count() > 0


@pytest.mark.parametrize(("model", "language"), TOUR)
def test_an_editor_can_save_every_page_without_correcting_it_first(model, language):
    streams = [field for field in model._meta.get_fields() if isinstance(field, StreamField)]

    for page in live(model, language):
        page.full_clean()
        for field in streams:
            field.stream_block.clean(getattr(page, field.name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_language_have_plain_addresses(language):
    pages = Page.objects.filter(locale__language_code=language, depth__gt=1)

    assert pages.count() > 80
    assert [page.slug for page in pages if not page.slug.isascii()] == []


def test_gists_short_names_and_english_words_come_to_rows_nobody_has_saved_and_stay_where_staff_did():
    mine, theirs = (Provision.objects.get(act__key="housing-law", ref=ref) for ref in ("42", "42(8)"))
    Provision.objects.filter(pk__in=[mine.pk, theirs.pk]).update(gist_kk="", gist_ru="")
    LegalAct.objects.filter(key="cpc").update(short_kk="", short_ru="", aliases="")
    GlossaryTerm.objects.filter(slug="ksk").update(term_en="")
    theirs.refresh_from_db()
    theirs.save_revision()  # somebody emptied it in the admin

    load()

    for row in (mine, theirs):
        row.refresh_from_db()
    assert mine.gist_kk
    assert mine.gist_ru
    assert not theirs.gist_ru
    assert LegalAct.objects.get(key="cpc").short_ru
    assert GlossaryTerm.objects.filter(slug="ksk").exclude(term_en="").count() == 2


def test_a_life_event_that_staff_renamed_keeps_its_name():
    LifeEvent.objects.filter(key="debts").update(title_ru="Деньги")

    load()

    assert LifeEvent.objects.get(key="debts").title_ru == "Деньги"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_editor_opens_holds_all_that_is_published(language):
    """Related questions and the next step stand in the revision too: publishing it again must not lose them."""
    for page in live(QuestionPage, language):
        draft = page.get_latest_revision_as_object()

        assert draft.related_questions.count() == page.related_questions.count() > 0
        assert draft.citations.count() == page.citations.count() > 0
        assert draft.next_page_id == page.next_page_id is not None
        assert draft.phrasings == page.phrasings != ""
        assert page.next_page.locale == page.locale
        assert page.next_page.live


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_in_answers_lead_to_the_provisions_they_name(client, language):
    page = QuestionPage.objects.get(slug="kakie-formy-upravleniya", locale__language_code=language)

    links = {link["href"]: link.text for link in Html(client.get(page.url)).all("a", class_="cite")}

    words = {"kk": "47-бап, 1-тармақ", "ru": "ст. 47, п. 1"}[language]
    assert links[f"/{language}/acts/housing-law/47.1/"] == words
