"""An edit's id is made of its content, and never changes once a log holds it."""

from __future__ import annotations

from argmap.projectfile import edit_from_dict, edit_to_dict
from tests.corrections.logs import log

#: As written down when the log knew only who said what; files and databases hold such ids.
OLD: tuple[tuple[str, dict[str, object]], ...] = (
    ("e385cb2673723", {"kind": "merge", "speaker": "p1", "into": "p2"}),
    (
        "e9ae5fe3a2cae",
        {
            "kind": "split",
            "speaker": "p1",
            "statements": ("s1", "s9"),
            "name": "Ola",
            "role": "chair",
            "party": "",
        },
    ),
    (
        "e68e942da26a4",
        {
            "kind": "rename",
            "speaker": "p1",
            "name": "Bisi Adeyemi",
            "role": "chair",
            "author": "A. Reader",
        },
    ),
    ("e263a2b96287f", {"kind": "not_said_by", "statements": ("s3",), "into": "p1"}),
    ("ed0b5a149b7fe", {"kind": "distinct", "speaker": "p1", "into": "p2"}),
    ("e58dff1ef81c2", {"kind": "undo", "target": "e1"}),
    ("e11dc70d8afce", {"kind": "redo", "target": "e1"}),
)


def test_ids_of_old_logs_stay() -> None:
    made = log(*(fields for _, fields in OLD))
    assert [edit.id for edit in made] == [identifier for identifier, _ in OLD]


def test_every_field_of_a_correction_is_in_its_id() -> None:
    label = {"kind": "label", "topic": "m", "statements": ("a",), "label": "pro"}
    point = {"kind": "point", "topic": "m", "statements": ("a",)}
    relation = {"kind": "relation", "topic": "m", "statements": ("a", "b"), "relation": "attack"}
    fields: list[dict[str, object]] = [
        label,
        {**label, "label": "con"},
        {**label, "topic": "n"},
        {**label, "statements": ("b",)},
        {**label, "drawn": True},
        {**label, "author": "A. Reader"},
        point,
        {**point, "point": "k1"},
        {**point, "point": ""},
        {**point, "name": "k1"},
        relation,
        {**relation, "relation": "undercut"},
        {**relation, "statements": ("b", "a")},
    ]
    made = [log(each)[0] for each in fields]
    assert len({edit.id for edit in made}) == len(made)
    for edit in made:
        assert edit_from_dict(edit_to_dict(edit)) == edit
