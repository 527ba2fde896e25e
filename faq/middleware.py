"""Doors of the admin that publish without a form: the list of pages, a workflow's approval."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from faq.trees import BrokenTreeError


class BrokenTreeMiddleware:
    """Leads an editor who met a tree that cannot be published to the tree, with what is wrong with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, BrokenTreeError) or not request.path_info.startswith("/admin/"):
            return None
        messages.error(request, f"{exception.page.title}: {' '.join(exception.messages)}")
        return redirect(reverse("wagtailadmin_pages:edit", args=[exception.page.pk]))
