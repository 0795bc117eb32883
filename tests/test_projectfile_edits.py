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
