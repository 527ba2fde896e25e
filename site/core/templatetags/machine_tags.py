"""What machines read of a page: JSON-LD, and the card of a shared link."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core import pictures
from core.pages import BasePage
from core.structured_data import breadcrumbs, script

register = template.Library()
# Networks want a country with the language.
OG_LOCALES = {"kk": "kk_KZ", "ru": "ru_KZ"}


@register.simple_tag(takes_context=True)
def structured_data(context) -> SafeString:
    """The JSON-LD blocks of the page: its crumbs, and what its type tells."""
    page, request = _page(context), context.get("request")
    if page is None:
        return SafeString()
    crumbs = context.get("crumbs")
    data = [breadcrumbs(crumbs, page, request)] if crumbs else []
    if _is_page_itself(context):
        data += page.structured_data(request)
    return format_html_join("\n  ", "{}", ((script(item),) for item in data))


@register.simple_tag(takes_context=True)
def shared_card(context) -> dict:
    """What the card of a shared link shows: `locale` on every page; `title`, `type` and `picture` where `page` is
    what the address shows, and not a part of it that has a title of its own."""
    language = context.get("LANGUAGE_CODE")
    others = [locale for code, locale in OG_LOCALES.items() if code != language]
    card: dict[str, Any] = {"locale": OG_LOCALES.get(language, ""), "others": others}
    page, request = _page(context), context.get("request")
    if page is None or not _is_page_itself(context):
        return card
    card |= {"title": page.title, "type": "article" if page.depth > 2 else "website"}
    if page.pk and page.live:
        card["picture"] = request.build_absolute_uri(pictures.address(page, language))
        card["width"], card["height"] = pictures.WIDTH, pictures.HEIGHT
    return card


def _page(context) -> BasePage | None:
    page = context.get("page")
    is_shown = isinstance(page, BasePage) and context.get("request") is not None and not context.get("past_note")
    return page if is_shown else None


def _is_page_itself(context) -> bool:
    return context["request"].path == context["page"].get_url(context["request"])
