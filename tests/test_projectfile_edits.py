"""Corrections in the project file: beside what they correct, and only where there are any."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from argmap.errors import ProjectFileError
from argmap.projectfile import dumps, loads
from argmap.records import Edit
from tests.samples import sample_debate


def test_projectfile_holds_corrections_beside_what_they_correct() -> None:
    edit = Edit.create(
        "not_said_by", sequence=1, time="2026-05-01T10:00:00+00:00", speaker="p1",
        statements=("s1",), into="p2",
    )  # fmt: skip
    debate = replace(sample_debate(), edits=(edit,))
    value = json.loads(dumps(debate))
    assert value["schema_version"] == 1
    assert value["statements"][0]["speaker"] == "p1"
    assert value["edits"] == [
        {
            "id": edit.id,
            "sequence": 1,
            "kind": "not_said_by",
            "time": "2026-05-01T10:00:00+00:00",
            "author": "local user",
            "speaker": "p1",
            "into": "p2",
            "statements": ["s1"],
        }
    ]
    assert loads(dumps(debate)) == debate


def test_projectfile_holds_labels_points_and_relations_that_a_person_gave() -> None:
    time = "2026-05-01T10:00:00+00:00"
    given = {"topic": "pay", "statements": ("s1",)}
    edits = (
        Edit.create("label", sequence=1, time=time, label="none", drawn=True, **given),
        Edit.create("point", sequence=2, time=time, point="k1", name="Cost", topic="pay"),
        Edit.create(
            "relation", sequence=3, time=time, topic="pay", statements=("s2", "s1"),
            relation="undercut",
        ),
    )  # fmt: skip
    debate = replace(sample_debate(), edits=edits)
    written = dumps(debate)
    assert loads(written) == debate
    assert dumps(loads(written)) == written
    label, point, relation = json.loads(written)["edits"]
    assert {key: label[key] for key in ("topic", "label", "drawn", "statements")} == {
        "topic": "pay", "label": "none", "drawn": True, "statements": ["s1"]
    }  # fmt: skip
    assert (point["point"], point["name"]) == ("k1", "Cost")
    assert relation["relation"] == "undercut"
    assert "drawn" not in relation
    # What was mapped stands beside them as it was.
    assert json.loads(written)["stances"] == json.loads(dumps(sample_debate()))["stances"]


def test_projectfile_without_corrections_has_no_place_for_them() -> None:
    # A file of an earlier version opens, and is written as it was.
    assert "edits" not in json.loads(dumps(sample_debate()))
    assert loads(dumps(sample_debate())).edits == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "guess"}, r"edits\[0\].kind: 'guess' is not one of merge,"),
        ({"sequence": 0}, r"edits\[0\].sequence: 0 is not 1 to"),
        ({"sequence": 2**40}, r"edits\[0\].sequence"),
        ({"id": "e" * 65}, r"edits\[0\].id: is longer than 64"),
        ({"id": ""}, r"edits\[0\].id: is empty"),
        ({"label": "for"}, r"edits\[0\].label: 'for' is not one of pro, con, none, unclear"),
        ({"relation": "rebuts"}, r"edits\[0\].relation: 'rebuts' is not one of support,"),
        ({"drawn": 1}, r"edits\[0\].drawn: 1 is not true or false"),
        ({"statements": "s1"}, r"edits\[0\].statements: 's1' is not a list"),
    ],
)
def test_projectfile_names_what_is_wrong_with_a_correction(
    change: dict[str, object], problem: str
) -> None:
    edit = {"id": "e1", "sequence": 1, "kind": "merge", "time": "t", "author": "a"}
    value = json.loads(dumps(sample_debate())) | {"edits": [edit | change]}
    with pytest.raises(ProjectFileError, match=problem):
        loads(json.dumps(value))


def test_projectfile_is_not_written_with_corrections_applied() -> None:
    with pytest.raises(ProjectFileError, match="applied already"):
        dumps(replace(sample_debate(), edited=True))
