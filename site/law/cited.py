"""All provisions one text leans on: rows, blocks, links in the text, and shared notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import extract_references_from_rich_text

from law import loaded
from law.acts import Provision
from law.enums import Route
from law.shared_notes import SharedNote, notes_with_sources


@dataclass(frozen=True)
class Cited:
    """A provision as a page cites it. `reason` is given where the norm is no longer in force."""

    provision: Provision
    route: str = Route.FIELD
    reason: str = ""


@dataclass(frozen=True)
class Mention:
    """What a text names, before it is loaded: a provision, or a shared note with provisions of its own."""

    model: type[models.Model]
    pk: int
    route: str
    reason: str = ""


def cited_by(instance: models.Model) -> list[Cited]:
    """The published provisions `instance` cites, each once: its rows first, then what its text names as it is read.

    Works on a draft (rows and blocks that are only in memory). Queries, whatever the numbers: one for the rows, one
    for provisions named in the text alone, two more where it carries shared notes.
    """
    mentions = list(_with_notes(list(mentions_of(instance))))
    provisions = loaded.rows(Provision, (mention.pk for mention in mentions))
    found: dict[int, Cited] = {}
    for mention in mentions:
        provision = provisions.get(mention.pk)
        if provision is None or not provision.is_public:
            continue
        first = found.get(provision.pk)
        if first is None or (mention.reason and not first.reason):
            route = first.route if first else mention.route
            found[provision.pk] = Cited(provision, route, mention.reason)
    return list(found.values())


def mentions_of(instance: models.Model) -> Iterator[Mention]:
    """What `instance` names itself. A query for each child relation that may cite, none for the text."""
    for name, is_joined in _citing_relations(type(instance)):
        rows = getattr(instance, name).all()
        if is_joined and isinstance(rows, models.QuerySet):
            # prefetched rows stay as they are; a draft's rows are no queryset of the database
            rows = rows if rows._result_cache is not None else rows.select_related("provision__act")
            loaded.keep(row.provision for row in rows)
        for row in rows:
            yield from mentions_of(row)
    yield from _of_fields(instance)


def _of_fields(instance: models.Model) -> Iterator[Mention]:
    for field in instance._meta.get_fields():
        is_parent = isinstance(field, ParentalKey)  # a row of a note names its note, and does not cite it
        if isinstance(field, models.ForeignKey) and not is_parent and field.related_model in (Provision, SharedNote):
            pk = field.value_from_object(instance)
            if pk is not None:
                yield Mention(field.related_model, pk, Route.FIELD, getattr(instance, "reason", ""))
        elif isinstance(field, StreamField):
            value = field.value_from_object(instance)
            yield from _of_block(field.stream_block, field.stream_block.get_prep_value(value))
        elif isinstance(field, RichTextField):
            yield from _of_rich_text(field.value_from_object(instance))


def _of_block(block: blocks.Block, raw) -> Iterator[Mention]:
    """Walks stored values and not live ones: a chooser's live value is a query, and the page will make it anyway."""
    match block:
        case blocks.BaseStreamBlock():
            for child in raw or []:
                if child["type"] in block.child_blocks:
                    yield from _of_block(block.child_blocks[child["type"]], child["value"])
        case blocks.BaseStructBlock():
            values, reason = raw or {}, (raw or {}).get("reason", "")
            for name, child_block in block.child_blocks.items():
                for mention in _of_block(child_block, values.get(name)):
                    is_own = isinstance(child_block, blocks.ChooserBlock)
                    yield replace(mention, reason=reason) if is_own and reason else mention
        case blocks.ListBlock():
            for child in raw or []:
                item = child["value"] if isinstance(child, dict) and child.get("type") == "item" else child
                yield from _of_block(block.child_block, item)
        case blocks.RichTextBlock():
            yield from _of_rich_text(raw or "")
        case blocks.ChooserBlock() if block.model_class in (Provision, SharedNote) and raw is not None:
            yield Mention(block.model_class, raw, Route.BLOCK)


def _of_rich_text(html: str) -> Iterator[Mention]:
    if 'linktype="provision"' in html:
        for model, pk, _model_path, _content_path in extract_references_from_rich_text(html):
            if model is Provision:
                yield Mention(Provision, int(pk), Route.TEXT)


def _with_notes(mentions: list[Mention]) -> Iterator[Mention]:
    """`mentions` with each published shared note replaced by what it cites, in its place. Two queries, if any."""
    notes = notes_with_sources(mention.pk for mention in mentions if mention.model is SharedNote)
    for mention in mentions:
        if mention.model is not SharedNote:
            yield mention
        elif (note := notes.get(mention.pk)) is not None and note.live:
            yield from (replace(source, route=Route.SNIPPET) for source in mentions_of(note))


@lru_cache(maxsize=100)
def _citing_relations(model: type[models.Model]) -> list[tuple[str, bool]]:
    """Child relations whose rows may name provisions, and whether by a `provision` of their own; sources first."""
    found = []
    for relation in get_all_child_relations(model):
        fields = relation.related_model._meta.get_fields()
        keys = {field.name for field in fields if field.many_to_one and field.related_model is Provision}
        names_law = keys or any(
            isinstance(field, StreamField | RichTextField) or (field.many_to_one and field.related_model is SharedNote)
            for field in fields
        )
        if names_law:
            found.append((relation.get_accessor_name(), "provision" in keys))
    return sorted(found, key=lambda pair: pair[0] != "citations")
