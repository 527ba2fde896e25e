"""Guides, and the terms of the glossary."""

from __future__ import annotations

from wagtail.models import Page

from faq.enums import Audience
from faq.models import GlossaryTerm, GuidePage
from home.starter import files
from home.starter.law import Provisions
from home.starter.tree import Tree, Twins


def load_guides(tree: Tree, law: Provisions, index: Twins) -> None:
    for facts in files.read("guides.yaml"):

        def build(language: str, facts: dict = facts) -> Page:
            text = facts[language]
            steps = [{"title": step["title"], "text": f"<p>{step['text']}</p>"} for step in text["steps"]]
            audience = facts["audience"][0] if facts["audience"] else "everyone"
            return GuidePage(
                title=text["title"],
                slug=facts["slug"],
                summary=text["summary"],
                audience=audience if audience in Audience.values else Audience.EVERYONE,
                body=[("steps", {"steps": steps})],
                next_page_id=tree.key_of_page(facts.get("next"), language),
                is_verified=facts["verified"],
            )

        def finish(page: Page, language: str, facts: dict = facts) -> None:
            law.cite(page.citations, facts["citations"])
            if facts["verified"]:
                law.compared(page, facts["citations"])

        tree.twins(f"guide:{facts['key']}", index, build, finish)


def load_glossary(tree: Tree, law: Provisions) -> None:
    """Makes the terms that are missing. The English word, which came later, is also given to terms nobody has saved."""
    known = {(term.translation_key, tree.codes[term.locale_id]): term for term in GlossaryTerm.objects.all()}
    for facts in files.read("glossary.yaml"):
        key = files.key_of(f"term:{facts['key']}")
        for language in files.LANGUAGES:
            term = known.get((key, language))
            if term is None:
                _make_term(tree, law, facts, language)
            elif not term.term_en and term.latest_revision_id is None:
                term.term_en, term.is_marked = facts["term_en"], facts.get("marked", True)
                term.save(update_fields=["term_en", "is_marked"])


def _make_term(tree: Tree, law: Provisions, facts: dict, language: str) -> None:
    text = facts[language]
    term = GlossaryTerm(
        term=text["term"],
        term_en=facts["term_en"],
        abbreviation=text.get("abbr") or "",
        slug=facts["slug"],
        definition=text["definition"],
        is_marked=facts.get("marked", True),
        locale=tree.locales[language],
        translation_key=files.key_of(f"term:{facts['key']}"),
    )
    law.cite(term.citations, facts["citations"])
    term.save()
