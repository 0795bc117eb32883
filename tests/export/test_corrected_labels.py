"""A label that a person gave, in whatever a debate is taken away in."""

from __future__ import annotations

import json

import pytest

from argmap.corrections import apply_edits
from argmap.export import EXPORTERS
from argmap.export.differences import difference_rows
from argmap.imports import read_debate
from argmap.interchange import FORMATS
from argmap.records import Debate, Edit
from argmap.structure import compare
from tests.corrections.logs import TIME, label, log
from tests.samples import sample_debate

BOTH = "✎ corrected by a person, the model said “Unclear”"


def corrected() -> Debate:
    """Two labels of a person's, one that confirms, a link, and a heading in words of their own."""
    made = log(
        label("s3", "con", author="A. Reader"),
        label("s1", "pro"),
        {
            "kind": "relation",
            "topic": "pay",
            "statements": ("s3", "s2"),
            "relation": "support",
        },
        {"kind": "point", "topic": "pay", "point": "k1", "name": "The cost"},
    )
    return apply_edits(sample_debate(), made)


@pytest.mark.parametrize("key", ["html", "outline", "citations"])
def test_both_labels_are_told_in_words_and_by_a_sign(key: str) -> None:
    assert BOTH in EXPORTERS[key].text(corrected())


def test_the_summary_tells_both_labels_of_a_points_sentence() -> None:
    edits = (*corrected().edits, Edit.create(
        "point", sequence=5, time=TIME, topic="pay", statements=("s3",), point="k1"
    ))  # fmt: skip
    text = EXPORTERS["md"].text(apply_edits(sample_debate(), edits))
    assert f"against {BOTH}" in text
    assert "The cost" in text


def test_a_heading_in_a_persons_words_leaves_the_sentence_in_the_outline() -> None:
    text = EXPORTERS["outline"].text(corrected())
    assert "• The cost (" in text
    assert "“A rise is not affordable,” the minister said." in text


def test_citations_for_programs_say_who_and_when() -> None:
    (item,) = json.loads(EXPORTERS["csl"].text(corrected()))
    judged = {s["id"]: s["judged"][0] for s in item["custom"]["statements"]}
    assert judged["s3"]["label"] == "con"
    assert judged["s3"]["model_label"] == "unclear"
    assert (judged["s3"]["corrected_by"], judged["s3"]["corrected_at"]) == ("A. Reader", TIME)
    assert "model_label" not in judged["s2"]


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_graphs_keep_both_labels_and_whose_link_it_is(key: str) -> None:
    debate = corrected()
    text = EXPORTERS[key].text(debate)
    again = read_debate(text.encode(), name=f"x{EXPORTERS[key].suffix}").debate
    assert {s.statement: (s.label, s.model_label) for s in again.stances} == {
        "s1": ("pro", "pro"),
        "s2": ("con", None),
        "s3": ("con", "unclear"),
    }
    assert {(r.source, r.target, r.corrected) for r in again.relations} == {
        ("s2", "s1", False),
        ("s3", "s2", True),
    }
    assert [(p.text, p.corrected) for p in again.key_points] == [("The cost", True)]


def test_a_difference_tells_both_labels() -> None:
    rows = difference_rows(compare(sample_debate(), corrected()))
    (row,) = (row for row in rows if row.section == "label" and "Critics" in row.text)
    assert row.after.startswith(f"Against, {BOTH} (for 0.30, against 0.40")
