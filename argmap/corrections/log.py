"""Which edits of a log stand: undo and redo are events like any other."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.records import Edit

_STEPS = ("undo", "redo")


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The log in the order it was made, each event once however often it was delivered."""
    by_id = {edit.id: edit for edit in edits}
    return tuple(sorted(by_id.values(), key=lambda edit: (edit.sequence, edit.time, edit.id)))


def standing(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that are neither undone nor themselves a step back or forth, in order."""
    done: dict[str, Edit] = {}
    undone: dict[str, Edit] = {}
    for edit in in_order(edits):
        match edit.kind:
            case "undo" if edit.target in done:
                undone[edit.target] = done.pop(edit.target)
            case "redo" if edit.target in undone:
                done[edit.target] = undone.pop(edit.target)
            case kind if kind not in _STEPS:
                done[edit.id] = edit
    return in_order(done.values())


def labels_given(edits: Iterable[Edit]) -> dict[tuple[str, str], Edit]:
    """For each statement and topic that a person labelled, the edit whose label stands."""
    return {
        (statement, edit.topic): edit
        for edit in standing(edits)
        if edit.kind == "label" and edit.topic is not None and edit.label is not None
        for statement in edit.statements
    }


def next_undo(edits: Iterable[Edit]) -> Edit | None:
    """The edit that a step back undoes: the last that stands."""
    return next(reversed(standing(edits)), None)


def next_redo(edits: Iterable[Edit]) -> Edit | None:
    """The edit that a step forth brings back: the last undone, if nothing was done since."""
    waiting: list[Edit] = []
    known: dict[str, Edit] = {}
    for edit in in_order(edits):
        match edit.kind:
            case "undo":
                if edit.target in known:
                    waiting.append(known[edit.target])
            case "redo":
                waiting = [one for one in waiting if one.id != edit.target]
            case _:
                known[edit.id] = edit
                waiting.clear()
    stands = {edit.id for edit in standing(edits)}
    return next((edit for edit in reversed(waiting) if edit.id not in stands), None)
