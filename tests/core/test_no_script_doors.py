"""The side doors of an editor: translations, crafted links, uploads, fields that are not hers."""

from __future__ import annotations

import json
import re
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page
from wagtail.test.utils.form_data import streamfield
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from courses.catalogue import LessonPage
from faq.guides import GuidePage
from faq.questions import QuestionPage, TopicPage
from faq.trees import DecisionTreePage
from home.pages import StandardPage
from law.models import SharedNote
from tests.core import hostile
from tests.core.hostile import PAYLOADS, Hostile, read
from tests.core.sample import first
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EVIL = " ".join(PAYLOADS)
HTML = f"<!doctype html><body>{EVIL}<script>alert(1)</script></body>".encode()
WITHOUT_FILES = {"body": streamfield([("table", {"caption": EVIL[:160], "rows": f"{EVIL}\n{EVIL}"})])}
RUN_IN_A_BROWSER = re.compile(r"text/(?:html|xml)|(?:text|application)/\S*script|application/xml|\S*\+xml|multipart/")


@pytest.fixture
def editor(client):
    client.user = make_user(group="Editors")
    client.force_login(client.user)
    return client


def publish(client, page, given: dict, *, attack_closed: bool = False, **more):
    """Posts the page's edit form; returns the answer and what was written into it."""
    form = page.get_edit_handler().get_form_class()(instance=page, for_user=client.user)
    made = Hostile(given if attack_closed else {"slug": page.slug} | given, attack_closed=attack_closed)
    data = made.data(form) | {"action-publish": "yes"} | more
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data), made


# Translations ---------------------------------------------------------------------------------------------------------


def put(client, view: str, translation, segment, value: str):
    address = reverse(f"wagtail_localize:{view}", args=[translation.pk, segment.pk])
    answer = client.put(address, urlencode({"value": value}), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 201
    return answer.json().get("error")


@pytest.fixture
def translation(editor):
    """A page sent to translation, with every kind of string in it."""
    body = [
        {"type": "text", "value": '<p>Бір <a href="https://one.test/">сілтеме</a></p><p>Екі</p><p>Үш</p><p>Төрт</p>'},
        {"type": "text", "value": '<p>Бес <b>сөз</b> <a href="https://two.test/">тағы</a></p>'},
        {
            "type": "steps",
            "value": {"steps": [{"type": "item", "id": "s", "value": {"title": "", "text": "<p>Алты</p>"}}]},
        },
        {"type": "checklist", "value": {"title": "", "items": [{"type": "item", "id": "i", "value": "<p>Жеті</p>"}]}},
        {"type": "note", "value": {"kind": "note", "title": "Тақырып", "text": "<p>Сегіз</p>"}},
    ]
    page = StandardPage(title="Бет", slug="bet", locale=Locale.objects.get(language_code="kk"), body=json.dumps(body))
    first(StandardPage, "kk").get_parent().add_child(instance=page)
    russian = Locale.objects.get(language_code="ru")
    editor.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [russian.pk]})
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=russian)


def translate(client, translation, words: dict[str, str]) -> list[str]:
    """Puts a translation beside each source string; returns what was refused."""
    refused = []
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        source = segment.string.data
        value = next((text for beginning, text in words.items() if source.startswith(beginning)), "слова")
        if put(client, "edit_string_translation", translation, segment, value):
            refused.append(source)
    return refused


