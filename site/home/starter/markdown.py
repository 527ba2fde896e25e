"""The Markdown of the content files, to StreamField blocks.

Besides plain Markdown: `::: steps`, `::: note Title`, `::: warning Title`, `::: checklist Title`,
`::: offices Title` (empty: it shows what is in the database), `::: practice Question`, each closed by `:::`, and
tables of one line a row. A practice question has one answer a line, `- [x] Right :: why` or `- [ ] Wrong :: why`, and
a line `law: housing-law 42(8), housing-law 42(5)(6)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_FENCE = re.compile(r"^:::\s*(?P<kind>\w+)\s*(?P<title>.*)$")
_RULE = re.compile(r"^\|[\s:|-]+\|$")
_TITLE = re.compile(r"^<b>(?P<title>.+?)</b>\s*", re.DOTALL)

_EMPTY = {"offices"}  # containers that say all with their title

_OPTION = re.compile(r"^- \[(?P<mark>[x ])\] (?P<text>.+?) :: (?P<why>.+)$")
_LAW = re.compile(r"^law: (?P<citations>.+)$")

Block = tuple[str, object]


def blocks(source: str, provision: Callable[[str], Any] | None = None) -> list[Block]:
    """StreamField value of a Markdown text. Raises ValueError for an unknown or unclosed container.

    `provision` finds a row by its citation, for practice questions.
    """
    pieces = [piece for piece in _pieces(source) if piece[2].strip() or piece[0] in _EMPTY]
    return [
        ("practice", _practice(title, text, provision)) if kind == "practice" else _block(kind, title, text)
        for kind, title, text in pieces
    ]


def rich_text(source: str) -> str:
    """HTML as Wagtail stores it."""
    return _wagtail(_MARKDOWN.render(source))


def _pieces(source: str) -> Iterator[tuple[str, str, str]]:
    """Cuts a text into (kind, title, lines): text, table, steps, note, warning, checklist, offices."""
    kind, title = "text", ""
    lines: list[str] = []
    for line in source.splitlines():
        fence = _FENCE.match(line)
        if kind in {"text", "table"}:
            if line.strip() == ":::":
                raise ValueError("a container is closed that was never opened")
            following = "table" if line.startswith("|") else "text"
            if fence or following != kind:
                yield kind, title, "\n".join(lines)
                kind, title, lines = (fence["kind"], fence["title"].strip(), []) if fence else (following, "", [])
            if not fence:
                lines.append(line)
        elif line.strip() == ":::":
            yield kind, title, "\n".join(lines)
            kind, title, lines = "text", "", []
        else:
            lines.append(line)
    if kind not in {"text", "table"}:
        raise ValueError(f"container {kind} {title!r} is not closed")
    yield kind, title, "\n".join(lines)


def _block(kind: str, title: str, text: str) -> Block:
    match kind:
        case "text":
            return "text", rich_text(text)
        case "table":
            rows = [line.strip().strip("|") for line in text.splitlines() if not _RULE.match(line.strip())]
            return "table", {"caption": title, "rows": "\n".join(_plain(row) for row in rows)}
        case "steps":
            return "steps", {"steps": [_step(item) for item in _items(text)]}
        case "checklist":
            return "checklist", {"title": title, "items": [f"<p>{item}</p>" for item in _items(text)]}
        case "offices":
            if text.strip():
                raise ValueError("the container offices has no text of its own")
            return "offices", {"title": title}
        case "note" | "warning":
            return "note", {"kind": kind, "title": title, "text": rich_text(text)}
        case _:
            raise ValueError(f"unknown container {kind}")


def _practice(title: str, text: str, provision: Callable[[str], Any] | None) -> dict:
    options, citations = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        if option := _OPTION.match(line):
            why = rich_text(option["why"]).strip()
            options.append({"text": option["text"], "is_right": option["mark"] == "x", "why": why})
        elif law := _LAW.match(line):
            citations += [citation.strip() for citation in law["citations"].split(",")]
        else:
            raise ValueError(f"practice {title!r} has a line that is neither an answer nor law: {line!r}")
    if provision is None or not citations:
        raise ValueError(f"practice {title!r} rests on no provision")
    return {"question": title, "options": options, "provisions": [provision(citation) for citation in citations]}


def _step(item: str) -> dict:
    match = _TITLE.match(item)
    if not match:
        return {"title": "", "text": f"<p>{item}</p>"}
    rest = item[match.end() :].strip()
    return {"title": match["title"].rstrip("."), "text": f"<p>{rest}</p>" if rest else ""}


def _items(text: str) -> list[str]:
    """Inline HTML of each item of the outermost list."""
    found: list[str] = []
    depth = 0
    for token in _MARKDOWN.parse(text):
        if token.type == "list_item_open":
            depth += 1
            if depth == 1:
                found.append("")
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline" and depth:
            found[-1] = " ".join(filter(None, [found[-1], _inline(token)]))
    return found


def _inline(token: Token) -> str:
    return _wagtail(_MARKDOWN.renderer.render([token], _MARKDOWN.options, {})).strip()


def _plain(text: str) -> str:
    return re.sub(r"\*\*?(.+?)\*\*?", r"\1", text).strip()


def _wagtail(html: str) -> str:
    for tag, own in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{tag}>", f"<{own}>").replace(f"</{tag}>", f"</{own}>")
    return html
