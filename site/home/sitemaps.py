"""The sitemap, with the twin of each page as `hreflang` alternates."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site

from core.pages import BasePage

# Public pages that are no rows of the page tree.
VIEWS = ("deadlines",)


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live public page; pages with a twin name both languages, each other's and their own.

    Addresses are those of the request: a site that moves needs no change in its settings.
    """
    entries: dict[tuple[str, str], dict[str, str]] = {}
    for page in _public_pages(request):
        for url in page.get_sitemap_urls(request):
            path = urlsplit(url["location"]).path
            suffix = path.removeprefix(page.get_url(request) or "")
            location = request.build_absolute_uri(path)
            entries.setdefault((str(page.translation_key), suffix), {})[page.locale.language_code] = location
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name in VIEWS:
                entries.setdefault((name, ""), {})[language] = request.build_absolute_uri(reverse(name))
    rows = [
        {"location": location, "alternates": languages}
        for languages in entries.values()
        for location in languages.values()
    ]
    body = render_to_string("sitemap.xml", {"rows": rows})
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _public_pages(request: HttpRequest):
    site = Site.find_for_request(request)
    if site is None:
        return
    roots = Page.objects.filter(translation_key=site.root_page.translation_key, locale__in=Locale.objects.all())
    for root in roots:
        pages = root.get_descendants(inclusive=True).live().public().select_related("locale").specific(defer=True)
        for page in pages.order_by("path"):
            if isinstance(page, BasePage):
                yield page
