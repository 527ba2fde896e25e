"""House rules as system checks: each rule is broken on purpose and must be noticed."""

from __future__ import annotations

from django.core.checks import run_checks
from wagtail.blocks import Block, CharBlock

from core import checks
from faq.questions import QuestionPage
from home.search_page import SearchPage


def found(check) -> set[tuple[str, str]]:
    """Which rule is broken by what."""
    return {(error.id, getattr(error.obj, "__name__", "")) for error in check(app_configs=None)}


def test_the_house_keeps_its_own_rules():
    assert [error for error in run_checks() if str(error.id).startswith("core.")] == []


def test_a_page_type_that_does_not_say_what_it_is_for_is_noticed(monkeypatch):
    monkeypatch.setattr(QuestionPage, "page_description", "")

    assert found(checks.page_types) == {("core.E001", "QuestionPage")}


def test_a_page_type_without_a_template_is_noticed(monkeypatch):
    monkeypatch.setattr(QuestionPage, "template", "faq/no_such_template.html")

    assert found(checks.page_types) == {("core.E002", "QuestionPage")}


def test_a_page_type_that_is_found_by_nothing_of_its_own_is_noticed(monkeypatch):
    monkeypatch.delattr(SearchPage, "searched_by_title_only")

    assert found(checks.page_types) == {("core.E003", "SearchPage")}


def test_a_block_without_description_preview_and_template_is_noticed(monkeypatch):
    monkeypatch.setattr(checks, "BODY_BLOCKS", [("bare", CharBlock(icon="info"))])

    errors = checks.body_blocks(app_configs=None)

    assert {error.id for error in errors} == {"core.E004"}
    assert {error.msg for error in errors} == {
        f"Block bare has no {what}" for what in ("description", "preview_value", "template")
    }


def test_a_block_without_an_icon_is_noticed(monkeypatch):
    monkeypatch.setattr(checks, "BODY_BLOCKS", [*checks.BODY_BLOCKS, ("bare", Block())])

    assert ("core.E005", "Block") in found(checks.body_blocks)
