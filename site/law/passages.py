"""The words of a page, passage by passage, with what each cites: read from the stored form, without a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from law.acts import Provision
from law.citations import CitesLaw

# Plain fields that readers see; the others are titles, or words for the search.
SHOWN_FIELDS = ("short_answer", "summary", "intro", "lead")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list or a plain field. `links` are (address, words); `cites`: it names a provision."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    cites: bool = False


def passages(instance: models.Model) -> list[Passage]:
    """What readers see of `instance`, field by field. A block that only cites is a passage without words."""
    found: list[Passage] = []
    for field in instance._meta.concrete_fields:
        value = field.value_from_object(instance)
        if not value:
            continue
        if isinstance(field, StreamField):
            found += _of_block(value.stream_block, value.get_prep_value())
        elif isinstance(field, RichTextField):
            found += _of_html(value)
        elif field.name in SHOWN_FIELDS:
            found.append(Passage(_plain(value)))
    return found


def _of_block(block: blocks.Block, stored) -> Iterator[Passage]:
    """`stored` is the block's JSON, so no chooser has to be asked for what it chose."""
    if not stored:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield from _of_html(stored)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Passage(_plain(stored))
    elif isinstance(block, SnippetChooserBlock):
        if issubclass(block.target_model, Provision | CitesLaw):
            yield Passage("", cites=True)
    elif isinstance(block, blocks.BaseStreamBlock):
        for child in stored:
            if child["type"] in block.child_blocks:
                yield from _of_block(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in stored:
            # before Wagtail 2.16 an item stood there without its wrapping
            is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
            yield from _of_block(block.child_block, item["value"] if is_wrapped else item)
    elif isinstance(block, blocks.BaseStructBlock):
        yield from _of_struct(block, stored)


def _of_struct(block: blocks.BaseStructBlock, stored: dict) -> Iterator[Passage]:
    """A chooser of a provision speaks for the words beside it, but a field deeper down does not for its neighbours."""
    parts = [list(_of_block(child, stored.get(name))) for name, child in block.child_blocks.items()]
    chosen = any(not passage.text and passage.cites for part in parts for passage in part)
    yield from (replace(passage, cites=passage.cites or chosen) for part in parts for passage in part)


def _of_html(html: str) -> Iterator[Passage]:
    soup = BeautifulSoup(html, "html.parser")
    leaves = [tag for tag in soup.find_all(["p", "li", "h2", "h3", "h4"]) if not tag.find(["p", "li"])]
    for tag in leaves or [soup]:
        anchors = tag.find_all("a")
        yield Passage(
            _plain(tag.get_text()),
            tuple((str(anchor.get("href", "")), _plain(anchor.get_text())) for anchor in anchors),
            any(anchor.get("linktype") == "provision" for anchor in anchors),
        )


def _plain(text: str) -> str:
    return _SPACES.sub(" ", str(text)).strip()
