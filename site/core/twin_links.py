"""Where the language switch of a page leads, and what a reader is told who found no twin there."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from wagtail.models import Page

from core.navigation import home_url
from core.pages import BasePage

# Names the page a reader comes from, in the address of the page she is led to instead of its twin.
UNTRANSLATED = "untranslated"


def twin_link(page: BasePage, language: str, request: HttpRequest, suffix: str = "") -> dict:
    """`url` of `page` in the other `language` and `same_page`: whether it says the same.

    `suffix` is what an address below the page adds: an act of the register, a path through a tree. Without a
    live twin the link leads to the twin of the nearest ancestor, and `instead` is its title; empty for the home page.
    """
    if page.twin is not None:
        return {"url": f"{page.twin.get_url(request)}{suffix}", "same_page": True}
    nearest = page.nearest_twin
    url = (nearest and nearest.get_url(request)) or home_url(language)
    query = f"?{UNTRANSLATED}={page.pk}" if page.pk and page.live else ""
    return {"url": f"{url}{query}", "same_page": False, "instead": nearest.title if nearest else ""}


def original_of(page: BasePage, value: str) -> Page | None:
    """The live public page that a reader came from to `page`, by the value in the address.

    None where the value names no page below the twin of `page`, or one that has a live twin by now: the address
    can make the site say nothing that is not true.
    """
    if not (value.isascii() and value.isdecimal() and len(value) < 10) or page.twin is None:
        return None
    translated = Page.objects.live().filter(translation_key=OuterRef("translation_key"), locale=page.locale_id)
    below = Page.objects.live().public().descendant_of(page.twin).exclude(Exists(translated))
    return below.filter(pk=int(value)).select_related("locale").first()
