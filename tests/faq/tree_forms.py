"""A decision tree as an editor's form sends it."""

from __future__ import annotations

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


def items(values: list) -> dict:
    """A ListBlock's part of a form."""
    rows = {
        str(place): {"value": value, "deleted": "", "order": str(place), "id": ""} for place, value in enumerate(values)
    }
    return {"count": str(len(values))} | rows


def question(key: str, *goto: str, words: str = "") -> tuple[str, dict]:
    answers = [{"label": f"{key} → {to}", "goto": to} for to in goto]
    return "question", {
        "key": key,
        "question": words or f"Сұрақ {key}",
        "help": rich_text(""),
        "answers": items(answers),
    }


def outcome(key: str, *provisions) -> tuple[str, dict]:
    return "outcome", {
        "key": key,
        "title": f"Нәтиже {key}",
        "text": rich_text("<p>Мәтін</p>"),
        "provisions": items([str(provision.pk) for provision in provisions]),
        "next_page": "",
    }


def tree_form(nodes: list[tuple[str, dict]], **extra) -> dict:
    fields = {
        "title": "Кім төлейді?",
        "slug": "kim-toleidi",
        "summary": "",
        "audience": "everyone",
        "nodes": streamfield(nodes),
        "citations": inline_formset([]),
        "comments": inline_formset([]),
        "is_verified": "on",
        "mark_terms": "on",
        "change_note": "",
    }
    return nested_form_data(fields | extra)
