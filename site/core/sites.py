"""The site a request is for: it changes once in years and is asked for by every page."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Site

from core.frame_cache import remembered


def site_of(request: HttpRequest) -> Site | None:
    """Wagtail's site of the request's host, with its root page and that page's locale."""
    if not hasattr(request, "_wagtail_site"):  # where Wagtail itself looks first
        site = remembered(f"site:{request.get_host()}:{request.get_port()}", lambda: _find(request))
        request._wagtail_site = site  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def _find(request: HttpRequest) -> Site | None:
    site = Site._find_for_request(request)
    return Site.objects.select_related("root_page__locale").get(pk=site.pk) if site else None
