"""What the frame of a page and its blocks need besides `site_tags`."""

from __future__ import annotations

import re

from django import template
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p(?: [^>]*)?>")
_PARAGRAPH = re.compile(r"</?p(?: [^>]*)?>")


@register.simple_tag(takes_context=True)
def absolute(context, url: str = "") -> str:
    """The full address of `url`; without one, of this page without its query."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(url or request.path)


@register.simple_tag(takes_context=True)
def meta_description(context) -> str:
    """What search engines and shared links say of the page; empty where nothing is written."""
    page = context.get("page")
    own = getattr(page, "get_meta_description", None)
    return (own() if own else "") or getattr(page, "search_description", "") or getattr(page, "intro", "")


@register.simple_tag(takes_context=True)
def page_query(context, number: int) -> str:
    """`?page=2` that keeps the other parts of the query: a search stays the same search."""
    query: QueryDict = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def inline(rich_text) -> SafeString:
    """Rich text of one item without its paragraph, for places where HTML allows only words (a label)."""
    html = str(rich_text)  # Wagtail renders and cleans rich text on output
    return mark_safe(_PARAGRAPH.sub("", _BETWEEN_PARAGRAPHS.sub("<br>", html)).strip())  # noqa: S308
