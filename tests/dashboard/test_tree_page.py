"""The page of the argument tree: views, filters, folds and focus, and the address that has them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import models
from argmap.dashboard.treeview import Folds
from argmap.records import Debate, KeyPoint, Relation
from argmap.structure import build_tree
from tests.dashboard.conftest import OpenApp, page_text, texts, views
from tests.structure.builders import debate as drawn


def rows(at: AppTest) -> dict[str, dict[str, object]]:
    """The outline's items by the node they are."""
    found: dict[str, dict[str, object]] = {}

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("role") == "treeitem":
                found[str(node["key"])] = node
            for child in node.get("nodes") or node.get("k") or []:
                walk(child)

    for view in views(at):
        walk(view)
    return found


def markers(at: AppTest) -> set[str]:
    """What can be clicked in the chart of the tree."""
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    return {str(own) for trace in spec["data"] for own in trace.get("customdata") or ()}


def large(statements: int = 70) -> Debate:
    """A point of two, its attacker, and many loose statements of one speaker."""
    return drawn(
        ("a", "pro", 0.95, "p1"),
        ("b", "pro", 0.9, "p2"),
        ("x", "con", 0.8, "p2"),
        *((f"s{n:02}", "pro", 0.9 - n / 200, "p1") for n in range(statements)),  # type: ignore[misc]
        points=[("pro", "a b")],
        relations=[("x", "b", "attack")],
    )


def click(at: AppTest, label: str) -> AppTest:
    next(found for found in at.button if found.label == label).click().run()
    assert not at.exception, at.exception
    return at


def test_tree_page_charts_carry_node_ids_and_a_pick_shows_the_sentence(
    open_app: OpenApp, debate: Debate
) -> None:
    # The page is a script: imported with the module it would start mapping for real.
    from argmap.dashboard.pages.tree import picked_id

    session_id = models.store().save(debate)
    tree = build_tree(debate, "pay")
    at = open_app("tree")
    assert {node.id for node in tree.nodes} <= markers(at)
    node = next(n for n in tree.nodes if n.kind == "statement")
    key = f"tree-{session_id}-pay-0"
    at.session_state[key] = {"selection": {"points": [{"customdata": node.id}]}}
    at.run()
    # The harness sets the chart's state without its callback, which the browser tests cover.
    assert picked_id(at.session_state[key]) == node.id
    at = open_app("tree", debate=session_id, node=node.id, sentence=str(node.statement))
    assert "The sentence in its source" in json.dumps(views(at))
    assert node.text in page_text(at)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({}, None),
        ({"selection": {"points": []}}, None),
        ({"selection": {"points": [{"customdata": "u1"}]}}, "u1"),
        ({"selection": {"points": [{"customdata": ["u1", 2]}]}}, "u1"),
        ({"selection": {"points": [{"id": "k1", "label": "x"}]}}, "k1"),
        ({"selection": {"points": [{"x": 1}]}}, None),
    ],
)
def test_picked_id_reads_markers_and_boxes(event: dict[str, object], expected: str | None) -> None:
    # The page is a script: imported with the module it would start mapping for real.
    from argmap.dashboard.pages.tree import picked_id

    assert picked_id(event) == expected


