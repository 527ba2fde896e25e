"""Trees without pages: what is refused, where a path leads, how a tree is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.tree_outline import outline
from faq.tree_state import Answer, Node, faults, path_in_twin, walk


def question(key: str, *goto: str) -> Node:
    return Node(key, f"{key}?", tuple(Answer(f"{key}-{number}", to) for number, to in enumerate(goto, 1)))


def outcome(key: str, is_grounded: bool = True) -> Node:
    return Node(key, f"{key}!", is_outcome=True, is_grounded=is_grounded)


WHOLE = [question("leak", "roof", "own"), question("roof", "house", "own"), outcome("house"), outcome("own")]


def messages(nodes: list[Node]) -> list[str]:
    return [fault.message for fault in faults(nodes)]


def test_a_whole_tree_has_no_fault():
    assert faults(WHOLE) == []


def test_one_outcome_may_be_reached_by_many_answers_and_alone_is_a_tree():
    assert faults([question("a", "end", "end"), outcome("end")]) == []
    assert faults([outcome("end")]) == []


@pytest.mark.parametrize(
    ("nodes", "place", "words"),
    [
        ([*WHOLE, outcome("own")], 4, ["«own»"]),
        ([question("leak", "own", "cellar"), outcome("own")], 0, ["«leak-2»", "«leak»", "«cellar»"]),
        ([question("leak", "own", "own"), outcome("own"), outcome("house")], 2, ["«house»", "«leak»"]),
        ([question("leak", "own", "roof"), question("roof"), outcome("own")], 1, ["«roof»"]),
        ([question("leak", "own", "own"), outcome("own", is_grounded=False)], 1, ["«own»"]),
    ],
    ids=["two of one name", "an answer that leads nowhere", "an orphan", "a dead end", "an outcome without law"],
)
def test_each_fault_is_found_alone_and_names_its_node(nodes, place, words):
    (fault,) = faults(nodes)

    assert fault.place == place
    assert all(word in fault.message for word in words)


@pytest.mark.parametrize("nodes", [[], [question("a", "b", "b"), question("b", "a", "a")]])
def test_a_tree_without_an_outcome_is_refused_as_a_whole(nodes):
    (fault,) = faults(nodes)

    assert fault.place is None


def test_a_circle_is_named_by_its_path_in_the_order_of_the_answers():
    nodes = [
        question("leak", "roof", "own"),
        question("roof", "cellar", "own"),
        question("cellar", "leak", "own"),
        outcome("own"),
    ]

    (fault,) = faults(nodes)

    circle = fault.message.partition(": ")[2].rstrip(".").split(" → ")
    assert circle[0] == circle[-1]
    assert set(circle) == {"leak", "roof", "cellar"}
    following = {"leak": "roof", "roof": "cellar", "cellar": "leak"}
    assert all(following[one] == other for one, other in zip(circle, circle[1:], strict=False))


def test_a_node_that_leads_to_itself_is_a_circle():
    assert "leak → leak" in " ".join(messages([question("leak", "leak", "own"), outcome("own")]))


def test_a_long_chain_is_checked_without_running_out_of_stack():
    chain = [question(f"n{number}", f"n{number + 1}", "end") for number in range(3000)]
    chain += [question("n3000", "end", "end"), outcome("end")]

    assert faults(chain) == []
    assert len(outline(chain)) > 3000


def test_a_path_leads_through_the_answers_by_their_places():
    taken = walk(WHOLE, "1.2")

    assert [step.node.key for step in taken.steps] == ["leak", "roof"]
    assert [step.before for step in taken.steps] == ["", "1"]
    assert taken.node.key == "own"
    assert taken.is_whole
    assert taken.path == "1.2"
    assert walk(WHOLE, "1").choices == ((Answer("roof-1", "house"), "1.1"), (Answer("roof-2", "own"), "1.2"))
    assert walk(WHOLE, "").choices[1][1] == "2"


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        ("1.9", "1"),
        ("1.2.1", "1.2"),
        ("0", ""),
        ("-1", ""),
        ("1.", "1"),
        (".1", ""),
        ("1..2", "1"),
        ("01", ""),
        ("1,2", ""),
        ("١", ""),
        ("1 ", ""),
        ("1\n", ""),
        ("999999999999999999999", ""),
        ("x" * 5000, ""),
        ("1." * 5000, "1.1"),
    ],
)
def test_a_wrong_path_ends_at_the_last_step_that_makes_sense(path, ends):
    taken = walk(WHOLE, path)

    assert taken.path == ends
    assert not taken.is_whole


def test_a_broken_tree_can_be_walked_as_far_as_it_leads():
    assert walk([], "").node is None
    assert walk([], "1").is_whole is False
    lost = [question("leak", "nowhere", "leak")]
    assert walk(lost, "1").path == ""
    assert len(walk(lost, "2." * 50 + "2").steps) <= 1


@given(st.text(max_size=60), st.lists(st.integers(-3, 120), max_size=8))
def test_no_path_breaks_a_walk(text, numbers):
    for path in (text, ".".join(map(str, numbers))):
        taken = walk(WHOLE, path)
        again = walk(WHOLE, taken.path)
        assert again.is_whole
        assert again.node == taken.node


def test_a_twin_of_one_shape_takes_the_whole_path_and_another_as_much_as_is_the_same():
    taken = walk(WHOLE, "1.2")

    assert path_in_twin(taken, WHOLE) == "1.2"
    assert path_in_twin(taken, [question("leak", "roof", "own"), question("roof", "own", "house"), *WHOLE[2:]]) == "1"
    assert path_in_twin(taken, [question("other", "roof", "own"), *WHOLE[1:]]) == ""
    assert path_in_twin(taken, []) == ""


def test_the_outline_shows_every_node_once_in_full_and_what_nothing_leads_to_at_the_end():
    rows = outline([*WHOLE, question("alone", "leak", "gone")])

    assert [(row.depth, row.key, row.is_repeated, row.node is None) for row in rows] == [
        (0, "leak", False, False),
        (1, "roof", False, False),
        (2, "house", False, False),
        (2, "own", False, False),
        (1, "own", True, False),
        (0, "alone", False, False),
        (1, "leak", True, False),
        (1, "gone", False, True),
    ]
