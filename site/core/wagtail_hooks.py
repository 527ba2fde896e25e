"""What happens around every page that is served."""

from __future__ import annotations

from wagtail import hooks

from core import visits
from core.pages import BasePage


@hooks.register("on_serve_page")
def note_visit(serve_page):
    def served(page, request, args, kwargs):
        response = serve_page(page, request, args, kwargs)
        if response.status_code == 200 and isinstance(page, BasePage):
            visits.note(page, request)
        return response

    return served
