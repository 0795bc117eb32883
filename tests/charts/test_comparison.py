"""The bars of two side by side."""

from __future__ import annotations

from dataclasses import replace

from argmap.charts import SIGNS, change_figure, comparison_figure
from argmap.nlp import FakeEncoder
from argmap.records import LABELS
from argmap.structure import contrast
from tests.structure.contrasts import side_by_side

from .figures import MARKUP, drawn, spec, strings


def test_bars_have_the_shares_with_whiskers_and_a_sign_and_hatching() -> None:
    found = contrast(side_by_side(), "pay", "speaker", "p1", "p2", encoder=FakeEncoder())
    first, second = spec(comparison_figure(found))["data"]
    assert first["x"] == [50.0, 33.3, 16.7, 0.0]
    assert [label[0] for label in first["y"]] == [SIGNS[label] for label in LABELS]
    assert (first["marker"]["pattern"]["shape"], second["marker"]["pattern"]["shape"]) == ("", "/")
    for trace in (first, second):
        for value, up, down in zip(
            trace["x"], trace["error_x"]["array"], trace["error_x"]["arrayminus"], strict=True
        ):
            assert 0 <= value - down <= value + up <= 100.1
    assert first["customdata"][0] == ["p1", "pro"]


def test_bars_draw_names_literally() -> None:
    made = side_by_side()
    people = (replace(made.speakers[0], name=MARKUP), *made.speakers[1:])
    found = contrast(
        replace(made, speakers=people), "pay", "speaker", "p1", "p2", encoder=FakeEncoder()
    )
    assert all(
        drawn(text) is not None and "$" not in text
        for text in strings(spec(comparison_figure(found))["data"])
    )


def test_change_has_a_row_a_date_and_one_date_says_so() -> None:
    ann = contrast(side_by_side(), "pay", "speaker", "p1", "p2", encoder=FakeEncoder()).changes[0]
    pro, con = spec(change_figure(ann))["data"]
    assert pro["x"] == [100.0, 0.0, 0.0]
    assert con["x"] == [0.0, 0.0, 100.0]
    still = spec(change_figure(replace(ann, moments=ann.moments[:1])))
    assert "nothing can have changed" in drawn(still["layout"]["annotations"][0]["text"])
