"""A decision tree as an editor reads it: an indented list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from faq.tree_state import Node, by_key


@dataclass(frozen=True)
class Row:
    """A line of the outline: the answer that leads here and the node, None where there is no such node."""

    depth: int
    answer: str
    key: str
    node: Node | None
    is_repeated: bool = False


def outline(nodes: Sequence[Node]) -> list[Row]:
    """The tree as an editor reads it: from the first node down; what nothing leads to stands at the end."""
    known = by_key(nodes)
    rows: list[Row] = []
    shown: set[str] = set()
    for start in known:
        waiting = [] if start in shown else [(0, "", start)]
        while waiting:
            depth, answer, key = waiting.pop()
            node = known.get(key)
            rows.append(Row(depth, answer, key, node, is_repeated=key in shown))
            if node and key not in shown:
                shown.add(key)
                waiting.extend((depth + 1, each.label, each.goto) for each in reversed(node.answers))
    return rows
