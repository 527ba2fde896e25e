"""The text of a page, with what apps add to it: terms explained, notes."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.prose import transformed

register = template.Library()


@register.simple_tag(takes_context=True)
def prose(context, page) -> SafeString:
    """The blocks of `page.body`, rendered and passed through what `core.prose` has registered."""
    parent = context.flatten()
    html = format_html_join("", "{}", ((block.render(context=parent),) for block in page.body))
    return mark_safe(transformed(html, page, parent))  # noqa: S308  transforms answer for what they add
