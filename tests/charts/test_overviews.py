"""The icicle, the speakers' dots and the balance of each topic."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from argmap.charts import PALETTE, SIGNS, Notes, balance_figure, icicle_figure, speakers_figure
from argmap.records import ArgumentTree, Debate, SpeakerStance
from argmap.stance import make_topic
from argmap.structure import fold, summarise_speakers
from tests.structure.builders import PAY, debate

from .figures import HOSTILE, LONG, MARKUP, NURSES, drawn, spec, strings, tree_of


def test_icicle_has_the_trees_ids_and_counts() -> None:
    tree = tree_of(NURSES)
    (trace,) = spec(icicle_figure(tree, NURSES))["data"]
    assert trace["type"] == "icicle"
    assert trace["branchvalues"] == "total"
    # All that the other side says stands beneath what it attacks: its own branch is empty.
    nodes = [node for node in tree.nodes if node.id != "side:pay:con"]
    assert trace["ids"] == [node.id for node in nodes]
    assert trace["parents"] == [node.parent or "" for node in nodes]
    assert trace["values"] == [node.count for node in nodes]
    # No branch may hold more than it is worth, or Plotly draws nothing at all.
    for own, value in zip(trace["ids"], trace["values"], strict=True):
        below = [v for p, v in zip(trace["parents"], trace["values"], strict=True) if p == own]
        assert sum(below) <= value


def test_icicle_by_strength_is_as_tall_as_the_strengths_in_it() -> None:
    shown = fold(tree_of(NURSES), closed={"k1"})
    after = {"a": 0.8, "b": 0.6, "c": 0.0, "d": 0.5, "e": 0.4}
    strengths = {own: (0.5, value) for own, value in after.items()}
    notes = Notes(size="strength", strengths=strengths, held=shown.held, unanswered={"k1"})
    (trace,) = spec(icicle_figure(shown.tree, NURSES, notes=notes))["data"]
    values = dict(zip(trace["ids"], trace["values"], strict=True))
    # A statement of no strength keeps a sliver: Plotly would draw nothing.
    assert values["k1"] == pytest.approx(0.8 + 0.6 + 0.02 + 0.5 + 0.4)
    assert values["motion:pay"] == pytest.approx(values["k1"])
    at = trace["ids"].index("k1")
    assert "+5" in drawn(trace["labels"][at])
    assert drawn(trace["labels"][at]).endswith("○")
    assert "Unanswered" in drawn(trace["hovertext"][at])


def test_icicle_leaves_an_empty_side_out() -> None:
    made = debate(("a", "pro", 0.9), ("b", "pro", 0.8))
    (trace,) = spec(icicle_figure(tree_of(made), made))["data"]
    assert trace["ids"] == ["motion:pay", "side:pay:pro", "loose:pay:pro", "a", "b"]


def test_icicle_tells_sides_by_colour_and_sign() -> None:
    (trace,) = spec(icicle_figure(tree_of(NURSES), NURSES))["data"]
    of = dict(
        zip(
            trace["ids"],
            zip(trace["marker"]["colors"], trace["labels"], strict=True),
            strict=True,
        )
    )
    assert of["a"][0] == PALETTE["pro"]
    assert of["a"][1].startswith(SIGNS["pro"])
    assert of["d"][0] == PALETTE["con"]
    assert of["d"][1].startswith(SIGNS["con"])


def test_icicle_shows_the_whole_sentence_on_hover() -> None:
    (trace,) = spec(icicle_figure(tree_of(NURSES), NURSES))["data"]
    assert LONG in drawn(trace["hovertext"][trace["ids"].index("a")])


def test_icicle_draws_text_literally() -> None:
    (trace,) = spec(icicle_figure(tree_of(HOSTILE), HOSTILE))["data"]
    at = trace["ids"].index("a")
    assert drawn(trace["labels"][at]).startswith("+ Speaker <i>p1</i>: <b>Bold</b> &lt; <a")
    assert MARKUP in drawn(trace["hovertext"][at])
    assert all(drawn(text) is not None and "$" not in text for text in strings(trace))


def test_icicle_does_not_outgrow_the_screen() -> None:
    made = debate(*((f"s{n}", "pro", 0.9) for n in range(400)))
    assert icicle_figure(tree_of(made), made).layout.height < 1600


def _summary(own: str, mean: float, low: float, high: float, pro: int = 3) -> SpeakerStance:
    return SpeakerStance(own, "pay", mean, low, high, pro, 1, 4, 5, ("a", "b", "c"))


SPEAKERS = (
    _summary("p2", 0.8, 0.5, 1.0),
    _summary("p5", 0.5, 0.1, 0.9, pro=2),
    _summary("p3", 0.1, -0.5, 0.7),
    _summary("p1", -0.6, -0.9, -0.2),
    replace(_summary("p4", 0.9, 0.8, 1.0), topic="rail"),
)


def _names(figure: dict[str, Any]) -> list[str]:
    notes = sorted(figure["layout"]["annotations"], key=lambda note: note["y"])
    return [drawn(note["text"]) for note in notes]


def test_speakers_are_rows_in_the_order_given() -> None:
    figure = spec(speakers_figure(SPEAKERS, NURSES, "pay"))
    rows = {
        own: (trace["y"][n], trace["x"][n], trace["name"])
        for trace in figure["data"]
        for n, own in enumerate(trace["customdata"])
    }
    assert rows == {
        "p2": (0, 0.8, "+ For"),
        "p5": (1, 0.5, "Too few to say (n < 4)"),
        "p3": (2, 0.1, "Could be either"),
        "p1": (3, -0.6, "− Against"),
    }
    assert _names(figure) == [
        "Speaker p2 (n = 4)",
        "p5 (n = 3)",
        "p3 (n = 4)",
        "Speaker p1 (n = 4)",
    ]
    start, end = figure["layout"]["yaxis"]["range"]
    assert start > end


def test_speakers_who_settle_no_side_are_hollow() -> None:
    traces = spec(speakers_figure(SPEAKERS, NURSES, "pay"))["data"]
    shapes = {own: t["marker"]["symbol"] for t in traces for own in t["customdata"]}
    assert shapes == {"p2": "circle", "p1": "diamond", "p3": "circle-open", "p5": "square-open"}


def test_speakers_whiskers_are_the_interval() -> None:
    for trace in spec(speakers_figure(SPEAKERS, NURSES, "pay"))["data"]:
        for n, own in enumerate(trace["customdata"]):
            (summary,) = (s for s in SPEAKERS if s.speaker == own)
            error = trace["error_x"]
            assert trace["x"][n] + error["array"][n] == pytest.approx(summary.high)
            assert trace["x"][n] - error["arrayminus"][n] == pytest.approx(summary.low)


def test_speakers_hover_has_the_counts() -> None:
    trace = spec(speakers_figure(SPEAKERS[3:], NURSES, "pay"))["data"][0]
    assert drawn(trace["hovertext"][0]) == (
        "Speaker p1 Mean stance -0.60, 95% interval -0.90 to -0.20 "
        "4 statements with a side: 3 for, 1 against 4 without a side, 5 unclear"
    )


def test_speakers_figure_takes_what_the_structure_room_gives() -> None:
    figure = speakers_figure(summarise_speakers(NURSES), NURSES, "pay")
    assert sorted(own for t in spec(figure)["data"] for own in t["customdata"]) == ["p1", "p2"]


def test_speakers_names_are_literal() -> None:
    figure = spec(speakers_figure(summarise_speakers(HOSTILE), HOSTILE, "pay"))
    assert _names(figure) == ["Speaker <i>p1</i> (n = 2)"]
    assert all(drawn(text) is not None for text in strings(figure["data"]))


def test_speakers_of_nobody_says_so() -> None:
    figure = speakers_figure(SPEAKERS, NURSES, "health")
    assert not figure.data
    assert "No named speaker" in figure.layout.annotations[0].text


def _two_topics() -> Debate:
    rail = make_topic("Rail workers should <b>strike</b>.", id="rail", title="Rail <b>strike</b>")
    extra = tuple(replace(s, topic="rail", label="con") for s in NURSES.stances[:3])
    return replace(NURSES, topics=(PAY, rail), stances=(*NURSES.stances, *extra))


def test_balance_counts_every_label_of_every_topic() -> None:
    figure = spec(balance_figure(_two_topics()))
    counts = {trace["name"]: trace["x"] for trace in figure["data"]}
    assert counts == {
        "+ For": [3, 0],
        "− Against": [2, 3],
        "· Takes no side": [1, 0],
        "? Unclear": [1, 0],
    }
    assert [trace["text"] for trace in figure["data"]] == [
        ["+ 3", ""],
        ["− 2", "− 3"],
        ["· 1", ""],
        ["? 1", ""],
    ]
    assert figure["data"][0]["customdata"] == [["pay", "pro"], ["rail", "pro"]]
    assert figure["layout"]["barmode"] == "stack"


def test_balance_puts_the_first_topic_on_top() -> None:
    axis = spec(balance_figure(_two_topics()))["layout"]["yaxis"]
    assert drawn(axis["ticktext"][0]) == PAY.title
    assert axis["range"][0] > axis["range"][1]


def test_balance_titles_are_literal() -> None:
    figure = spec(balance_figure(_two_topics()))
    assert drawn(figure["layout"]["yaxis"]["ticktext"][1]) == "Rail <b>strike</b>"
    assert all(drawn(text) is not None for text in strings(figure["data"]))


def test_balance_counts_a_corrected_statement_once() -> None:
    corrected = replace(NURSES.stances[0], label="con")
    made = replace(NURSES, stances=(*NURSES.stances, corrected))
    counts = [trace["x"] for trace in spec(balance_figure(made))["data"]]
    assert counts == [[2], [3], [1], [1]]


def test_balance_of_nothing_says_so() -> None:
    figure = balance_figure(replace(NURSES, stances=()))
    assert not figure.data
    assert "No sentence has been judged" in figure.layout.annotations[0].text


def test_icicle_of_nothing_says_so() -> None:
    figure = icicle_figure(ArgumentTree("pay", ()), NURSES)
    assert not figure.data
    assert "No sentence takes a side" in figure.layout.annotations[0].text


@pytest.mark.parametrize("label", ["pro", "con", "none", "unclear"])
def test_palette_and_signs_cover_every_label(label: str) -> None:
    assert PALETTE[label].startswith("#")
    assert [sign for other, sign in SIGNS.items() if sign == SIGNS[label]] == [SIGNS[label]]
