"""The editor's «Publish» makes change notes too: of all doors, it alone does not ask the page to publish itself."""

from __future__ import annotations

from django.db import transaction
from wagtail import hooks

from law.basis import is_law_based
from law.change_actions import begin, finish


@hooks.register("before_publish_page")
def note_the_page_as_it_stands(request, page) -> None:
    revision = page.revisions.order_by("-created_at", "-pk").first()  # `page.latest_revision` is the one before
    if is_law_based(page) and revision is not None:
        request.law_publication = begin(page, revision)


@hooks.register("after_publish_page")
def keep_the_change_note(request, page) -> None:
    publication = getattr(request, "law_publication", None)
    if publication is not None:
        with transaction.atomic():
            finish(publication, page, request.user)
