"""A shared note stands on many pages: its rich text is no block, and is as careful as one."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from faq.questions import QuestionPage
from law.models import SharedNote
from tests.core import hostile
from tests.core.hostile import read
from tests.core.sample import first
from tests.core.test_no_script_doors import put
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def editor(client):
    client.force_login(make_user(group="Editors"))
    return client


def page_with(note: SharedNote) -> QuestionPage:
    page = first(QuestionPage, note.locale.language_code)
    page.body = [("shared_note", {"note": note})]
    page.save()
    return page


@pytest.mark.parametrize("kind", ["LINK", "PROVISION"])
def test_a_crafted_link_in_a_note_breaks_no_page(editor, kind):
    ids = ['1" onmouseover="alert(1)', "abc", "1e3", "9" * 30, "", "-1", "99999999"]
    entities = {str(key): {"type": kind, "mutability": "MUTABLE", "data": {"id": bad}} for key, bad in enumerate(ids)}
    rows = [
        {"key": f"k{key}", "type": "unstyled", "depth": 0, "text": f"Zlink{key} words", "inlineStyleRanges": []}
        | {"entityRanges": [{"offset": 0, "length": 6, "key": int(key)}]}
        for key in entities
    ]
    words = json.dumps({"entityMap": entities, "blocks": rows})
    form = nested_form_data({"title": "Ескерту", "text": words, "citations": inline_formset([])})

    response = editor.post(reverse("wagtailsnippets_law_sharednote:add"), form | {"action-publish": "yes"})

    assert response.status_code == 302
    note = SharedNote.objects.get()
    seen = read(page_with(note).url)
    assert all(hostile.shows(seen, f"Zlink{key} words") for key in entities)
    assert editor.get(reverse("wagtailsnippets_law_sharednote:edit", args=[note.pk])).status_code == 200


def test_a_translated_note_brings_words_and_good_links_and_nothing_else(editor):
    text = (
        '<p>Бір <a href="https://one.test/">сілтеме</a></p><p>Екі</p><p>Үш</p>'
        '<p>Төрт <b>сөз</b> <a href="https://two.test/">тағы</a></p>'
    )
    note = SharedNote.objects.create(title="Ескерту", text=text, locale=Locale.objects.get(language_code="kk"))
    russian = Locale.objects.get(language_code="ru")
    source, _made = TranslationSource.update_or_create_from_instance(note)
    translation = Translation.objects.create(source=source, target_locale=russian)
    translation.save_target(publish=False)
    words = {
        "Бір": 'Zone <a id="a1">bad</a>',
        "Екі": "Z<!--><img src=x onerror=alert(1)>-->",
        "Үш": "Z<![CDATA[><img src=x onerror=alert(1)>]]>",
        "Төрт": 'Zfour <b>bold</b> <a id="a1">good</a>',
    }
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        value = next((words[word] for word in words if segment.string.data.startswith(word)), "слова")
        assert put(editor, "edit_string_translation", translation, segment, value) is None
    for segment in OverridableSegment.objects.filter(source=source):
        address = "javascript:alert(1)" if "one.test" in segment.data_json else "https://three.test/"
        put(editor, "edit_override", translation, segment, address)

    translation.save_target(publish=True)

    page = page_with(SharedNote.objects.get(locale=russian))
    assert hostile.shows(read(page.url), "Zone bad")
    assert 'Zfour <b>bold</b> <a href="https://three.test/">good</a>' in Client().get(page.url).content.decode()
