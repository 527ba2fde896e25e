"""The radar: which texts lean on what an amendment touches, by whatever route. It only reads.

Wagtail's reference index knows every chooser, block and link of every text; what it cannot know is who repeats
a text in the other language and how far a change of an article reaches. Drafts are found as live texts are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from law.acts import Provision
from law.amendments import AmendedProvision, Amendment, radar_content_type
from law.citations import CitesLaw
from law.enums import Route
from law.references import reaches

# Content type of the base model, primary key: how a text is named in the reference index and in `RadarItem`.
Key = tuple[int, int]
Found = defaultdict[Key, set[Route]]

# Snippets within snippets are followed so far, whatever circle they make.
SNIPPETS_DEEP = 3


def reach(amendment: Amendment) -> set[int]:
    """The provisions whose citations the amendment touches: those it names, what they hold and what holds them.

    Two queries.
    """
    named = list(AmendedProvision.objects.filter(amendment=amendment).values_list("provision__act", "provision__ref"))
    of_acts = Provision.objects.filter(act__in={act for act, _ref in named}).values_list("pk", "act", "ref")
    return {pk for pk, act, ref in of_acts if is_touched(named, act, ref)}


def is_touched(named: Iterable[tuple[int, str]], act: int, ref: str) -> bool:
    """Whether one of the `named` provisions (act, reference) reaches who cites `ref` of `act`."""
    return any(act == other_act and reaches(other_ref, ref) for other_act, other_ref in named)


def find(amendment: Amendment) -> dict[Key, set[Route]]:
    """Every page and every snippet that leans on what the amendment touches, with the routes by which it does.

    The route TWIN stands for texts that lean on it through the other language alone. The number of queries
    depends on how deep snippets stand in each other, never on how many texts there are.
    """
    found: Found = defaultdict(set)
    for key, route in citing(Provision, reach(amendment)):
        found[key].add(route)
    _follow_snippets(found)
    _add_twins(found, Page)
    return dict(found)


def citing(model: type[models.Model], pks: Iterable[int]) -> list[tuple[Key, Route]]:
    """Pages and snippets that refer to these rows of `model`, with the route of each reference. One query."""
    rows = ReferenceIndex.objects.filter(
        to_content_type=radar_content_type(model),
        to_object_id__in=[str(pk) for pk in pks],
        base_content_type__in=[radar_content_type(source) for source in source_models()],
    ).values_list("base_content_type", "object_id", "content_type", "model_path")
    return [((base, int(pk)), _route(content_type, path)) for base, pk, content_type, path in rows]


def source_models() -> tuple[type[models.Model], ...]:
    """What can stand on the radar: pages, and snippets whose words rest on law."""
    return (Page, *snippet_models())


@cache
def snippet_models() -> tuple[type[models.Model], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, CitesLaw))


def _follow_snippets(found: Found) -> None:
    """Adds who uses the snippets found, and twins of snippets: a page in Russian carries the Russian note."""
    types = {radar_content_type(model).pk: model for model in snippet_models()}
    fresh = {key for key in found if key[0] in types}
    for _depth in range(SNIPPETS_DEEP):
        known = set(found)
        for model in snippet_models():
            _add_twins(found, model)
        fresh |= set(found) - known
        known = set(found)
        for model in snippet_models():
            pks = [pk for content_type, pk in fresh if types[content_type] is model]
            for key, _route_of_snippet in citing(model, pks) if pks else ():
                found[key].add(Route.SNIPPET)
        fresh = {key for key in set(found) - known if key[0] in types}
        if not fresh:
            return


def _add_twins(found: Found, model: type[models.Model]) -> None:
    """Adds rows of `model` that say in the other language what those found say. One query."""
    content_type = radar_content_type(model).pk
    pks = [pk for found_type, pk in found if found_type == content_type]
    if not pks or not issubclass(model, TranslatableMixin):
        return
    same_text = model._default_manager.filter(pk__in=pks).values("translation_key")
    for pk in model._default_manager.filter(translation_key__in=same_text).values_list("pk", flat=True):
        if not found[content_type, pk]:
            found[content_type, pk].add(Route.TWIN)


def _route(content_type: int, path: str) -> Route:
    model = ContentType.objects.get_for_id(content_type).model_class()
    return route_of(model, path) if model else Route.FIELD  # of a model that is gone: its rows will be, too


@cache
def route_of(model: type[models.Model], path: str) -> Route:
    """The route that a path of the reference index stands for: `citations.item.provision`, `body.note.text`."""
    name, *rest = path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:  # saved before the field was renamed
        return Route.FIELD
    if field.one_to_many:
        return route_of(field.related_model, ".".join(rest[1:]))  # after the word «item»
    if isinstance(field, StreamField):
        return Route.TEXT if isinstance(_block(field.stream_block, rest), blocks.RichTextBlock) else Route.BLOCK
    return Route.TEXT if isinstance(field, RichTextField) else Route.FIELD


def _block(block: blocks.Block | None, path: list[str]) -> blocks.Block | None:
    """The block at a path; None where the page was saved before its blocks were renamed."""
    for name in path:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
        else:
            block = getattr(block, "child_blocks", {}).get(name)
    return block
