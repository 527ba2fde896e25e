"""A page says so when its twin in the other language has moved on."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from core.pages import BasePage
from home.pages import StandardPage
from tests.core.html import Html
from tests.core.sample import LANGUAGES, PAGE_TYPES, first, live
from tests.core.words import said
from tests.factories import make_user

pytestmark = pytest.mark.django_db

OLDER = {"kk": "This page is older than its Russian version.", "ru": "This page is older than its Kazakh version."}


@pytest.fixture
def twins() -> dict[str, Page]:
    return {language: first(StandardPage, language) for language in LANGUAGES}


def publish(page: Page, **changes) -> None:
    """As the editor does it: from the latest revision of the page as it is now."""
    fresh = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()


def lagging(client, twins) -> set[str]:
    """The languages whose page tells its reader that it is older."""
    return {
        language
        for language, page in twins.items()
        if said(language, OLDER[language]) in Html(client.get(page.url)).main
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_changed_text_makes_the_twin_lag_whichever_language_it_is(client, twins, language):
    assert lagging(client, twins) == set()

    publish(twins[language], summary="Жаңа мәтін. Новый текст.")

    assert lagging(client, twins) == set(LANGUAGES) - {language}


def test_a_lagging_page_links_to_its_twin(client, twins):
    publish(twins["ru"], title="Новое название")

    link = Html(client.get(twins["kk"].url)).one(
        "a", hreflang="ru", lang="ru", href=twins["ru"].url, data_language="ru"
    )
    notice = [a for a in Html(client.get(twins["kk"].url)).all("a", href=twins["ru"].url) if a.text == "Новое название"]

    assert link
    assert len(notice) == 1


def test_a_small_correction_makes_nobody_lag(client, twins):
    publish(twins["kk"], summary="Түзетілген мәтін.", minor_edit=True)

    assert lagging(client, twins) == set()


def test_a_small_correction_does_not_hide_an_earlier_change(client, twins):
    publish(twins["kk"], summary="Жаңа мәтін.")
    publish(twins["kk"], summary="Жаңа мәтiн.", minor_edit=True)

    assert lagging(client, twins) == {"ru"}


def test_the_tick_of_a_small_correction_holds_for_one_publication_only(client, twins):
    """The next change would otherwise never reach the twin."""
    publish(twins["kk"], summary="Түзетілген мәтін.", minor_edit=True)
    client.force_login(make_user(group="Editors"))

    form = client.get(reverse("wagtailadmin_pages:edit", args=[twins["kk"].pk])).context["form"]

    assert form.initial["minor_edit"] is False


def test_a_change_after_a_small_correction_is_news_again(client, twins):
    publish(twins["kk"], summary="Түзетілген мәтін.", minor_edit=True)
    publish(twins["kk"], summary="Мүлде басқа мәтін.")

    assert lagging(client, twins) == {"ru"}


def test_publishing_the_lagging_page_catches_up_and_makes_no_news(client, twins):
    publish(twins["ru"], summary="Новый текст.")
    publish(twins["kk"], summary="Жаңа мәтін.")

    assert lagging(client, twins) == set()


def test_after_catching_up_the_next_change_is_news_again(client, twins):
    publish(twins["ru"], summary="Новый текст.")
    publish(twins["kk"], summary="Жаңа мәтін.")
    publish(twins["kk"], summary="Тағы да жаңа мәтін.")

    assert lagging(client, twins) == {"ru"}


def test_an_old_revision_does_not_turn_the_marks_back(client, twins):
    """By the marks of its own day it would look like catching up, and be no news."""
    old = twins["kk"].latest_revision
    publish(twins["ru"], summary="Новый текст.")
    publish(twins["kk"], summary="Жаңа мәтін.")
    assert lagging(client, twins) == set()

    old.publish()

    assert lagging(client, twins) == {"ru"}


def test_first_publications_make_nobody_lag(client, twins):
    page = StandardPage(title="Жаңа бет", slug="new-page", summary="Мәтін.", live=False)
    twins["kk"].get_parent().add_child(instance=page)
    page.save_revision().publish()
    twin = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    twin.title = "Новая страница"
    twin.save_revision().publish()

    pair = {"kk": StandardPage.objects.get(pk=page.pk), "ru": StandardPage.objects.get(pk=twin.pk)}

    assert lagging(client, pair) == set()
    publish(pair["ru"], summary="Изменённый текст.")
    assert lagging(client, pair) == {"kk"}


def test_no_page_of_the_starter_content_lags():
    late: list[BasePage] = [
        page
        for model in PAGE_TYPES
        for language in LANGUAGES
        for page in live(model, language)
        if page.lags_behind_twin
    ]

    assert late == []
