"""A statement of law that stands on many pages and is written once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from core.blocks.text import PLAIN_FEATURES
from core.fields import RichTextField
from core.personal_data import only_staff
from law import loaded
from law.acts import Drafted
from law.citations import Citation, CitesLaw


class SharedNote(CitesLaw, TranslatableMixin, Drafted, index.Indexed, ClusterableModel):
    """A note with its sources, shown on every page that carries it; its twin stands beside it as a row of its own."""

    personal_data = only_staff("locked_by")

    title = models.CharField(_("title"), max_length=160)
    text = RichTextField(_("text"), features=PLAIN_FEATURES)

    panels = [FieldPanel("title"), FieldPanel("text"), InlinePanel("citations", label=_("Provision"))]
    search_fields = [index.AutocompleteField("title"), index.FilterField("locale")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("shared note")
        verbose_name_plural = _("shared notes")

    def __str__(self) -> str:
        return self.title


class SharedNoteCitation(Citation):
    note = ParentalKey(SharedNote, on_delete=models.CASCADE, related_name="citations")


def notes_with_sources(pks: Iterable[int]) -> dict[int, SharedNote]:
    """Notes by primary key, with their citations, provisions and acts. Two queries at most, none the second time."""
    notes = loaded.rows(SharedNote, pks)
    prefetch_related_objects(list(notes.values()), Prefetch("citations", SharedNoteCitation.objects.in_full()))
    return notes