def publish_translation(client, translation, on_commit) -> Page:
    page = translation.get_target_instance()
    with on_commit(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    page.refresh_from_db()
    assert page.live
    return page


def test_a_translation_brings_words_and_good_links_and_nothing_else(
    editor, translation, django_capture_on_commit_callbacks
):
    smuggled = (
        "Z<!--><img src=x onerror=alert(1)>-->",
        "Z<![CDATA[><img src=x onerror=alert(1)>]]>",
        "Z<!--x--!><x-evil>-->",
        "Z<![if ><li><x-evil>]>",
        "Z<!doctype x><b>b</b>",
        "Z<code>c</code><abbr>a</abbr>",
    )
    words = dict(zip(("Екі", "Үш", "Төрт", "Алты", "Жеті", "Сегіз"), smuggled, strict=True))
    words |= {"Бір": 'Zone <a id="a1">bad</a>', "Бес": 'Zfive <b>bold</b> <a id="a1">good</a>'}
    words |= {"Бет": "Ztitle &lt;script&gt;alert(1)&lt;/script&gt;", "bet": "bet-ru"}
    assert translate(editor, translation, words) == []
    for segment in OverridableSegment.objects.filter(source=translation.source):
        address = "javascript:alert(1)" if "one.test" in segment.data_json else "https://three.test/"
        put(editor, "edit_override", translation, segment, address)

    page = publish_translation(editor, translation, django_capture_on_commit_callbacks)

    seen = read(page.url)
    assert hostile.shows(seen, "Ztitle <script>alert(1)</script>")
    assert hostile.shows(seen, "Zone bad")
    html = Client().get(page.url).content.decode()
    assert 'Zfive <b>bold</b> <a href="https://three.test/">good</a>' in html
    read(reverse("wagtail_localize:preview_translation", args=[translation.pk]), reader=editor, is_preview=True)


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<b onclick="a()">x</b>']
)
def test_a_translation_with_a_tag_that_is_not_for_words_is_refused_and_not_used(
    editor, translation, payload, django_capture_on_commit_callbacks
):
    refused = translate(editor, translation, {"Екі": payload, "bet": "bet-ru"})

    assert refused == ["Екі"]
    assert "Екі" in read(publish_translation(editor, translation, django_capture_on_commit_callbacks).url)


# Links ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT"])
def test_a_crafted_link_to_no_page_or_document_breaks_nothing(editor, kind):
    page = first(StandardPage, "ru")
    ids = ['1" onmouseover="alert(1)', "abc", "1e3", "9" * 30, "", "-1", "99999999"]
    entities = {str(key): {"type": kind, "mutability": "MUTABLE", "data": {"id": bad}} for key, bad in enumerate(ids)}
    rows = [
        {"type": "unstyled", "text": f"Zlink{key} words", "entityRanges": [{"offset": 0, "length": 6, "key": key}]}
        for key in entities
    ]
    rows = [row | {"key": f"k{place}", "depth": 0, "inlineStyleRanges": []} for place, row in enumerate(rows)]
    words = json.dumps({"entityMap": entities, "blocks": rows})

    response, _made = publish(editor, page, {"body": streamfield([("text", words)])})

    assert response.status_code == 302
    seen = read(page.url)
    assert all(hostile.shows(seen, f"Zlink{key} words") for key in entities)
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


# Fields that take certain values, and fields that are not on the form -------------------------------------------------


@pytest.mark.parametrize("model", [DecisionTreePage, GuidePage, LessonPage, QuestionPage, TopicPage])
def test_a_field_of_certain_values_takes_no_other(editor, model):
    page = first(model, "kk")
    Image.objects.create(title="x", file=get_test_image_file())
    Document.objects.create(title="x", file="x.pdf")

    SharedNote.objects.create(title="x", text="<p>x</p>", locale=page.locale)

    # one answer of two is right: a practice question has no other fault of its own
    response, made = publish(editor, page, {"body.practice.options.item.is_right": "on"}, attack_closed=True)

    wrong = response.context["form"].errors.as_data()
    assert {path for path in made.closed if "." not in path} <= set(wrong)
    for name in {"body", "nodes"} & set(wrong):
        blocks = list(getattr(page, name).stream_block.child_blocks)
        with_closed = [block for block in blocks if any(path.startswith(f"{name}.{block}.") for path in made.closed)]
        assert with_closed == {"body": ["note"], "nodes": ["question", "outcome"]}[name]
        assert [blocks[place] for place in wrong[name][0].block_errors] == with_closed
    assert model.objects.get(pk=page.pk).title == page.title


def test_what_is_not_on_the_form_is_not_taken_from_it(editor):
    page = first(QuestionPage, "kk")
    kept = ("path", "depth", "numchild", "owner_id", "locale_id", "translation_key", "content_type_id", "url_path")
    kept += ("locked", "locked_by_id", "alias_of_id", "first_published_at")
    before = Page.objects.filter(pk=page.pk).values(*kept).get()
    forged = dict.fromkeys([*kept, *(name.removesuffix("_id") for name in kept)], "1")

    response, _made = publish(editor, page, WITHOUT_FILES, **forged)

    assert response.status_code == 302
    assert Page.objects.filter(pk=page.pk).values(*kept).get() == before


def test_the_sitemap_holds_addresses_only(editor):
    page = first(QuestionPage, "kk")
    publish(editor, page, WITHOUT_FILES)

    sitemap = Client().get("/sitemap.xml").content.decode()
    assert page.url in sitemap
    assert "alert" not in sitemap


