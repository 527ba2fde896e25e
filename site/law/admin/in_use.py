"""What pages lean on stays: acts, provisions and shared notes in use are neither deleted nor unpublished."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import ReferenceIndex

from law.models import LegalAct, Provision, SharedNote

GUARDED = (LegalAct, Provision, SharedNote)
NAMED = 5


def uses_of(instance: Model) -> list[str]:
    """Names of what leans on `instance` by any route (rows, blocks, links in text), each once.

    The database is asked too: Wagtail's index is brought up to date in the background.
    """
    sources = [source for source, _references in ReferenceIndex.get_grouped_references_to(instance)]
    return list(dict.fromkeys(str(source) for source in [*sources, *_protected_by(instance)]))


def _protected_by(instance: Model) -> list[Model]:
    """Rows for whose sake the database would not let `instance` go."""
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect([instance])
    except ProtectedError as error:
        return sorted(error.protected_objects, key=str)
    return []


def refusal(instance: Model) -> str:
    """Why `instance` has to stay, with the places that use it; empty where nothing does."""
    uses = uses_of(instance)
    if not uses:
        return ""
    named = "; ".join(f"«{use}»" for use in uses[:NAMED])
    more = len(uses) - NAMED
    if more > 0:
        named += ngettext(" and %(count)s more", " and %(count)s more", more) % {"count": more}
    return _("«%(object)s» is in use and stays. It is used by: %(places)s.") % {"object": instance, "places": named}


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Heard for one and for many; if one of many is in use, none is deleted."""
    return _refuse(request, [instance for instance in instances if isinstance(instance, GUARDED)])


@hooks.register("before_unpublish")
def keep_published_what_is_used(request: HttpRequest, instance: Model) -> HttpResponse | None:
    return _refuse(request, [instance] if isinstance(instance, GUARDED) else [])


def _refuse(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    refused = [(instance, said) for instance in instances if (said := refusal(instance))]
    for instance, said in refused:
        usage = reverse(instance.snippet_viewset.get_url_name("usage"), args=[instance.pk])
        messages.error(request, said, buttons=[messages.button(usage, _("Where it is used"))])
    if not refused:
        return None
    index = refused[0][0].snippet_viewset.get_url_name("list")
    return redirect(get_valid_next_url_from_request(request) or reverse(index))
