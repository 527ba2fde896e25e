"""JSON-LD: what a page says of itself to search engines, in the words of schema.org. Only what readers see."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from core.pages import BasePage

SITE_NAME = "Тұрғындар аманаты"
# A title with `</script>` must not end the block: JSON has other ways to write these letters.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def organisation() -> dict:
    return {"@type": "Organization", "name": SITE_NAME}


def breadcrumbs(crumbs: Sequence[Page], page: BasePage, request: HttpRequest) -> dict:
    """A BreadcrumbList: the crumbs that stand above the page, and the page itself where it is not among them."""
    way = [*crumbs] if page in crumbs else [*crumbs, page]
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": step.title,
            "item": request.build_absolute_uri(step.get_url(request)),
        }
        for position, step in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def script(data: dict) -> SafeString:
    """The block itself. Data and no script: the policy of the site lets it through."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')  # noqa: S308  escaped
