"""Small pieces of presentation that every template may use."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from core.icons import ICONS
from core.navigation import home_url
from core.pages import BasePage
from core.twin_links import UNTRANSLATED, original_of, twin_link

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

    A page without a live twin leads to the nearest one above it (`same_page` is false, `instead` its title).
    """
    request = context.get("request")
    current = context.get("LANGUAGE_CODE") or settings.LANGUAGE_CODE
    page = context.get("page")
    links = []
    for code, name in settings.LANGUAGES:
        if request is None:
            link = {"url": home_url(code), "same_page": True}
        elif code == current:
            link = {"url": request.path, "same_page": True}
        elif isinstance(page, BasePage):
            link = twin_link(page, code, request, context.get("twin_suffix", ""))
        else:
            url = translate_url(request.get_full_path(), code)
            same_page = url != request.get_full_path()
            link = {"url": url if same_page else home_url(code), "same_page": same_page}
        link["address"] = str(link["url"]).partition("?")[0]  # a step of a decision tree is no page of its own
        links.append({"code": code, "name": name, "is_current": code == current} | link)
    return links


@register.simple_tag(takes_context=True)
def untranslated(context) -> Page | None:
    """The page from which the language switch led the reader here, because it has no twin in this language yet."""
    request, page = context.get("request"), context.get("page")
    value = request.GET.get(UNTRANSLATED) if request is not None else None
    return original_of(page, value) if value and isinstance(page, BasePage) else None
