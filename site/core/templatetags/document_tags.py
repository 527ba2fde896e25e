"""Files to download, as far as the visitor may have them."""

from __future__ import annotations

from django import template

from core.documents import may_have

register = template.Library()


@register.simple_tag(takes_context=True)
def may_download(context, document) -> bool:
    """Whether to offer `document`, which may be missing."""
    return document is not None and may_have(document, context.get("request"))
