"""Guides: steps, documents and who may have them."""

from __future__ import annotations

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from faq.guides import GuideDocument, GuidePage
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.core.words import said

pytestmark = pytest.mark.django_db


def make_document(title: str = "Хаттама", collection: Collection | None = None) -> Document:
    fields = {"collection": collection} if collection else {}
    return Document.objects.create(
        title=title, file=ContentFile(b"x" * 2048, "protocol.docx"), file_size=2048, **fields
    )


def make_private(kind: str = CollectionViewRestriction.LOGIN) -> Collection:
    """A collection inside a private one."""
    above = Collection.get_first_root_node().add_child(name="Жабық")
    CollectionViewRestriction.objects.create(collection=above, restriction_type=kind, password="secret-words")
    return above.add_child(name="Ішкі")


def html_of(client, page) -> Html:
    response = client.get(page.url)
    assert response.status_code == 200
    return Html(response)


def files(html: Html) -> list[str]:
    return [link.text for link in html.all("a", class_="file")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_are_offered_with_their_kind_and_size(client, language):
    page = first(GuidePage, language)
    GuideDocument.objects.create(page=page, document=make_document("Б"), sort_order=1)
    GuideDocument.objects.create(page=page, document=make_document("В"), title="Аты <b>", sort_order=0)

    html = html_of(client, page)

    assert [text.split("DOCX")[0].strip() for text in files(html)] == ["Аты <b>", "Б"]
    assert all("DOCX, 2,0" in text for text in files(html))
    assert said(language, "Documents to download") in html.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_without_documents_has_no_box_for_them(client, language):
    page = first(GuidePage, language)
    page.documents.all().delete()

    assert said(language, "Documents to download") not in html_of(client, page).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_private_document_is_offered_to_who_may_have_it(client, person, language):
    page, document = first(GuidePage, language), make_document("Құпия", make_private())
    GuideDocument.objects.create(page=page, document=document)
    page.body.append(("document", {"document": document, "title": "Құпия мәтінде"}))
    page.save()

    assert "Құпия" not in html_of(client, page).main
    assert client.get(document.url).status_code == 302

    client.force_login(person)
    assert len(files(html_of(client, page))) == 2


@pytest.mark.parametrize("kind", [CollectionViewRestriction.PASSWORD, CollectionViewRestriction.GROUPS])
def test_a_document_for_a_password_or_a_group_is_not_offered_to_a_stranger(client, kind):
    page = first(GuidePage, "ru")
    GuideDocument.objects.create(page=page, document=make_document("Құпия", make_private(kind)))

    assert "Құпия" not in html_of(client, page).main


def test_more_documents_cost_the_same(client):
    page, private = first(GuidePage, "ru"), make_private()

    def cost() -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    GuideDocument.objects.create(page=page, document=make_document())
    GuideDocument.objects.create(page=page, document=make_document("x", private))
    few = cost()
    for _ in range(6):
        GuideDocument.objects.create(page=page, document=make_document())
        GuideDocument.objects.create(page=page, document=make_document("x", private))

    assert cost() == few


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_can_be_told_apart_and_nothing_is_pressed_without_a_script(client, language):
    page = first(GuidePage, language)

    html = html_of(client, page)

    steps = page.body[0].value["steps"]
    ticks = [item["data-tick"] for item in html.all("li") if "data-tick" in item.attrs]
    assert len(ticks) == len(set(ticks)) == len(steps)
    assert html.one("div", data_ticks=str(page.pk))
    assert "hidden" in html.one("div", class_="ticks").attrs
    source = client.get(page.url).content.decode()
    assert "checkbox" not in re.sub(r"<template.*?</template>", "", source, flags=re.DOTALL)
    assert "{done}" in html.one("p", role="status")["data-words"]
