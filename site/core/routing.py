"""From an address to its page in two queries, however deep it stands in the tree.

Wagtail asks twice for each level. The ancestors read on the way serve as the way back (`crumbs`) and say who may
see the page, so nothing of them is asked again.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import re_path
from django.utils.translation import get_language
from wagtail import urls as wagtail_urls
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from core.pages import BasePage
from core.sites import site_of

# Deeper than any page of ours; an address of a thousand steps is not worth a query.
MAX_STEPS = 12


def serve(request: HttpRequest, path: str):
    """Wagtail's own view of a page, told beforehand which page it is."""
    request._wagtail_route_for_request = route(request, path)  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """The live page of an address below the language's home page, or None."""
    root_path = _root_path(request)
    if root_path is None:
        return None
    steps = [step for step in path.split("/") if step]
    if len(steps) > MAX_STEPS:
        return None
    addresses = [root_path + "".join(f"{step}/" for step in steps[:depth]) for depth in range(len(steps) + 1)]
    # The root of all pages has no address of its own, but may be private as any other.
    found = list(
        Page.objects.filter(url_path__in=["/", *addresses])
        .annotate(is_restricted=Exists(PageViewRestriction.objects.filter(page=OuterRef("pk"))))
        .select_related("locale")
        .order_by("depth")
    )
    above = [page for page in found if page.depth > 1]
    if not above or above[0].url_path != root_path:
        return None
    for depth, page in enumerate(above):
        own_addresses = page.specific_class is not None and page.specific_class.route is not Page.route
        if own_addresses or depth == len(above) - 1:
            try:
                specific = _to_read(page)
                specific.locale = page.locale
                if isinstance(specific, BasePage):
                    place = found.index(page)
                    specific.known_ancestors = found[:place]
                    specific.known_public = not any(row.is_restricted or row.alias_of_id for row in found[: place + 1])
                return specific.route(request, steps[depth:])
            except Http404:
                return None
    return None


def _to_read(page: Page) -> Page:
    """The page of its own type. Raises Http404 for one that is deleted at this moment."""
    page_type = page.specific_class
    if page_type is None or not issubclass(page_type, BasePage):
        return page.specific
    try:
        return page_type.to_read().get(pk=page.pk)
    except page_type.DoesNotExist as error:
        raise Http404 from error


def _root_path(request: HttpRequest) -> str | None:
    """Where the tree of the active language begins. Wagtail keeps these paths in the cache."""
    site = site_of(request)
    if site is None:
        return None
    language = get_language()
    return next(
        (
            row.root_path
            for row in Site.get_site_root_paths()
            if row.site_id == site.pk and row.language_code == language
        ),
        None,
    )


# Wagtail's own pattern of pages knows no dots; the address of a provision has them: /acts/housing-law/42.8/. What
# else Wagtail has stands before it, as it does there: `_util/` is no page.
urlpatterns = [
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(r"^((?:[\w\-]+(?:\.[\w\-]+)*/)*)$", serve, name="wagtail_serve"),
]
