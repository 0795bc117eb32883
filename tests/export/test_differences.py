from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from hypothesis import given, settings
from markdown_it import MarkdownIt

from argmap.export.differences import (
    SECTIONS,
    difference_counts,
    difference_rows,
    difference_to_csv,
    difference_to_json,
    difference_to_markdown,
    summary,
)
from argmap.records import Debate
from argmap.structure import compare
from tests.export.hostile import hostile_debate
from tests.samples import sample_debate
from tests.strategies import debates


def changed() -> Debate:
    debate = sample_debate()
    stance = replace(debate.stances[0], label="unclear", pro=0.45, con=0.4, none=0.15)
    return replace(debate, stances=(stance, *debate.stances[1:]), title="Nurse pay, again")


def test_rows_say_what_changed() -> None:
    rows = difference_rows(compare(sample_debate(), changed()))
    assert [(row.section, row.change, row.before, row.after) for row in rows] == [
        ("run", "changed", "Nurse pay", "Nurse pay, again"),
        (
            "label",
            "changed",
            "For (for 0.84, against 0.07, no side 0.09)",
            "Unclear (for 0.45, against 0.40, no side 0.15)",
        ),
    ]
    assert difference_counts(rows) == {("run", "changed"): 1, ("label", "changed"): 1}
    assert summary(compare(sample_debate(), changed())) == "2 changes; 3 statements in both."
    assert summary(compare(changed(), changed())) == "Nothing differs; 3 statements in both."


def test_json_is_for_programs() -> None:
    a, b = sample_debate(), changed()
    value = json.loads(difference_to_json(compare(a, b), a, b))
    assert (value["before"], value["after"], value["same"]) == (
        "Nurse pay",
        "Nurse pay, again",
        False,
    )
    assert value["changes"][1]["motion"] == "Nurses should receive a larger pay rise."
    assert value["changes"][1]["source"] == "Pay talks stall"


@settings(max_examples=15)
@given(debates(), debates())
def test_any_difference_is_written_in_every_format(a: Debate, b: Debate) -> None:
    found = compare(a, b)
    rows = difference_rows(found)
    assert {row.section for row in rows} <= set(SECTIONS)
    table = list(csv.DictReader(io.StringIO(difference_to_csv(found), newline="")))
    assert len(table) == len(rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row.values())
    assert len(json.loads(difference_to_json(found, a, b))["changes"]) == len(rows)
    difference_to_markdown(found, before=a.title, after=b.title).encode("utf-8")


def test_markdown_of_hostile_text_has_no_markup_of_its_own() -> None:
    a, b = sample_debate(), hostile_debate()
    text = difference_to_markdown(compare(a, b), before=a.title, after=b.title)
    out = MarkdownIt("commonmark", {"html": True}).render(text)
    for sign in ("<script", "<img", "<svg", "<a ", "<code"):
        assert sign not in out
