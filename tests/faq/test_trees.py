"""Decision trees as readers walk them and as editors build them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail_localize.models import Translation, TranslationSource

from faq.guides import GuideIndexPage
from faq.trees import BrokenTreeError, DecisionTreePage
from home.starter import files
from law.cited import cited_by
from law.models import Provision
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first, live
from tests.core.words import said
from tests.factories import make_user
from tests.faq.tree_forms import outcome, question, tree_form

pytestmark = pytest.mark.django_db

REPAIRS = "kto-dolzhen-chinit"
RISER = "2.2.1"


def repairs(language: str) -> DecisionTreePage:
    return live(DecisionTreePage, language).get(slug=REPAIRS)


def seen(client, page, path: str = "") -> Html:
    response = client.get(page.url, {"a": path} if path else {})
    assert response.status_code == 200
    assert not response.cookies
    return Html(response)


def answers(html: Html) -> dict[str, str]:
    """What a reader may press on a question, with the path it leads to."""
    links = [link for link in html.all("a") if link.attrs.get("href", "").startswith("?a=")]
    return {link.text: link["href"].partition("=")[2].partition("#")[0] for link in links if "vh" not in link.text}


def values(page) -> dict[str, dict]:
    return {child.value["key"]: child.value for child in page.nodes}


def live_nodes(page) -> list[dict]:
    return list(page.nodes.get_prep_value())


def break_live(page) -> None:
    """A hand in the database: the answers of the first node lead nowhere."""
    raw = live_nodes(page)
    for answer in raw[0]["value"]["answers"]:
        answer["value"]["goto"] = "gone"
    DecisionTreePage.objects.filter(pk=page.pk).update(nodes=raw)


# Readers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [facts["key"] for facts in files.read("trees.yaml")])
def test_every_path_of_a_starter_tree_can_be_walked_by_links_to_an_outcome_with_its_law(client, language, key):
    page = live(DecisionTreePage, language).get(translation_key=files.key_of(f"tree:{key}"))
    nodes = values(page)
    met, waiting = set(), [""]
    while waiting:
        path = waiting.pop()
        response = client.get(page.url, {"a": path} if path else {})
        node = response.context["walk"].node
        if node.key in met:
            continue
        met.add(node.key)
        html = Html(response)
        assert node.words in html.main
        if node.is_outcome:
            with translation.override(language):
                assert all(provision.name in html.main for provision in nodes[node.key]["provisions"])
        else:
            given = {answer.label: next_path for answer, next_path in response.context["walk"].choices}
            assert given.items() <= answers(html).items()
            waiting.extend(given.values())
    assert met == set(nodes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outcome_shows_the_article_the_edition_the_official_text_and_the_next_step(client, language):
    page = repairs(language)
    html = seen(client, page, RISER)
    provision = Provision.objects.get(act__key="housing-law", ref="38")

    with translation.override(language):
        assert provision.name in html.main
        assert html.all("a", href=provision.act.url, rel="external")
    assert html.all("a", href=values(page)["riser"]["next_page"].url)
    assert {"data-share", "data-print"} <= {name for button in html.all("button") for name in button.attrs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_here_is_listed_and_each_answer_can_be_changed(client, language):
    page = repairs(language)
    html = seen(client, page, RISER)

    hrefs = [link["href"] for link in html.all("a") if "#step" in link.attrs.get("href", "")]

    assert hrefs == [f"{page.url}#step", "?a=2#step", "?a=2.2#step", "?a=2.2#step"]
    assert html.all("a", class_="button", href=page.url)


def test_the_title_and_the_canonical_address_stay_wherever_one_is_in_the_tree(client):
    page = repairs("ru")
    start, inside = seen(client, page), seen(client, page, RISER)

    assert start.one("title").text == inside.one("title").text
    canonical = [html.one("link", rel="canonical")["href"] for html in (start, inside)]
    assert canonical[0] == canonical[1]
    assert canonical[0].endswith(page.url)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "stands"),
    [("2.2.9", "2.2"), ("9", ""), ("2.2.1.1.1.1", RISER), ("x", ""), ("2.\x00", "2"), ("2." * 400, "2.2.2"), ("²", "")],
)
def test_a_tampered_address_shows_the_last_step_that_makes_sense_and_says_so(client, language, path, stands):
    page = repairs(language)
    words = said(
        language, "The address was not quite right, or the guide has changed since. You are at the last step we know."
    )

    response = client.get(page.url, {"a": path})

    assert response.status_code == 200
    assert response.context["walk"].path == stands
    assert words in Html(response).main
    assert words not in seen(client, page, stands).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_language_opens_at_the_same_step(client, language):
    other = {"kk": "ru", "ru": "kk"}[language]
    html = seen(client, repairs(language), RISER)

    link = html.one("a", data_language=other)["href"]

    assert link == f"{repairs(other).url}?a={RISER}"
    assert client.get(link).context["walk"].node.key == "riser"


def test_a_twin_of_another_shape_opens_where_both_still_agree(client):
    twin = repairs("ru")
    raw = live_nodes(twin)
    pipes = next(node for node in raw if node["value"]["key"] == "pipes")
    pipes["value"]["answers"].reverse()
    twin.nodes = raw
    twin.save_revision().publish()

    html = seen(client, repairs("kk"), RISER)

    assert html.one("a", data_language="ru")["href"] == f"{twin.url}?a=2.2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_of_a_broken_live_tree_are_led_to_the_front_office(client, language):
    page = repairs(language)
    break_live(page)

    html = seen(client, page, "1")

    assert said(language, "This guide is being corrected") in html.main
    DecisionTreePage.objects.filter(pk=page.pk).update(nodes=[])
    assert said(language, "This guide is being corrected") in seen(client, page).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_trees_are_listed_among_the_guides(client, language):
    html = Html(client.get(first(GuideIndexPage, language).url))

    assert html.all("a", href=repairs(language).url)


def test_all_provisions_of_the_outcomes_are_cited_by_the_page():
    page = repairs("kk")
    of_outcomes = {provision.pk for node in values(page).values() for provision in node.get("provisions", [])}

    assert len(of_outcomes) > 20
    assert of_outcomes <= {cited.provision.pk for cited in cited_by(page)}


def test_an_outcome_costs_the_same_with_one_provision_and_with_twenty(client):
    page = repairs("kk")

    def cost() -> int:
        client.get(page.url, {"a": RISER})
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url, {"a": RISER})
        return len(queries)

    before = cost()
    raw = live_nodes(page)
    more = list(Provision.objects.exclude(ref="").values_list("pk", flat=True)[:20])
    for node in raw:
        if node["type"] == "outcome":
            node["value"]["provisions"] = [{"type": "item", "value": pk, "id": str(pk)} for pk in more]
    page.nodes = raw
    page.save_revision().publish()

    assert cost() <= before


# Editors


@pytest.fixture
def editor(client):
    client.force_login(make_user(group="Editors"))
    return client


@pytest.fixture
def law():
    return Provision.objects.get(act__key="housing-law", ref="42(8)")


@pytest.fixture
def index():
    return first(GuideIndexPage, "kk")


def send(client, index, nodes, **extra):
    address = reverse("wagtailadmin_pages:add", args=["faq", "decisiontreepage", index.pk])
    return client.post(address, tree_form(nodes, **extra), follow=True)


def broken(law) -> dict[str, list]:
    end = outcome("end", law)
    return {
        "two of one name": [question("start", "end", "end"), end, outcome("end", law)],
        "an answer that leads nowhere": [question("start", "end", "cellar"), end],
        "a circle": [question("start", "roof", "end"), question("roof", "start", "end"), end],
        "an orphan": [question("start", "end", "end"), end, outcome("alone", law)],
        "a dead end": [question("start", "end", "roof"), question("roof", "gone", "gone"), end],
        "no outcome": [question("start", "start", "start")],
        "an outcome without law": [question("start", "end", "end"), outcome("end")],
        "nothing at all": [],
    }


NAMED = {
    "two of one name": "«end»",
    "an answer that leads nowhere": "«cellar»",
    "a circle": "start → roof → start",
    "an orphan": "«alone»",
    "a dead end": "«roof»",
    "an outcome without law": "«end»",
}


def test_a_whole_tree_is_published(editor, index, law):
    send(editor, index, [question("start", "end", "end"), outcome("end", law)], **{"action-publish": "yes"})

    page = DecisionTreePage.objects.get(slug="kim-toleidi")
    assert page.live
    assert Html(editor.get(page.url)).main.count("Сұрақ start") == 1


@pytest.mark.parametrize("door", ["action-publish", "action-submit"])
@pytest.mark.parametrize("fault", [*NAMED, "no outcome", "nothing at all"])
def test_a_broken_tree_is_not_published_and_the_node_is_named_beside_what_was_typed(editor, index, law, fault, door):
    nodes = broken(law)[fault]

    response = send(editor, index, nodes, **{door: "yes"})

    assert not DecisionTreePage.objects.filter(slug="kim-toleidi").exists()
    text = response.content.decode()
    assert response.context["form"].errors["nodes"]
    if fault in NAMED:
        assert NAMED[fault] in _unescaped(text)
    assert "Кім төлейді?" in text
    for _kind, value in nodes:
        assert f"Сұрақ {value['key']}" in _unescaped(text) or f"Нәтиже {value['key']}" in _unescaped(text)


def _unescaped(text: str) -> str:
    """A page of the admin holds the form's values as JSON inside attributes."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), unescape(text))


