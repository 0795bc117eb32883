"""Logs made by hand, for the tests of what becomes of them."""

from __future__ import annotations

from argmap.records import Debate, Edit

TIME = "2026-05-01T10:00:00+00:00"


def log(*made: dict[str, object]) -> tuple[Edit, ...]:
    """Edits in order, from their fields."""
    return tuple(
        Edit.create(sequence=n, time=TIME, **fields)  # type: ignore[arg-type]
        for n, fields in enumerate(made, start=1)
    )


def label(statement: str, value: str, topic: str = "pay", **fields: object) -> dict[str, object]:
    """The fields of an edit that gives one sentence a label."""
    given = {"kind": "label", "topic": topic, "statements": (statement,), "label": value}
    return {**given, **fields}


def labels_of(debate: Debate, topic: str) -> dict[str, tuple[str, str | None]]:
    """The label of each statement on a topic, and the model's where a person gave it."""
    return {s.statement: (s.label, s.model_label) for s in debate.stances if s.topic == topic}
