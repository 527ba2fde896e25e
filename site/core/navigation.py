"""The header's sections and the way home."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from core.frame_cache import remembered
from core.sites import site_of


def home_page(request: HttpRequest | None, language: str | None = None) -> Page | None:
    """The home page of a language (default: the active one)."""
    site = site_of(request) if request is not None else Site.objects.filter(is_default_site=True).first()
    if site is None:
        return None
    root = site.root_page
    language = language or get_language()
    if root.locale.language_code == language:
        return root
    return root.get_translation_or_none(Locale.objects.get_for_language(language)) if language else root


def home_url(language: str) -> str:
    return f"/{language}/"


def menu(request: HttpRequest) -> list[dict]:
    """Sections of the active language that staff put in the menu: title, address, whether we are inside."""
    rows = remembered(f"menu:{get_language()}:{request.get_host()}", lambda: _sections(request))
    return [row | {"is_current": request.path.startswith(row["url"])} for row in rows]


def _sections(request: HttpRequest) -> list[dict]:
    home = home_page(request)
    if home is None:
        return []
    sections = home.get_children().live().in_menu().select_related("locale")
    return [
        {"title": section.title, "url": url, "key": section.slug}
        for section in sections
        if (url := section.get_url(request))
    ]