def test_tree_page_outline_has_every_node(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("tree", debate=session_id, view="outline")
    assert set(rows(at)) == {node.id for node in build_tree(debate, "pay").nodes}
    assert not at.get("plotly_chart")


def test_tree_page_view_is_kept_in_the_address(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("tree")
    at.segmented_control(key="pick-view").set_value("icicle").run()
    assert at.query_params["view"] == "icicle"
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert spec["data"][0]["type"] == "icicle"


def test_tree_page_shows_what_hangs_below_a_side(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    tree = build_tree(debate, "pay")
    side = next(n for n in tree.nodes if n.kind == "side")
    at = open_app("tree", debate=session_id, node=side.id)
    picked = json.dumps(views(at))
    for node in tree.nodes:
        if node.parent == side.id:
            assert f'"pick": "{node.id}"' in picked


def test_tree_page_begins_a_large_tree_at_its_points(open_app: OpenApp) -> None:
    models.store().save(large())
    at = open_app("tree")
    assert {"k1", "fold:k1", "loose:pay:pro", "side:pay:con"} <= markers(at)
    assert not {"a", "s00"} & markers(at)
    click(at, "Open all")
    assert {"a", "b", "s00", "more:loose:pay:pro"} <= markers(at)
    assert "s69" not in markers(at)
    assert at.query_params["fold"] == "open"
    click(at, "Collapse to points")
    assert "a" not in markers(at)
    assert at.query_params["fold"] == "points"


def test_tree_page_opens_what_a_link_chooses(open_app: OpenApp) -> None:
    session_id = models.store().save(large())
    at = open_app("tree", debate=session_id, node="s69", sentence="s69")
    assert "s69" in markers(at)
    assert "a" not in markers(at)


def test_tree_page_says_where_the_chosen_one_is_folded_away(open_app: OpenApp) -> None:
    session_id = models.store().save(large())
    at = open_app("tree", debate=session_id, node="a", sentence="a", fold="points")
    assert "a" not in markers(at)
    click(at, "Show it in the tree")
    assert "a" in markers(at)
    assert at.query_params["fold"] == "points,k1"


@pytest.mark.parametrize("view", ["tree", "icicle", "outline"])
def test_tree_page_focus_shows_one_branch_and_the_way_back(open_app: OpenApp, view: str) -> None:
    session_id = models.store().save(large())
    at = open_app("tree", debate=session_id, view=view, node="k1", sentence="a", fold="open")
    click(at, "Show only this branch")
    assert at.query_params["focus"] == "k1"
    assert [b.label for b in at.button if str(b.key).startswith("crumb-")] == [
        "Whole tree", "For the motion",
    ]  # fmt: skip
    shown = rows(at) if view == "outline" else json.dumps(at.get("plotly_chart")[0].proto.spec)
    assert "s00" not in shown
    click(at, "For the motion")
    assert at.query_params["focus"] == "side:pay:pro"
    click(at, "Whole tree")
    assert "focus" not in at.query_params


def test_tree_page_filters_apply_to_all_views_and_say_how_many_pass(open_app: OpenApp) -> None:
    session_id = models.store().save(large())
    at = open_app("tree", debate=session_id, view="outline", fold="open")
    at.multiselect(key=f"tree-filter-speakers-{session_id}-pay").set_value(["p2"]).run()
    assert not at.exception
    assert at.query_params["speakers"] == "p2"
    assert "2 of 73 statements pass the filters: Speaker p2." in page_text(at)
    assert {"b", "x"} <= set(rows(at))
    assert not {"a", "s00", "loose:pay:pro"} & set(rows(at))
    at.segmented_control(key="pick-view").set_value("tree").run()
    assert "k1" in markers(at)
    assert "a" not in markers(at)
    at.slider(key=f"tree-filter-least-{session_id}-pay").set_value(85).run()
    assert "1 of 73 statements pass the filters: Speaker p2; at least 85% sure." in page_text(at)
    assert "x" not in markers(at)


def test_tree_page_says_which_filter_to_take_off(open_app: OpenApp) -> None:
    session_id = models.store().save(large())
    at = open_app("tree", debate=session_id, speakers="p2", least="95")
    assert "No statement passes the filters" in page_text(at)
    labels = [b.label for b in at.button]
    assert "Take off “Speakers” (1 statement)" in labels
    click(at, "Take off “Least confidence” (2 statements)")
    assert at.query_params["speakers"] == "p2"
    assert "least" not in at.query_params
    at = open_app("tree", debate=session_id, until="1999")
    click(at, "Clear all filters")
    assert "until" not in at.query_params


def test_tree_page_link_to_filters_that_are_not_there_filters_nothing(open_app: OpenApp) -> None:
    session_id = models.store().save(large())
    at = open_app("tree", debate=session_id, speakers="nobody-here", least="x", since="soon")
    assert "73 statements that take a side" in page_text(at)
    assert "speakers" not in at.query_params


def test_tree_page_marks_the_unanswered_and_filters_by_it(open_app: OpenApp) -> None:
    session_id = models.store().save(large(9))
    at = open_app("tree", debate=session_id, view="outline", fold="open")
    assert "○ unanswered" in texts(rows(at)["s00"])
    # An attack on a statement of a point answers the point; nothing answers the attack itself.
    assert "○ unanswered" in texts(rows(at)["x"])
    assert texts(rows(at)["k1"]).count("○ unanswered") == texts(rows(at)["x"]).count("○") == 1
    at.toggle(key=f"tree-filter-unanswered-{session_id}-pay").set_value(True).run()
    assert "10 of 12 statements pass the filters: only unanswered." in page_text(at)
    assert "k1" not in rows(at)


def test_tree_page_without_attacks_says_that_nothing_is_known_to_be_unanswered(
    open_app: OpenApp,
) -> None:
    session_id = models.store().save(replace(large(9), relations=()))
    at = open_app("tree", debate=session_id, view="outline", fold="open")
    assert "No attack between the sides was found" in page_text(at)
    assert "○" not in page_text(at)
    at = open_app("tree", debate=session_id, unanswered="yes")
    assert "nothing is known to be unanswered" in page_text(at)


def test_tree_page_says_when_a_debate_has_few_points(open_app: OpenApp) -> None:
    models.store().save(large())
    assert "found 1 point made more than once, holding 3 of 73" in page_text(open_app("tree"))


def test_tree_page_says_when_a_debate_has_no_point(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(replace(debate, key_points=()))
    assert "found no point made twice" in page_text(open_app("tree"))


def test_of_two_debates_of_one_name_the_link_opens_the_one_it_names(
    open_app: OpenApp, debate: Debate
) -> None:
    models.store().save(large())
    other = models.store().save(debate)
    at = open_app("tree", debate=other)
    assert at.query_params["debate"] == other
    assert "4 statements that take a side" in page_text(at)
    assert at.selectbox(key="pick-debate").options == ["Nurse pay", "Nurse pay (2)"]


def test_tree_page_size_is_kept_in_the_address(open_app: OpenApp) -> None:
    models.store().save(large(9))
    at = open_app("tree")
    before = at.get("plotly_chart")[0].proto.spec
    at.selectbox(key="pick-size").set_value("strength").run()
    assert at.query_params["size"] == "strength"
    assert at.get("plotly_chart")[0].proto.spec != before
    assert "stronger after the attacks" in page_text(at)


def test_tree_page_takes_ids_that_an_address_would_part(open_app: OpenApp, debate: Debate) -> None:
    own = "k,1%2C"
    point = KeyPoint(own, "pay", "pro", debate.key_points[0].text, debate.key_points[0].statements)
    session_id = models.store().save(replace(debate, key_points=(point,)))
    at = open_app("tree", debate=session_id, node=own, fold="open")
    click(at, "Close the branch")
    assert f"fold:{own}" in markers(at)
    assert not set(point.statements) & markers(at)
    assert Folds.read(at.query_params["fold"]).turned == {own}


@pytest.mark.parametrize("text", ["points", "open", "points,k1,more:loose:pay:pro", "open,a%2Cb"])
def test_folds_are_read_as_they_are_written(text: str) -> None:
    assert Folds.read(text).written == text
    assert Folds.read(text).turn("k9").turn("k9").written == text


@pytest.mark.parametrize("text", [None, "", "k1,k2", ",,,", "shut"])
def test_folds_that_are_none_fold_nothing(text: str | None) -> None:
    assert Folds.read(text) == Folds(None, frozenset())


def test_tree_page_links_of_folded_branches_stand_in_the_outline(open_app: OpenApp) -> None:
    made = large(9)
    attack = Relation("a", "x", "pay", "attack", 0.8)
    session_id = models.store().save(replace(made, relations=(*made.relations, attack)))
    at = open_app("tree", debate=session_id, view="outline", fold="open")
    assert "answers: " in json.dumps(rows(at)["a"], ensure_ascii=False)
    assert "attacked by: " in json.dumps(rows(at)["x"], ensure_ascii=False)
