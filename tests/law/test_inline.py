"""A citation in the middle of a sentence: what readers get, what the editor keeps, what a translation carries over."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, ReferenceIndex
from wagtail.rich_text import expand_db_html
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from core.blocks.text import FEATURES, PLAIN_FEATURES, TextBlock
from faq.questions import QuestionPage
from law.inline import in_short
from law.models import LegalAct, Provision
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def provision():
    act = LegalAct.objects.get(key="housing-law")
    return Provision.objects.get_or_create(act=act, ref="42(8)")[0]


def link(provision: Provision, words: str = "ст. 42, п. 8") -> str:
    return f'<a linktype="provision" id="{provision.pk}">{words}</a>'


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_get_a_link_to_our_page_of_the_provision(provision, language):
    with translation.override(language):
        html = expand_db_html(f"<p>{link(provision)}</p>")
        title = provision.act.title

    assert f'<a class="cite" href="/{language}/acts/housing-law/42.8/" title="' in html
    assert title in html
    assert ">ст. 42, п. 8</a>" in html


@pytest.mark.parametrize("state", ["deleted", "draft", "act is a draft"])
def test_what_readers_cannot_open_stays_as_words(provision, state):
    html = link(provision)
    if state == "deleted":
        html = html.replace(f'"{provision.pk}"', '"99999999"')
    elif state == "draft":
        Provision.objects.filter(pk=provision.pk).update(live=False)
    else:
        LegalAct.objects.filter(pk=provision.act_id).update(live=False)

    assert expand_db_html(html) == "<a>ст. 42, п. 8</a>"


@pytest.mark.parametrize("pk", ["", "x", "-1", "1.5", "9" * 40, "٤٢", "&quot;&gt;&lt;script&gt;", "None"])
def test_a_crafted_number_breaks_nothing(pk):
    assert expand_db_html(f'<a linktype="provision" id="{pk}">x</a>') == "<a>x</a>"
    assert expand_db_html('<a linktype="provision">x</a>') == "<a>x</a>"


def test_a_title_cannot_run_anything(provision):
    LegalAct.objects.filter(pk=provision.act_id).update(title_ru='"><script>alert(1)</script>', title_kk="<b>")

    with translation.override("ru"):
        assert "<script" not in expand_db_html(link(provision))


def test_many_links_of_a_text_cost_one_query(provision):
    expand_db_html(link(provision))  # the address of the register is remembered for a minute
    html = "".join(link(one) for one in Provision.objects.filter(live=True)[:40])

    with CaptureQueriesContext(connection) as queries:
        assert expand_db_html(html).count('class="cite"') == 40

    assert len(queries) == 1


def test_a_repealed_norm_says_so_in_its_title(provision):
    Provision.objects.filter(pk=provision.pk).update(state="repealed")

    with translation.override("ru"):
        assert "title=" in expand_db_html(link(provision))
        assert in_short(provision, "ru") == "ст. 42, п. 8"


def test_the_short_form_follows_the_language(provision):
    whole = Provision.objects.get_or_create(act=provision.act, ref="")[0]

    assert in_short(provision, "ru") == "ст. 42, п. 8"
    assert in_short(provision, "kk") == "42-бап, 8-тармақ"
    assert in_short(Provision(act=provision.act, ref="2(24-1)"), "ru") == "ст. 2, пп. 24-1"
    assert in_short(whole, "ru") == (provision.act.short_ru or provision.act.title_ru)


# The editor -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("features", [FEATURES, PLAIN_FEATURES])
def test_the_editor_gives_back_what_it_was_given(provision, features):
    converter = ContentstateConverter(features=features)
    state = converter.from_database_format(f"<p>По {link(provision)} закона</p>")

    [entity] = json.loads(state)["entityMap"].values()
    assert entity["type"] == "PROVISION"
    assert entity["data"]["id"] == provision.pk
    assert entity["data"]["name"] == str(provision)
    assert link(provision) in converter.to_database_format(state)


@pytest.mark.parametrize("pk", ["x", "", None, '"><script>', -1, 10**30, [1], {"a": 1}])
def test_a_crafted_entity_leaves_its_words(pk):
    state = {
        "entityMap": {"0": {"type": "PROVISION", "mutability": "MUTABLE", "data": {"id": pk, "onclick": "x"}}},
        "blocks": [
            {
                "key": "a",
                "text": "слова",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
            }
        ],
    }

    html = ContentstateConverter(features=PLAIN_FEATURES).to_database_format(json.dumps(state))

    assert "слова</p>" in html
    assert "<a" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_of_the_editor_opens_the_chooser(client, language):
    client.force_login(make_user(group="Editors"))

    response = client.get(reverse("wagtailadmin_pages:edit", args=[first(QuestionPage, language).pk]))

    html = response.content.decode()
    assert "js/admin/provision-link" in html
    assert reverse("wagtailsnippetchoosers_law_provision:choose") in html


def test_a_reader_never_loads_the_editors_script(client):
    assert "js/admin" not in client.get(first(QuestionPage, "ru").url).content.decode()


def test_the_link_stands_in_the_reference_index(provision):
    page = first(QuestionPage, "ru")
    page.citations.all().delete()
    page.body = [("text", f"<p>{link(provision)}</p>")]
    page.save_revision().publish()

    sources = [source for source, _ in ReferenceIndex.get_grouped_references_to(provision)]

    assert page.pk in {source.pk for source in sources if hasattr(source, "title")}


# Translation ----------------------------------------------------------------------------------------------------------


def test_a_translation_carries_the_link_over(client, provision, django_capture_on_commit_callbacks):
    page = first(QuestionPage, "kk")
    page.body = [("text", f"<p>Кворум {link(provision, '42-бап, 8-тармақ')} бойынша керек.</p>")]
    page.save_revision().publish()
    page.get_translations().delete()
    kk, ru = Locale.objects.get(language_code="kk"), Locale.objects.get(language_code="ru")
    topic = page.get_parent()
    assert topic.get_translation_or_none(ru) is not None
    source, _ = TranslationSource.get_or_create_from_instance(page)
    source.update_from_db()
    work = Translation.objects.create(source=source, target_locale=ru)
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        said = segment.string.data
        new = 'Кворум нужен по <a id="a1">ст. 42, п. 8</a>.' if "<a " in said else f"{said[:150]}"
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=ru,
            context=segment.context,
            data=new,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )

    with django_capture_on_commit_callbacks(execute=True):
        work.save_target(publish=True)

    twin = QuestionPage.objects.get(translation_key=page.translation_key, locale=ru)
    assert (page.locale, twin.live) == (kk, True)
    assert link(provision) in twin.body[0].value.source
    assert Html(client.get(twin.url)).one("a", class_="cite")["href"] == "/ru/acts/housing-law/42.8/"


def test_the_form_keeps_a_crafted_number_out_of_the_database():
    block = TextBlock()

    assert 'id="0"' in block.value_from_form('<p><a linktype="provision" id="x">y</a></p>').source