def test_an_editor_stays_an_editor_whatever_she_posts(editor):
    rights = {"is_superuser": "on", "is_staff": "on", "is_active": "on", "groups": ["1", "2", "3"]}
    with_prefix = {f"{prefix}-{name}": value for prefix in ("name_email", "locale") for name, value in rights.items()}
    editor.post(reverse("wagtailadmin_account"), rights | with_prefix)
    editor.post("/kk/cabinet/profile/", rights | {"full_name": "Айгүл", "language": "kk"})
    editor.post(reverse("wagtailadmin_collections:add"), {"name": EVIL})

    editor.user.refresh_from_db()
    assert not editor.user.is_superuser
    assert [group.name for group in editor.user.groups.all()] == ["Editors"]
    assert not Collection.objects.filter(depth__gt=1).exists()


# Uploads --------------------------------------------------------------------------------------------------------------


def upload_document(client, name: str, content: bytes = HTML):
    file = SimpleUploadedFile(name, content, content_type="text/html")
    form = {"title": f"Ztitle {EVIL}", "file": file, "collection": "1", "tags": "Ztag <x-evil>"}
    return client.post(reverse("wagtaildocs:add"), form)


@pytest.fixture
def files_on_disk(monkeypatch, tmp_path):
    """As a real installation keeps them: documents are served from there."""
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", FileSystemStorage(location=tmp_path))


def test_html_in_any_document_is_downloaded_and_never_shown(editor, files_on_disk):
    for extension in settings.WAGTAILDOCS_EXTENSIONS:
        assert upload_document(editor, f'"><img src=x onerror=alert(1)>.{extension}').status_code == 302, extension

    for document in Document.objects.all():
        answer = Client().get(document.url)
        assert answer.status_code == 200
        assert not RUN_IN_A_BROWSER.match(answer["Content-Type"]), document.filename
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Content-Disposition"].startswith("attachment") or answer["Content-Type"] == "application/pdf"
        assert not set("<>\"'") & set(document.filename)
    page = first(StandardPage, "ru")
    block = {"document": str(document.pk), "title": ""}
    publish(editor, page, {"body": streamfield([("document", block)])})
    assert hostile.shows(read(page.url), f"Ztitle {EVIL}")


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.xhtml", "x.pdf.HTML", "x.xml", "x.js", "x.htm", "x.swf", "x"])
def test_a_document_that_a_browser_would_run_is_refused(editor, name):
    many = {"files[]": SimpleUploadedFile(name, HTML), "title": "x", "collection": "1"}

    assert upload_document(editor, name).context["form"].errors["file"]
    answer = editor.post(reverse("wagtaildocs:add_multiple"), many, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.json()["success"] is False
    assert not Document.objects.exists()


def upload_image(client, name: str, content: bytes):
    file = SimpleUploadedFile(name, content, content_type="image/png")
    return client.post(reverse("wagtailimages:add"), {"title": f"Ztitle {EVIL}", "file": file, "collection": "1"})


@pytest.mark.parametrize("name", ["x.svg", "x.png", "x.jpg", "x.webp", "x.html"])
@pytest.mark.parametrize("content", [b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', HTML])
def test_a_drawing_with_script_and_html_under_a_pictures_name_are_refused(editor, name, content):
    assert upload_image(editor, name, content).context["form"].errors["file"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("extension", ["png", "gif", "jpeg", "webp"])
def test_what_is_hidden_in_a_picture_is_not_in_what_readers_get(editor, extension):
    out = BytesIO()
    Picture.new("RGB", (40, 30), "white").save(out, extension, comment=b"<script>alert(1)</script>")
    upload_image(editor, f'"><img src=x onerror=alert(1)>.{extension}', out.getvalue() + HTML)
    page = first(StandardPage, "ru")
    picture = {"image": str(Image.objects.get().pk), "decorative": "", "alt_text": f"Zalt {EVIL}"}

    publish(editor, page, {"body": streamfield([("image", {"image": picture, "caption": f"Zcap {EVIL}"[:200]})])})

    assert hostile.shows(read(page.url), f"Zalt {EVIL}")
    rendition = Image.objects.get().renditions.get()
    content = rendition.file.open().read()
    assert rendition.url in Client().get(page.url).content.decode()
    assert b"alert" not in content
    assert Picture.open(BytesIO(content)).format == "WEBP"
