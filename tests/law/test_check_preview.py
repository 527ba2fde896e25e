"""The preview brings what was found to the editor's panel «Checks»; readers never get it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from courses.catalogue import CoursePage
from faq.questions import QuestionPage
from law import content_checks as checks
from law.admin.checks import ALWAYS_FAILS, MESSAGES
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.factories import make_user
from tests.law.test_checks import STATEMENT, question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_carries_what_was_found_and_the_public_page_never_does(client, language):
    page = question(language, html=f"<p>{STATEMENT[language]} <b>&lt;script&gt;</b></p>")
    page.save_revision().publish()
    editor = make_user(group="Editors")
    client.force_login(editor)

    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    marks = Html(preview).all("li", class_="notice")

    assert [mark["data-content-check"] for mark in marks] == [checks.NO_CITATION, checks.UNCITED_STATEMENT]
    assert STATEMENT[language] in marks[1].text
    assert "&lt;script&gt;" in preview.content.decode()
    # the check of axe that stands behind our rules fails on elements without it
    assert all("title" not in mark.attrs for mark in marks)
    for _reader in ("staff", "stranger"):
        public = client.get(page.url).content.decode()
        assert "data-content-check" not in public
        assert "wagtail-userbar" not in public
        client.logout()


@pytest.mark.parametrize("model", [QuestionPage, CoursePage])
def test_the_editor_looks_for_every_rule_of_ours_and_has_words_for_it(client, model):
    client.force_login(make_user(group="Editors"))

    html = Html(client.get(reverse("wagtailadmin_pages:edit", args=[first(model, "ru").pk])))
    configuration = json.loads(html.one("script", id="checker-axe-configuration").text)

    own = {rule["id"]: rule for rule in configuration["spec"]["rules"] if rule["id"] in checks.RULES}
    assert set(own) == set(checks.RULES) == set(MESSAGES)
    assert set(checks.RULES) <= set(configuration["options"]["runOnly"])
    assert "alt-text-quality" in configuration["options"]["runOnly"], "Wagtail's own stay"
    for rule in own.values():
        assert rule["selector"] == f'[data-content-check="{rule["id"]}"]'
        assert rule["any"] == [ALWAYS_FAILS]
        assert configuration["messages"][rule["id"]]["error_name"]
