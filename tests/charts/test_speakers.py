"""The matrix of speakers and motions, and who answers whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from argmap.charts import exchanges_figure, matrix_figure, matrix_width
from argmap.charts.exchanges import MOST_PAIRS, MOST_SPEAKERS, drawn_pairs
from argmap.records import Debate, SpeakerStance
from argmap.stance import make_topic
from argmap.structure import Exchange, Exchanges, summarise_speakers, who_answers_whom
from tests.charts.figures import HOSTILE, NURSES, drawn, spec, strings
from tests.structure.builders import PAY, debate

TOPICS = (PAY, *(make_topic(f"Motion {n} should be carried.", id=f"m{n}") for n in range(19)))
TWO = replace(NURSES, topics=TOPICS[:2])


def _stance(speaker: str, topic: str, mean: float, n: int = 6) -> SpeakerStance:
    low, high = max(-1.0, mean - 0.1), min(1.0, mean + 0.1)
    return SpeakerStance(speaker, topic, mean, low, high, n, 0, 1, 0, ("a",))


CELLS = (
    _stance("p1", "pay", 0.9),
    _stance("p1", "m0", -0.7),
    _stance("p2", "pay", -0.04),
    _stance("p2", "m0", 0.8, n=2),
)


def _targets(figure: dict[str, Any]) -> dict[str, Any]:
    (trace,) = (t for t in figure["data"] if t.get("customdata"))
    return dict(trace)


def _figures(figure: dict[str, Any]) -> dict[tuple[int, int], tuple[str, str]]:
    return {
        (x, y): (text, trace["textfont"]["color"])
        for trace in figure["data"]
        if trace.get("mode") == "text"
        for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
    }


def test_matrix_has_mean_and_number_in_each_cell_and_a_target_over_it() -> None:
    figure = spec(matrix_figure(CELLS, TWO, ["p2", "p1"], ink="#123456"))
    assert _figures(figure) == {
        (0, 1): ("+0.90<br>n = 6", "#FFFFFF"),
        (1, 1): ("−0.70<br>n = 6", "#000000"),
        (0, 0): ("−0.04<br>n = 6", "#000000"),
        (1, 0): ("+0.80<br>n = 2", "#123456"),
    }
    over = _targets(figure)
    places = dict(
        zip(map(tuple, over["customdata"]), zip(over["x"], over["y"], strict=True), strict=True)
    )
    assert places == {
        ("p1", "pay"): (0, 1),
        ("p1", "m0"): (1, 1),
        ("p2", "pay"): (0, 0),
        ("p2", "m0"): (1, 0),
    }
    assert over["marker"]["opacity"] == 0
    assert "Too few statements" in over["hovertext"][3]


def test_matrix_cells_with_too_few_are_hollow_and_without_any_blank() -> None:
    figure = spec(matrix_figure(CELLS[:2] + CELLS[3:], TWO, ["p2", "p1"]))
    heat = figure["data"][0]
    # Neither the hollow cell of p2 nor the one without a statement has a fill.
    assert heat["z"] == [[None, None], [4, 0]]
    (outline,) = figure["layout"]["shapes"]
    assert (outline["x0"], outline["y0"]) == (0.54, -0.46)
    assert {t["name"] for t in figure["data"] if t.get("showlegend")} >= {"too few to say"}


def test_matrix_of_one_motion_has_its_words_and_of_twenty_their_numbers() -> None:
    one = spec(matrix_figure(CELLS, replace(TWO, topics=TOPICS[:1]), ["p1"]))
    assert drawn(one["layout"]["xaxis"]["ticktext"][0]) == PAY.motion
    many = replace(TWO, topics=TOPICS)
    figure = spec(matrix_figure(CELLS, many, ["p1", "p2"]))
    assert figure["layout"]["xaxis"]["ticktext"] == [str(n) for n in range(1, 21)]
    assert matrix_width(many) > matrix_width(TWO)


def test_matrix_without_a_cell_says_so() -> None:
    figure = matrix_figure(CELLS, TWO, ["p9"])
    assert not figure.data
    assert "takes a side" in figure.layout.annotations[0].text


def test_matrix_names_are_literal() -> None:
    figure = spec(matrix_figure(summarise_speakers(HOSTILE), HOSTILE, ["<i>p1</i>"]))
    assert drawn(figure["layout"]["yaxis"]["ticktext"][0]) == "Speaker <i>p1</i>"
    assert all(drawn(text) is not None for text in strings(figure["data"]))


def _linked() -> Debate:
    return debate(
        ("a", "pro", 0.9, "p1"),
        ("b", "con", 0.9, "p2"),
        ("c", "con", 0.9, "p2"),
        ("d", "pro", 0.9, "<i>p3</i>"),
        relations=[
            ("b", "a", "attack"),
            ("c", "a", "attack"),
            ("c", "d", "support"),
            ("a", "b", "attack"),
        ],
    )


def test_exchanges_have_a_number_on_every_arc_and_a_dot_for_every_speaker() -> None:
    made = _linked()
    standings: dict[str, Any] = {"p1": "pro", "p2": "few"}
    figure = spec(exchanges_figure(who_answers_whom(made, "pay"), made, standings))
    numbers = {
        tuple(own): (trace["text"][n], drawn(trace["hovertext"][n]))
        for trace in figure["data"]
        if trace.get("mode") == "markers+text"
        for n, own in enumerate(trace["customdata"])
    }
    assert numbers == {
        ("p2", "p1"): ("−2", "Speaker p2 attacks Speaker p1 2 links"),
        ("p1", "p2"): ("−1", "Speaker p1 attacks Speaker p2 1 link"),
        ("p2", "<i>p3</i>"): ("+1", "Speaker p2 supports Speaker <i>p3</i> 1 link"),
    }
    (dots,) = (t for t in figure["data"] if t.get("mode") == "markers")
    assert dots["customdata"] == [["p2"], ["p1"], ["<i>p3</i>"]]
    assert dots["marker"]["symbol"] == ["circle-open", "circle", "circle-open"]
    lines = [t for t in figure["data"] if t.get("mode") == "lines"]
    # An arc begins at its source and ends at its target.
    assert [(round(t["y"][0]), round(t["y"][-1])) for t in lines] == [(0, 1), (1, 0), (0, 2)]
    assert {t["name"]: t["line"]["dash"] for t in lines} == {"Attacks": "solid", "Supports": "dot"}
    assert all(drawn(text) is not None for text in strings(figure["layout"]))


def test_exchanges_numbers_of_one_pair_lie_apart() -> None:
    made = _linked()
    figure = spec(exchanges_figure(who_answers_whom(made, "pay"), made))
    places = [
        (x, y)
        for trace in figure["data"]
        if trace.get("mode") == "markers+text"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    assert len({x for x, _ in places}) == len(places)


def test_exchanges_of_many_keep_to_the_most_linked() -> None:
    pairs = tuple(Exchange(f"s{n:02}", f"s{n + 1:02}", (), ()) for n in range(40))
    linked = who_answers_whom(_linked(), "pay").pairs
    found = Exchanges("pay", (*linked, *pairs), 0, 0)
    kept = drawn_pairs(found)
    assert kept[: len(linked)] == linked
    assert len({own for p in kept for own in (p.source, p.target)}) <= MOST_SPEAKERS
    assert len(kept) <= MOST_PAIRS


@pytest.mark.parametrize("relations", [[], [("b", "c", "support")]])
def test_exchanges_of_nobody_say_so(relations: list[tuple[str, str, Any]]) -> None:
    made = debate(
        ("a", "pro", 0.9, "p1"), ("b", "con", 0.9, "p2"), ("c", "con", 0.9, "p2"),
        relations=relations,
    )  # fmt: skip
    figure = exchanges_figure(who_answers_whom(made, "pay"), made)
    assert not figure.data
    assert "No link between two named speakers" in figure.layout.annotations[0].text
