"""The node-link tree: ids that clicks return, literal text, and rows that do not collide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.charts import HANDLE, PALETTE, SIGNS, Notes, tree_figure
from argmap.charts.style import LINK_SHAPES, SHAPES
from argmap.records import ArgumentTree, KeyPoint, Relation
from argmap.structure import fold

from .figures import HOSTILE, LONG, MARKUP, NURSES, drawn, nodes_of, spec, strings, tree_of

#: The same with points of their own for d and c, which then hang beneath nothing.
LINKED = replace(
    NURSES,
    key_points=(
        *NURSES.key_points,
        KeyPoint("k2", "pay", "con", "There is no money.", ("d", "e")),
        KeyPoint("k3", "pay", "pro", "Nurses leave.", ("c",)),
    ),
)


def test_tree_figure_marks_every_node_with_its_id() -> None:
    tree = tree_of(NURSES)
    nodes = nodes_of(tree_figure(tree, NURSES))
    assert sorted(nodes) == sorted(node.id for node in tree.nodes)
    assert all(node["size"] >= 20 for node in nodes.values())


def test_tree_figure_tells_sides_by_shape_and_colour_and_sign() -> None:
    figure = tree_figure(tree_of(NURSES), NURSES)
    nodes = nodes_of(figure)
    for own, side in (("a", "pro"), ("d", "con"), ("k1", "pro"), ("side:pay:con", "con")):
        assert (nodes[own]["symbol"], nodes[own]["color"]) == (SHAPES[side], PALETTE[side])
    assert nodes["k1"]["size"] > nodes["a"]["size"]
    signs = {
        (x, y): sign
        for trace in spec(figure)["data"]
        if trace["mode"] == "text"
        for x, y, sign in zip(trace["x"], trace["y"], trace["text"], strict=True)
    }
    for own, side in (("a", "pro"), ("d", "con")):
        assert signs[nodes[own]["x"], nodes[own]["y"]] == SIGNS[side]


def test_tree_figure_goes_from_left_to_right() -> None:
    tree = tree_of(NURSES)
    nodes = nodes_of(tree_figure(tree, NURSES))
    for node in tree.nodes:
        if node.parent is not None:
            assert nodes[node.parent]["x"] < nodes[node.id]["x"]


def test_tree_figure_lets_only_markers_be_pointed_at() -> None:
    for trace in spec(tree_figure(tree_of(NURSES), NURSES))["data"]:
        if "customdata" in trace:
            assert "markers" in trace["mode"]
            assert trace["hoverinfo"] == "text"
        else:
            assert trace["hoverinfo"] == "skip"
        # A template would have Plotly fill in what it finds in the text.
        assert not {"hovertemplate", "texttemplate"} & set(trace)


def test_tree_figure_draws_links_apart() -> None:
    traces = {t["name"]: t for t in spec(tree_figure(tree_of(LINKED), LINKED))["data"]}
    lines = {
        name: (trace["line"]["color"], trace["visible"])
        for name, trace in traces.items()
        if name.startswith(("Attacks", "Supports"))
    }
    # e supports d as its branch; d and c head points, so what they do is a link.
    assert lines == {
        "Attacks (1)": (PALETTE["attack"], True),
        "Supports (1)": (PALETTE["support"], True),
    }


def test_tree_figure_hides_many_links_but_those_of_the_selected_node() -> None:
    made = replace(
        NURSES,
        relations=tuple(
            Relation(source, target, "pay", "attack", 0.9)
            for source in ("a", "b", "c", "d", "e")
            for target in ("a", "b", "c", "d", "e")
            if source != target
        ),
    )
    tree = tree_of(made)
    assert len(tree.links) == 16
    branch = {"a", "b", *(n.id for n in tree.nodes if n.parent in ("a", "b"))}
    near = sum(bool({r.source, r.target} & branch) for r in tree.links)
    at_d = sum("d" in (r.source, r.target) for r in tree.links)

    def shown(selected: str | None) -> dict[str, object]:
        return {
            trace["name"]: trace["visible"]
            for trace in spec(tree_figure(tree, made, selected=selected))["data"]
            if "ttacks" in trace["name"]
        }

    def told(here: int) -> dict[str, object]:
        rest = f"Other attacks ({16 - here}), hidden"
        return {f"Attacks here ({here})": True, **({rest: "legendonly"} if here < 16 else {})}

    assert shown(None) == {"Attacks (16), hidden": "legendonly"}
    assert 0 < at_d < 16
    assert shown("d") == told(at_d)
    # A key point has the links of its whole branch.
    assert shown("k1") == told(near)


def test_tree_figure_tells_what_bears_on_what_by_word_and_dash() -> None:
    made = replace(
        NURSES, relations=(*NURSES.relations[:2], Relation("c", "b", "pay", "support", 0.9))
    )
    made = replace(made, relations=(*made.relations, Relation("f", "a", "pay", "attack", 0.9)))
    undercut = replace(
        made,
        relations=tuple(replace(r, undercut=r.source == "d") for r in made.relations),
    )
    for shown, verb, dash in ((made, "Attacks", "dash"), (undercut, "Undercuts", "dashdot")):
        figure = tree_figure(tree_of(shown), shown)
        labels = {
            own: text
            for trace in spec(figure)["data"]
            if "customdata" in trace
            for own, text in zip(trace["customdata"], trace["text"], strict=True)
        }
        assert drawn(labels["d"]).startswith(f"{verb} – ")
        assert drawn(labels["c"]).startswith("Supports – ")
        assert drawn(labels["a"]).startswith("Speaker p1: ")
        dashes = {
            trace["line"].get("dash")
            for trace in spec(figure)["data"]
            if trace["name"] == "Branches" and trace["mode"] == "lines"
        }
        assert dashes == {None, "dot", dash}


def test_tree_figure_rings_the_selected_node_alone() -> None:
    tree = tree_of(NURSES)
    rings = {own: n["ring"] for own, n in nodes_of(tree_figure(tree, NURSES, selected="d")).items()}
    assert [own for own, width in rings.items() if width == max(rings.values())] == ["d"]
    plain = {own: n["ring"] for own, n in nodes_of(tree_figure(tree, NURSES)).items()}
    assert len(set(plain.values())) == 1
    assert nodes_of(tree_figure(tree, NURSES, selected="no such node")) == nodes_of(
        tree_figure(tree, NURSES)
    )


def test_tree_figure_says_who_how_sure_and_where_from() -> None:
    hover = drawn(nodes_of(tree_figure(tree_of(NURSES), NURSES))["a"]["hover"])
    assert hover == f"“{LONG}” Speaker p1 Pay talks, The Example + For, probability 91%"
    unknown = drawn(nodes_of(tree_figure(tree_of(NURSES), NURSES))["c"]["hover"])
    assert "Speaker not known" in unknown


def test_tree_figure_says_when_a_view_is_only_reported() -> None:
    first = NURSES.statements[0]
    reported = replace(first, attribution=replace(first.attribution, reported=True))
    made = replace(NURSES, statements=(reported, *NURSES.statements[1:]))
    node = nodes_of(tree_figure(tree_of(made), made))["a"]
    assert "Speaker p1, reporting another’s view" in drawn(node["hover"])
    assert drawn(node["text"]).startswith("Speaker p1, reporting others: ")
    unnamed = replace(first, attribution=replace(first.attribution, speaker=None, reported=True))
    made = replace(NURSES, statements=(unnamed, *NURSES.statements[1:]))
    hover = drawn(nodes_of(tree_figure(tree_of(made), made))["a"]["hover"])
    assert "A view of others, unnamed" in hover


@pytest.mark.parametrize(
    ("corrected", "told"), [(False, "85% sure of the speaker"), (True, "corrected by a person")]
)
def test_tree_figure_says_how_sure_the_speaker_is(corrected: bool, told: str) -> None:
    first = NURSES.statements[0]
    sure = replace(first.attribution, confidence=0.85, corrected=corrected)
    made = replace(NURSES, statements=(replace(first, attribution=sure), *NURSES.statements[1:]))
    hover = drawn(nodes_of(tree_figure(tree_of(made), made))["a"]["hover"])
    assert f"Speaker p1, {told}" in hover


def test_tree_figure_cuts_long_labels_and_not_hovers() -> None:
    nodes = nodes_of(tree_figure(tree_of(NURSES), NURSES, max_label=40))
    label = drawn(nodes["a"]["text"])
    assert label.startswith("Speaker p1: “They clapped us")
    assert label.endswith("…")
    assert len(label) <= len("Speaker p1: ") + 40
    assert LONG in drawn(nodes["a"]["hover"])


def test_tree_figure_draws_text_literally() -> None:
    figure = tree_figure(tree_of(HOSTILE), HOSTILE, max_label=200)
    nodes = nodes_of(figure)
    assert drawn(nodes["a"]["text"]).replace(" ", "") == (
        f"Speaker<i>p1</i>:{MARKUP}".replace(" ", "")
    )
    assert drawn(nodes["b"]["hover"]).startswith(f"“{MARKUP}” Speaker <i>p1</i>")
    for text in strings(spec(figure)["data"]):
        drawn(text)
        # Between two of these MathJax, where it is loaded, would typeset.
        assert "$" not in text


@pytest.mark.parametrize("max_label", [1, 12, 90, 400])
def test_tree_figure_rows_do_not_collide(max_label: int) -> None:
    nodes = nodes_of(tree_figure(tree_of(NURSES), NURSES, max_label=max_label))
    rows = [(n["x"], n["y"], 15 * (n["text"].count("<br>") + 1)) for n in nodes.values()]
    for x, y, tall in rows:
        for other_x, other_y, other_tall in rows:
            if x == other_x and y < other_y:
                assert other_y - y >= (tall + other_tall) / 2


def test_tree_figure_grows_with_its_leaves() -> None:
    small = tree_figure(tree_of(HOSTILE), HOSTILE)
    large = tree_figure(tree_of(NURSES), NURSES)
    assert small.layout.height < large.layout.height


def test_tree_figure_explains_its_shapes() -> None:
    figure = tree_figure(tree_of(NURSES), NURSES)
    legend = [t["name"] for t in spec(figure)["data"] if t.get("showlegend", True)]
    assert legend == ["Motion", "+ For", "− Against", "Double outline: key point"]
    figure = tree_figure(tree_of(LINKED), LINKED)
    legend = [t["name"] for t in spec(figure)["data"] if t.get("showlegend", True)]
    assert legend == [
        *("Attacks (1)", "Supports (1)", "Motion", "+ For", "− Against"),
        "Double outline: key point",
    ]
    assert "Larger: more statements" in figure.layout.legend.title.text


def test_tree_figure_of_nothing_says_so() -> None:
    for tree in (ArgumentTree("pay", ()), tree_of(replace(NURSES, stances=()))):
        figure = tree_figure(tree, NURSES)
        assert not figure.data
        assert "No sentence takes a side" in figure.layout.annotations[0].text


def test_tree_figure_is_the_same_every_time() -> None:
    tree = tree_of(NURSES)
    assert tree_figure(tree, NURSES).to_json() == tree_figure(tree, NURSES).to_json()


def test_tree_figure_gives_each_inner_node_a_handle_left_of_its_marker() -> None:
    tree = tree_of(NURSES)
    held = {"k1": ("a", "b")}
    figure = tree_figure(tree, NURSES, notes=Notes(held=held, inner={"k1", "motion:pay"}))
    (handles,) = (t for t in spec(figure)["data"] if t["name"] == "Open or close")
    assert handles["customdata"] == [HANDLE + "motion:pay", HANDLE + "k1"]
    assert handles["text"] == ["−", "+2"]
    assert handles["hovertext"] == ["Close this branch", "Open: 2 statements folded away"]
    nodes = nodes_of(figure)
    for own, x, size in zip(
        ("motion:pay", "k1"), handles["x"], handles["marker"]["size"], strict=True
    ):
        assert x + size / 2 <= nodes[own]["x"] - nodes[own]["size"] / 2


def test_tree_figure_sizes_by_strength_or_count() -> None:
    tree = tree_of(NURSES)
    strengths = {"a": (0.9, 0.2), "b": (0.5, 0.9)}

    def size(notes: Notes, own: str) -> float:
        return float(nodes_of(tree_figure(tree, NURSES, notes=notes))[own]["size"])

    strong = Notes(size="strength", strengths=strengths)
    assert size(strong, "b") > size(strong, "a") >= 20
    assert size(Notes(strengths=strengths), "k1") > size(Notes(strengths=strengths), "b")
    hover = drawn(nodes_of(tree_figure(tree, NURSES, notes=strong))["a"]["hover"])
    assert "Strength falls from 0.90 to 0.20 (−0.70)" in hover


def test_tree_figure_marks_the_unanswered_in_words_and_says_so_on_hover() -> None:
    figure = tree_figure(tree_of(NURSES), NURSES, notes=Notes(unanswered={"c"}))
    nodes = nodes_of(figure)
    assert drawn(nodes["c"]["text"]).endswith("○ unanswered")
    assert "Unanswered: no attack of the other side was found" in drawn(nodes["c"]["hover"])
    assert "○" not in nodes["a"]["text"]
    assert any(str(t["name"]).startswith("○") for t in spec(figure)["data"])


def test_tree_figure_rings_key_points_twice_in_their_own_shape() -> None:
    figure = tree_figure(tree_of(LINKED), LINKED)
    nodes = nodes_of(figure)
    rings = [t for t in spec(figure)["data"] if "Double outline" in str(t["name"])]
    found = {
        (x, y): (size, t["marker"]["symbol"])
        for t in rings
        for x, y, size in zip(t["x"], t["y"], t["marker"]["size"], strict=True)
    }
    points = {own: n for own, n in nodes.items() if own.startswith("k")}
    assert len(found) == len(points) == 3
    for node in points.values():
        size, symbol = found[node["x"], node["y"]]
        assert size > node["size"]
        assert symbol == f"{node['symbol']}-open"


def test_tree_figure_tells_a_relation_by_sign_and_by_words_on_hover() -> None:
    figure = tree_figure(tree_of(LINKED), LINKED, notes=Notes(times={("d", "a", "attack"): 4}))
    signs = {
        t["marker"]["symbol"]: [drawn(text) for text in t["hovertext"]]
        for t in spec(figure)["data"]
        if t["mode"] == "markers" and t.get("hovertext")
    }
    assert set(signs) == {LINK_SHAPES["attack"], LINK_SHAPES["support"]}
    (attack,) = signs[LINK_SHAPES["attack"]]
    assert "attacks, 4 relations, the surest 90% sure" in attack


def test_tree_figure_of_a_folded_tree_draws_what_is_on_show() -> None:
    shown = fold(tree_of(NURSES), closed={"k1"})
    notes = Notes(held=shown.held, inner=shown.inner)
    nodes = nodes_of(tree_figure(shown.tree, NURSES, notes=notes))
    assert {own for own in nodes if not own.startswith(HANDLE)} == {n.id for n in shown.tree.nodes}
