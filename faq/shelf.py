"""Terms of the glossary among the texts that cite a provision."""

from __future__ import annotations

from django.db import models

from core.frame_cache import remembered
from faq.glossary import GlossaryPage, GlossaryTerm
from law.usage import Shelf


def glossary_address(language: str) -> str:
    """Address of the glossary in a language; empty where it is not published. Asked once a minute."""

    def find() -> str:
        page = GlossaryPage.objects.live().filter(locale__language_code=language).first()
        return (page.url or "") if page else ""

    return remembered(f"glossary:{language}", find)


def anchor_of(term: models.Model) -> str:
    """Where a term stands on the page of the glossary."""
    return term.slug if isinstance(term, GlossaryTerm) else ""


TERMS = Shelf(
    GlossaryTerm,
    in_language=lambda language: GlossaryTerm.objects.live().filter(locale__language_code=language),
    address=glossary_address,
    anchor=anchor_of,
)
