"""Before a page is served its law is loaded at once: its text, its blocks and its basis then ask for nothing more."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from law.basis import LawBased
from law.cited import cited_by


@hooks.register("before_serve_page")
def load_what_it_cites(page: Page, request: HttpRequest, args, kwargs) -> None:
    if isinstance(page, LawBased):
        page.cited  # noqa: B018  remembered on the page, and by `law.loaded` for the request
    else:
        cited_by(page)
