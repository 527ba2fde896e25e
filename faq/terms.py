"""Explains terms of the glossary in the text of a page: the first time each is met, once a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from wagtail.models import Page

from core.frame_cache import remembered
from faq.glossary import GlossaryTerm
from faq.html_pieces import pieces
from faq.term_matching import Matcher, matcher


@dataclass(frozen=True)
class Explained:
    """A term as the end of a page explains it."""

    slug: str
    term: str
    abbreviation: str
    term_en: str
    definition: str


def explain_terms(html: str, page: Page, context: Mapping[str, Any]) -> str:
    """`html` with its terms marked and their explanations below; as it stands where the page wants none.

    One query for the terms of a language, remembered as the frame of a page is.
    """
    if not getattr(page, "mark_terms", False) or page.locale_id is None:
        return html
    known = terms_of(page.locale_id)
    finder = matcher(tuple((term.slug, term.term, term.abbreviation) for term in known), page.locale.language_code)
    marked, slugs = mark(html, finder)
    if not slugs:
        return html
    by_slug = {term.slug: term for term in known}
    notes = {"terms": [by_slug[slug] for slug in slugs], "home_url": f"/{page.locale.language_code}/"}
    return marked + render_to_string("components/terms.html", notes)


def terms_of(locale: int) -> list[Explained]:
    """Published terms of a locale that texts explain."""

    def read() -> list[Explained]:
        names = ("slug", "term", "abbreviation", "term_en", "definition")
        rows = GlossaryTerm.objects.live().explained_in_texts().filter(locale_id=locale).order_by("pk")
        return [Explained(*row) for row in rows.values_list(*names)]

    return remembered(f"terms:{locale}", read)


def mark(html: str, finder: Matcher) -> tuple[str, list[str]]:
    """`html` with the first of each term wrapped, and the slugs in their order. Nothing else of it is changed."""
    slugs: dict[str, None] = {}
    parts: list[str] = []
    for piece, may_touch in pieces(html):
        if not may_touch:
            parts.append(piece)
            continue
        done = 0
        for start, end, slug in finder.find(piece):
            if slug in slugs:
                continue
            slugs[slug] = None
            parts += [piece[done:start], _wrapped(piece[start:end], slug)]
            done = end
        parts.append(piece[done:])
    return "".join(parts), list(slugs)


def _wrapped(text: str, slug: str) -> str:
    """The link is the way to the explanation and, by its id, the way back. Slugs hold letters, digits, - and _."""
    return f'<dfn><a class="term-link" id="use-{slug}" href="#term-{slug}">{text}</a></dfn>'
