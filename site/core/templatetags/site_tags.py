"""Small pieces of presentation that every template may use."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.icons import ICONS
from core.navigation import home_url

register = template.Library()


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """An inline icon, hidden from screen readers: the words beside it carry the meaning."""
    drawing = mark_safe(ICONS[name])  # noqa: S308  our own constant
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" {extra_class}" if extra_class else "",
        drawing,
    )


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """One entry a language: code, short name, address of this same page in it, whether it is current.

    A page without a live twin leads to the other language's home page and says so (`same_page`).
    """
    request = context.get("request")
    current = context.get("LANGUAGE_CODE") or settings.LANGUAGE_CODE
    page, twin = context.get("page"), context.get("twin")
    links = []
    for code, name in settings.LANGUAGES:
        same_page = True
        if request is None:
            url = home_url(code)
        elif code == current:
            url = request.path
        elif page is not None and hasattr(page, "url_path"):
            same_page = twin is not None
            url = twin.get_url(request) + context.get("twin_suffix", "") if twin else home_url(code)
        else:
            url = translate_url(request.get_full_path(), code)
            if url == request.get_full_path():
                url, same_page = home_url(code), False
        links.append({"code": code, "name": name, "url": url, "is_current": code == current, "same_page": same_page})
    return links
