"""The outline: the tree view pattern's roles, every node in its place, and links both ways."""

from __future__ import annotations

from argmap.charts import Notes
from argmap.dashboard import outline
from argmap.dashboard.view import Element
from argmap.records import Debate
from argmap.structure import Shown, build_tree, fold
from tests.structure.builders import debate as drawn


def items(made: Element) -> dict[str, Element]:
    """The tree's items by the node they are."""
    return {str(e.key): e for e in made.walk() if e.role == "treeitem"}


def row(item: Element) -> Element:
    """What stands in an item's own line."""
    return next(e for e in item.walk() if e.css.startswith("node"))


def of(made: Debate, shown: Shown | None = None, **options: object) -> Element:
    found = shown or fold(build_tree(made, "pay"), few=None)
    stances = {stance.statement: stance for stance in made.stances}
    return outline.outline(found, made, stances, **options)  # type: ignore[arg-type]


def linked() -> Debate:
    return drawn(
        ("a", "pro", 0.9, "p1"),
        ("b", "pro", 0.8, None),
        ("c", "pro", 0.7, "p1"),
        ("x", "con", 0.8, "p2"),
        ("y", "con", 0.6, "p2"),
        points=[("pro", "a b"), ("con", "x y")],
        relations=[("x", "a", "attack"), ("x", "b", "undercut"), ("c", "b", "support")],
    )


def test_outline_has_every_node_of_the_tree_in_its_place(debate: Debate) -> None:
    tree = build_tree(debate, "pay")
    made = of(debate, selected=tree.nodes[2].id)
    found = items(made)
    assert list(found) == [node.id for node in tree.nodes]
    assert [own for own, e in found.items() if e.current] == [tree.nodes[2].id]
    for node in tree.nodes:
        if node.parent is not None:
            assert node.id in items(found[node.parent])


def test_outline_follows_the_tree_view_pattern() -> None:
    made = of(linked())
    assert (made.role, made.label) == ("tree", "The argument tree as an outline")
    found = items(made)
    levels = {own: e.level for own, e in found.items()}
    assert (levels["motion:pay"], levels["side:pay:con"], levels["k1"], levels["c"]) == (1, 2, 3, 5)
    assert (found["side:pay:pro"].place, found["side:pay:con"].place) == ((1, 2), (2, 2))
    assert (found["k1"].expanded, found["b"].expanded, found["a"].expanded) == (True, True, None)
    for item in found.values():
        groups = [e for e in item.children if isinstance(e, Element) and e.role == "group"]
        assert len(groups) == (1 if item.expanded else 0)


def test_outline_of_a_folded_tree_says_what_is_away() -> None:
    made = linked()
    shown = fold(build_tree(made, "pay"), closed={"k1"})
    found = items(of(made, shown))
    assert found["k1"].expanded is False
    assert not {"a", "b", "c"} & set(found)
    assert "3 folded away" in row(found["k1"]).text


def test_outline_lists_the_rest_of_a_cut_list_as_one_item() -> None:
    made = drawn(*((f"s{n}", "pro", 0.9) for n in range(6)))  # type: ignore[misc]
    shown = fold(build_tree(made, "pay"), few=2)
    more = items(of(made, shown))["more:loose:pay:pro"]
    assert (more.expanded, more.place) == (False, (3, 3))
    assert row(more).text.endswith("and 4 more")


def test_outline_says_who_how_sure_and_how_strong() -> None:
    notes = Notes(strengths={"a": (0.7, 0.43)}, unanswered={"y"})
    found = items(of(linked(), notes=notes))
    assert row(found["a"]).text == "+For: Speaker p1: Sentence a.  90% sure · strength 0.43"
    assert row(found["y"]).text.endswith("60% sure · ○ unanswered")
    assert "supports – " in row(found["c"]).text


def test_outline_names_links_at_both_ends_and_leads_to_the_other() -> None:
    found = items(of(linked()))
    told = {
        own: [(e.text, e.children[1].act) for e in item.walk() if e.tag == "li" and not e.role]  # type: ignore[union-attr]
        for own, item in found.items()
        if own in ("a", "b", "x")
    }
    assert told == {
        "x": [
            ("answers: “Sentence a.”, 90% sure", ("jump", "a")),
            ("undercuts: “Sentence b.”, 90% sure", ("jump", "b")),
        ],
        "a": [("attacked by: “Sentence x.”, 90% sure", ("jump", "x"))],
        "b": [("undercut by: “Sentence x.”, 90% sure", ("jump", "x"))],
    }


def test_outline_sums_up_links_of_what_is_folded_away() -> None:
    made = linked()
    shown = fold(build_tree(made, "pay"), closed={"k1", "k2"})
    found = items(of(made, shown, notes=Notes(times={("k2", "k1", "attack"): 3})))
    lines = [e.text for e in found["k2"].walk() if e.tag == "li" and not e.role]
    assert "answers: “Sentence a.”, 3 times, at most 90% sure" in lines


def test_legend_says_what_is_on_show() -> None:
    tree = build_tree(linked(), "pay")
    told = outline.legend("tree", Notes(unanswered={"y"}), tree).text
    for words in ("+ for", "− against", "key point", "attacks (dashed)", "○", "more statements"):
        assert words in told
    strong = outline.legend("icicle", Notes(size="strength"), tree).text
    assert "taller: stronger after the attacks" in strong
    assert "○" not in strong


def test_flatness_is_told_where_the_points_hold_less_than_half() -> None:
    assert outline.flatness(build_tree(linked(), "pay")) is None
    flat = drawn(("a", "pro", 0.9), ("b", "con", 0.8))
    told = outline.flatness(build_tree(flat, "pay"))
    assert told is not None
    assert "found no point made twice" in told
