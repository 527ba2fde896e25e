"""HTML cut into pieces which, joined, are the same HTML byte for byte; each says whether its words may be touched."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Where a word must stay as it is: links and controls cannot hold a link, headings and names of things are no prose.
UNTOUCHED = frozenset(
    "a abbr button caption code dfn h1 h2 h3 h4 h5 h6 kbd label math object option pre samp select summary svg"
    " template th time".split()
)
# Their content is no HTML at all.
RAW = frozenset("iframe noscript script style textarea title xmp".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

_OPENS = re.compile(r"<[a-zA-Z/!?]")
_TAG = re.compile(
    r"<!--.*?-->"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>\"'<=]*+)(?P<attributes>(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL,
)
# Titles of steps and boxes are headings for the eye only.
_TITLE = re.compile(r"class=[\"']?[^\"'>]*-title\b")


def pieces(html: str) -> Iterator[tuple[str, bool]]:
    """`(piece, may its words be touched)`. Where the markup is broken, the rest is one untouchable piece."""
    open_tags: list[tuple[str, bool]] = []
    position = 0
    while position < len(html):
        start = _next_tag(html, position)
        if start > position:
            yield html[position:start], not any(closed for _name, closed in open_tags)
        if start == len(html):
            return
        tag = _TAG.match(html, start)
        position = tag.end() if tag else len(html)
        if tag and tag["name"]:
            name = tag["name"].lower()
            if tag["end"]:
                _close(open_tags, name)
            elif name in RAW:
                position = _end_of_raw(html, position, name)
            elif name not in VOID:
                open_tags.append((name, name in UNTOUCHED or bool(_TITLE.search(tag["attributes"]))))
        yield html[start:position], False


def _next_tag(html: str, position: int) -> int:
    """Where the next markup begins; «a < b» is text."""
    found = _OPENS.search(html, position)
    return found.start() if found else len(html)


def _close(open_tags: list[tuple[str, bool]], name: str) -> None:
    """Closes the innermost open `name` with all inside it; an end tag of nothing closes nothing."""
    for place in range(len(open_tags) - 1, -1, -1):
        if open_tags[place][0] == name:
            del open_tags[place:]
            return


def _end_of_raw(html: str, position: int, name: str) -> int:
    end = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, position)
    return end.start() if end else len(html)