@pytest.mark.parametrize("fault", [*NAMED, "no outcome", "nothing at all"])
def test_a_draft_may_be_broken_and_its_outline_says_what_is_missing(editor, index, law, fault):
    send(editor, index, broken(law)[fault])

    page = DecisionTreePage.objects.get(slug="kim-toleidi")
    assert not page.live
    text = Html(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    if fault in NAMED:
        assert NAMED[fault] in " ".join(item.text for item in text.all("li", class_="error-message"))


def test_a_broken_tree_cannot_be_scheduled(editor, index, law):
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    send(editor, index, broken(law)["an orphan"], go_live_at=tomorrow, **{"action-publish": "yes"})

    assert not DecisionTreePage.objects.filter(slug="kim-toleidi").exists()


def test_a_scheduled_tree_comes_when_its_time_has_come(index):
    page = repairs("kk")
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.title = "Жаңа атау"
    revision = page.save_revision()
    revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = None
    revision.save()

    call_command("publish_scheduled")

    assert repairs("kk").title == "Жаңа атау"


def draft_broken(page) -> None:
    raw = live_nodes(page)
    raw[0]["value"]["answers"][0]["value"]["goto"] = "gone"
    page.nodes = raw
    page.save_revision()


def test_a_command_is_refused_with_the_names_of_the_nodes(index):
    page = repairs("kk")
    draft_broken(page)

    with pytest.raises(BrokenTreeError, match="«gone»"):
        page.get_latest_revision().publish()

    assert "gone" not in str(live_nodes(repairs("kk")))


def test_the_list_of_pages_does_not_publish_a_broken_draft_and_leads_to_it(editor):
    page = repairs("kk")
    draft_broken(page)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = editor.post(f"{address}?id={page.pk}", {"include_descendants": ""}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "«gone»" in _unescaped(response.content.decode())
    assert "gone" not in str(live_nodes(repairs("kk")))


def test_a_tree_on_its_way_through_a_workflow_stays_whole(editor, index, law):
    send(editor, index, [question("start", "end", "end"), outcome("end", law)], **{"action-submit": "yes"})
    page = DecisionTreePage.objects.get(slug="kim-toleidi")
    assert page.workflow_in_progress
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    response = editor.post(edit, tree_form(broken(law)["an orphan"]))

    assert response.context["form"].errors["nodes"]
    assert "alone" not in str(page.get_latest_revision().content["nodes"])


def test_a_translated_tree_keeps_its_shape_and_its_law(editor, index, law):
    send(editor, index, [question("start", "end", "end"), outcome("end", law)], **{"action-publish": "yes"})
    page = DecisionTreePage.objects.get(slug="kim-toleidi")
    ru = first(GuideIndexPage, "ru").locale

    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    editor.post(address, {"locales": [ru.pk]}, follow=True)

    twin = page.get_translation(ru)
    assert twin.skeleton == page.skeleton
    assert [provision.pk for provision in values(twin)["end"]["provisions"]] == [law.pk]


def test_a_translation_of_a_broken_tree_is_not_published(editor):
    page, twin = repairs("kk"), repairs("ru")
    break_live(page)
    source, _made = TranslationSource.update_or_create_from_instance(repairs("kk"))
    Translation.objects.create(source=source, target_locale=twin.locale)

    response = editor.post(reverse("wagtailadmin_pages:edit", args=[twin.pk]), {"action": "publish"}, follow=True)

    assert response.status_code == 200
    assert "gone" not in str(live_nodes(repairs("ru")))
