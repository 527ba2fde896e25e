"""Links to provisions in the Markdown of the content: `[ст. 47, п. 1](law:housing-law 47(1))`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from home.starter.markdown import Block, blocks
from law.models import Provision

_WRITTEN = re.compile(r"\]\((law:[a-z0-9-]+(?: \d[\d-]*(?:\([\d-]+\))*)?)\)")
_RENDERED = re.compile(r'<a href="law:([^"]+)">')


def law_blocks(source: str, provision: Callable[[str], Provision]) -> list[Block]:
    """`markdown.blocks`, with links to provisions as Wagtail stores them.

    `provision` finds a row by its citation. Raises ValueError for a link in a table, which holds plain words only.
    """
    made = blocks(_WRITTEN.sub(r"](<\1>)", source), provision)
    return [(kind, _linked(value, provision)) for kind, value in made]


def written_links(source: str) -> list[str]:
    """The citations that a text links to, in its order: `housing-law 47(1)`."""
    return [link.removeprefix("law:") for link in _WRITTEN.findall(source)]


def _linked(value: Any, provision: Callable[[str], Provision]) -> Any:
    match value:
        case str():
            if "](<law:" in value:
                raise ValueError(f"a table cannot hold a link: {value!r}")
            return _RENDERED.sub(lambda link: f'<a linktype="provision" id="{provision(unquote(link[1])).pk}">', value)
        case list():
            return [_linked(item, provision) for item in value]
        case dict():
            return {name: _linked(item, provision) for name, item in value.items()}
        case _:
            return value
