"""A page as it stood before a change."""

from __future__ import annotations

from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from law.basis import is_law_based
from law.change_notes import ChangeNote


@require_safe
def was(request: HttpRequest, note_id: int) -> HttpResponseBase:
    """The old text in the page's own template, under a banner. 404 unless the page is live and public today.

    It claims nothing: no canonical address, no data for machines, no signature (`past_note` tells the templates).
    """
    note = get_object_or_404(ChangeNote.objects.select_related("page__locale"), pk=note_id, before__isnull=False)
    page = Page.objects.live().public().filter(pk=note.page_id).specific().first()
    if page is None or not is_law_based(page):
        raise Http404
    if page.locale.language_code != get_language():
        with override(page.locale.language_code):
            return redirect(reverse("page_as_it_was", args=[note.pk]))
    past = page.with_content_json(_without_what_is_gone(type(page), note.before))
    past.rechecks = []
    context = past.get_context(request) | {"past_note": note, "present_url": page.get_url(request)}
    response = TemplateResponse(request, past.get_template(request), context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _without_what_is_gone(model: type[models.Model], content: dict | None) -> dict:
    """Old content whose rows name nothing that was deleted since: such rows could not be read back."""
    kept = dict(content or {})
    for relation in get_all_child_relations(model):
        name, rows = relation.get_accessor_name(), kept.get(relation.get_accessor_name()) or []
        for field in relation.related_model._meta.concrete_fields:
            if rows and isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.PROTECT:
                asked = {row[field.name] for row in rows}
                known = set(field.remote_field.model._base_manager.filter(pk__in=asked).values_list("pk", flat=True))
                rows = [row for row in rows if row[field.name] in known]
        kept[name] = rows
    return kept
