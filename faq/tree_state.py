"""A decision tree without its page: what is wrong with it, and where answers lead. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import gettext as _

_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)


@dataclass(frozen=True)
class Answer:
    label: str
    goto: str


@dataclass(frozen=True)
class Node:
    """A question with its answers, or an outcome."""

    key: str
    words: str
    answers: tuple[Answer, ...] = ()
    is_outcome: bool = False
    is_grounded: bool = False  # an outcome that names a provision in force


@dataclass(frozen=True)
class Fault:
    """What keeps a tree from being published. `place` is the node's, from 0; None where it is the whole tree's."""

    message: str
    place: int | None = None


def faults(nodes: Sequence[Node]) -> list[Fault]:
    """Everything that would leave a reader without an outcome or an outcome without law; each names its node."""
    if not any(node.is_outcome for node in nodes):
        return [Fault(_("The tree has no outcome: add one, and let an answer lead to it."))]
    found = [*_duplicates(nodes), *_lost_answers(nodes), *_without_law(nodes), *_loop(nodes)]
    from_first = _reached([nodes[0].key], _edges(nodes))
    to_outcome = _reached([node.key for node in nodes if node.is_outcome], _edges_back(nodes))
    for place, node in enumerate(nodes):
        if node.key not in from_first:
            message = _("No answers lead to «%(node)s» from the first node «%(first)s».")
            found.append(Fault(message % {"node": node.key, "first": nodes[0].key}, place))
        elif node.key not in to_outcome:
            found.append(Fault(_("«%(node)s» is a dead end: no outcome follows.") % {"node": node.key}, place))
    return found


def _duplicates(nodes: Sequence[Node]) -> Iterable[Fault]:
    numbers: Counter[str] = Counter()
    for place, node in enumerate(nodes):
        numbers[node.key] += 1
        if numbers[node.key] == 2:
            yield Fault(_("Another node is already named «%(node)s».") % {"node": node.key}, place)


def _lost_answers(nodes: Sequence[Node]) -> Iterable[Fault]:
    known = by_key(nodes)
    message = _("The answer «%(answer)s» of «%(node)s» leads to «%(goto)s», and there is no such node.")
    for place, node in enumerate(nodes):
        for answer in node.answers:
            if answer.goto not in known:
                words = message % {"answer": answer.label, "node": node.key, "goto": answer.goto}
                yield Fault(words, place)


def _without_law(nodes: Sequence[Node]) -> Iterable[Fault]:
    for place, node in enumerate(nodes):
        if node.is_outcome and not node.is_grounded:
            words = _("The outcome «%(node)s» rests on no provision in force: add one.") % {"node": node.key}
            yield Fault(words, place)


def _loop(nodes: Sequence[Node]) -> Iterable[Fault]:
    """One circle at a time: taking it apart often takes the others apart."""
    try:
        TopologicalSorter(_edges(nodes)).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))  # the sorter was given what follows as what precedes
        places = [node.key for node in nodes]
        message = _("These nodes lead in a circle: %(path)s.") % {"path": " → ".join(circle)}
        yield Fault(message, min(places.index(key) for key in circle))


def by_key(nodes: Sequence[Node]) -> dict[str, Node]:
    """Nodes by name, in their order; of two of one name the first."""
    found: dict[str, Node] = {}
    for node in nodes:
        found.setdefault(node.key, node)
    return found


def _edges(nodes: Sequence[Node]) -> dict[str, list[str]]:
    known = by_key(nodes)
    return {key: [answer.goto for answer in node.answers if answer.goto in known] for key, node in known.items()}


def _edges_back(nodes: Sequence[Node]) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {node.key: [] for node in nodes}
    for key, following in _edges(nodes).items():
        for goto in following:
            back[goto].append(key)
    return back


def _reached(starts: list[str], edges: dict[str, list[str]]) -> set[str]:
    reached, waiting = set(starts), list(starts)
    while waiting:
        new = set(edges[waiting.pop()]) - reached
        reached |= new
        waiting.extend(new)
    return reached


@dataclass(frozen=True)
class Step:
    """An answer that was given. `before` is the path to its question: where it can be changed."""

    node: Node
    answer: Answer
    number: int
    before: str


@dataclass(frozen=True)
class Walk:
    """Where a path leads, and the answers that lead on from there, each with its path.

    `is_whole`: all of the path was understood; if not, the walk ends at the last step that was.
    """

    steps: tuple[Step, ...]
    node: Node | None
    choices: tuple[tuple[Answer, str], ...]
    is_whole: bool

    @property
    def path(self) -> str:
        return ".".join(str(step.number) for step in self.steps)


def walk(nodes: Sequence[Node], path: str) -> Walk:
    """Follows `1.3.2`, the places of the answers taken. Anybody may have written it, and the tree may have changed."""
    known = by_key(nodes)
    node = nodes[0] if nodes else None
    steps: list[Step] = []
    # A path without circles is never longer than the tree; what is left over stays one piece and is no number.
    pieces = path.split(".", len(nodes)) if path else []
    for piece in pieces:
        answer = _answer(node, piece)
        following = known.get(answer.goto) if answer else None
        if node is None or answer is None or following is None:
            break
        steps.append(Step(node, answer, int(piece), ".".join(str(step.number) for step in steps)))
        node = following
    path = "".join(f"{step.number}." for step in steps)
    answers = enumerate(node.answers, 1) if node else ()
    choices = tuple((answer, f"{path}{number}") for number, answer in answers if answer.goto in known)
    return Walk(tuple(steps), node, choices, is_whole=len(steps) == len(pieces))


def _answer(node: Node | None, piece: str) -> Answer | None:
    if node is None or not _NUMBER.fullmatch(piece) or int(piece) > len(node.answers):
        return None
    return node.answers[int(piece) - 1]


def path_in_twin(own: Walk, twin: Sequence[Node]) -> str:
    """As much of a walk as leads through the same nodes in the twin; empty where they begin differently."""
    other = walk(twin, own.path)
    same = 0
    for one, two in zip(_keys(own), _keys(other), strict=False):
        if one != two:
            break
        same += 1
    return ".".join(str(step.number) for step in own.steps[: max(same - 1, 0)])


def _keys(taken: Walk) -> list[str]:
    return [step.node.key for step in taken.steps] + ([taken.node.key] if taken.node else [])
