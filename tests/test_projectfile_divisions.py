"""Divisions, decisions and places of turns in the project file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from argmap.errors import ProjectFileError
from argmap.projectfile import dumps, loads
from argmap.records import Debate, Decision, Division, Span, Turn, Vote
from tests.samples import sample_debate

Change = Callable[[dict[str, Any]], object]


def debate() -> Debate:
    made = sample_debate()
    (document,) = made.documents
    division = Division(
        id="v1",
        document=document.id,
        span=Span(3, 9),
        date="2024-02-01",
        time="15:47",
        number="12",
        question="That the pay be raised",
        ayes=2,
        noes=1,
        column="344",
        url="https://avalon.example/v",
        votes=(
            Vote("p1", "Ms Adeyemi", "aye", teller=True),
            Vote("p2", "The minister", "no", proxy="p1"),
        ),
    )
    first, second = document.turns
    placed = replace(first, time="15:47", column="344", url="https://avalon.example/t")
    whole = replace(document, divisions=(division,), turns=(placed, second))
    return replace(made, documents=(whole,), decisions=(Decision("pay", "v1", "con"),))


def test_divisions_come_back_as_they_were() -> None:
    written = dumps(debate())
    assert loads(written) == debate()
    value = json.loads(written)
    assert value["divisions"] == [
        {
            "id": "v1",
            "document": "d1",
            "start": 3,
            "end": 9,
            "date": "2024-02-01",
            "time": "15:47",
            "number": "12",
            "question": "That the pay be raised",
            "ayes": 2,
            "noes": 1,
            "column": "344",
            "url": "https://avalon.example/v",
            "votes": [
                {"person": "p1", "name": "Ms Adeyemi", "side": "aye", "teller": True},
                {"person": "p2", "name": "The minister", "side": "no", "proxy": "p1"},
            ],
        }
    ]
    assert value["decisions"] == [{"topic": "pay", "division": "v1", "aye": "con"}]
    turns = value["documents"][0]["turns"]
    assert [turns[0][key] for key in ("time", "column", "url")] == [
        "15:47",
        "344",
        "https://avalon.example/t",
    ]


def test_file_without_divisions_is_written_as_before() -> None:
    value = json.loads(dumps(sample_debate()))
    assert not {"divisions", "decisions"} & set(value)
    assert set(value["documents"][0]["turns"][0]) == {"start", "end", "speaker"}
    assert loads(json.dumps(value)) == sample_debate()


def _division(**changes: object) -> Change:
    return lambda value: value["divisions"][0].update(changes)


def _vote(**changes: object) -> Change:
    return lambda value: value["divisions"][0]["votes"][0].update(changes)


def _decision(**changes: object) -> Change:
    return lambda value: value["decisions"][0].update(changes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_division(document="d9"), r"divisions\[0\].document: 'd9' is not the id of a document"),
        (_division(id=""), r"divisions\[0\].id: is empty"),
        (_division(end=2), r"divisions\[0\].start: 3 to 2 is not a range"),
        (_division(end=9999), r"divisions\[0\].end: 9999 is past the end"),
        (_division(ayes=-1), r"divisions\[0\].ayes: -1 is below 0"),
        (_division(noes="two"), r"divisions\[0\].noes: 'two' is not a whole number"),
        (_division(votes=None), r"divisions\[0\].votes: null is not a list"),
        (
            lambda value: value["divisions"].append(value["divisions"][0]),
            r"divisions\[1\].id: 'v1' is already the id",
        ),
        (_vote(person=""), r"divisions\[0\].votes\[0\].person: is empty"),
        (_vote(person="p2"), r"votes\[1\].person: 'p2' votes a second time"),
        (_vote(side="maybe"), r"votes\[0\].side: 'maybe' is not one of aye, no"),
        (_vote(teller="yes"), r"votes\[0\].teller: 'yes' is not true or false"),
        (_decision(topic="t9"), r"decisions\[0\].topic: 't9' is not the id of a topic"),
        (_decision(division="v9"), r"decisions\[0\].division: 'v9' is not the id of a division"),
        (_decision(aye="none"), r"decisions\[0\].aye: 'none' is not one of pro, con"),
        (
            lambda value: value["decisions"].append(value["decisions"][0]),
            r"decisions\[1\]: is a second decision on the same topic",
        ),
    ],
)
def test_place_that_is_wrong_is_named(change: Change, message: str) -> None:
    value = json.loads(dumps(debate()))
    change(value)
    with pytest.raises(ProjectFileError, match=message):
        loads(json.dumps(value))


def test_division_of_another_document_is_not_written() -> None:
    made = debate()
    (document,) = made.documents
    stray = replace(document, divisions=(replace(document.divisions[0], document="d9"),))
    with pytest.raises(ProjectFileError, match=r"divisions\[0\].document: 'd9' is not 'd1'"):
        dumps(replace(made, documents=(stray,)))


def test_turn_is_found_by_what_it_holds() -> None:
    (document,) = sample_debate().documents
    assert document.turn_at(0) == document.turns[0]
    assert document.turn_at(49) == document.turns[0]
    assert document.turn_at(50) is None
    assert document.turn_at(52) == Turn(Span(52, 60), None)
    assert document.turn_at(60) is None
