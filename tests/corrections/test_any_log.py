"""Any log over a debate whose map holds together: what is shown holds together too."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.corrections import agreement, apply_edits, next_redo, next_undo, refitted, replay
from argmap.projectfile import check, dumps, loads
from argmap.records import LABELS, SIDES, Debate, Edit
from argmap.structure import build_tree, coverage, summarise_speakers, weigh
from tests.corrections.logs import TIME
from tests.strategies import edits
from tests.structure import builders


@st.composite
def mapped(draw: st.DrawFn) -> Debate:
    """A debate with points of each side and links that agree with the labels."""
    names = "abcdefgh"[: draw(st.integers(2, 8))]
    labels = {name: draw(st.sampled_from(LABELS)) for name in names}
    rows = [(n, labels[n], 0.9, draw(st.sampled_from([None, "p1", "p2"]))) for n in names]
    points = []
    for side in SIDES:
        own = [name for name in names if labels[name] == side]
        cut = draw(st.integers(0, len(own)))
        points += [(side, " ".join(part)) for part in (own[:cut], own[cut:]) if part]
    sided = [name for name in names if labels[name] in SIDES]
    pairs = [(a, b) for a in sided for b in sided if a != b]
    links = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    return builders.debate(
        *rows,
        points=points,
        relations=[(a, b, "support" if labels[a] == labels[b] else "attack") for a, b in links],
    )


@st.composite
def mapped_and_edited(draw: st.DrawFn) -> tuple[Debate, tuple[Edit, ...]]:
    debate = draw(mapped())
    return debate, draw(edits(debate))


def sides_of(debate: Debate) -> dict[tuple[str, str], str]:
    return {(s.statement, s.topic): s.label for s in debate.stances}


@settings(max_examples=150, deadline=None)
@given(mapped_and_edited())
def test_what_is_shown_agrees_with_its_labels(made: tuple[Debate, tuple[Edit, ...]]) -> None:
    debate, log = made
    found = apply_edits(debate, log)
    check(replace(found, edited=False))
    labels = sides_of(found)
    seen: set[tuple[str, str]] = set()
    for point in found.key_points:
        for own in point.statements:
            assert labels[own, point.topic] == point.side
            assert (own, point.topic) not in seen
            seen.add((own, point.topic))
    for relation in found.relations:
        source, target = (labels[own, relation.topic] for own in (relation.source, relation.target))
        assert {source, target} <= {"pro", "con"}
        assert relation.undercut or (source == target) == (relation.kind == "support")
    # Whatever rests on it can be worked out.
    for topic in found.topics:
        weigh(found, topic.id)
        shown = {n.statement for n in build_tree(found, topic.id).nodes if n.kind == "statement"}
        assert shown == {own for (own, on), label in labels.items() if on == topic.id} & shown
        assert {own for (own, on), x in labels.items() if on == topic.id and x in SIDES} == shown
        coverage(found, topic.id)
    summarise_speakers(found)
    assert agreement(replace(debate, edits=log)).all.n == sum(s.corrected for s in found.stances)
    assert not refitted(replace(debate, edits=log)).enough


@settings(max_examples=60, deadline=None)
@given(mapped_and_edited())
def test_a_step_back_and_forth_is_no_step(made: tuple[Debate, tuple[Edit, ...]]) -> None:
    debate, log = made
    before = replay(debate, log)
    target = next_undo(log)
    if target is None:
        return
    undo = Edit.create("undo", sequence=len(log) + 1, time=TIME, target=target.id)
    # The step back gives what the log without the edit gives.
    back = apply_edits(debate, (*log, undo))
    shorter = apply_edits(debate, tuple(edit for edit in log if edit.id != target.id))
    assert replace(back, edits=()) == replace(shorter, edits=())
    assert next_redo((*log, undo)) == target
    redo = Edit.create("redo", sequence=len(log) + 2, time=TIME, target=target.id)
    again = apply_edits(debate, (*log, undo, redo))
    assert replace(again, edits=()) == replace(before.debate, edits=())


@settings(max_examples=60, deadline=None)
@given(mapped_and_edited())
def test_a_project_file_keeps_the_log_and_its_bytes(made: tuple[Debate, tuple[Edit, ...]]) -> None:
    debate, log = made
    # Read once, every number is as the file writes it.
    debate = loads(dumps(replace(debate, edits=log)))
    assert debate.edits == log
    written = dumps(debate)
    assert loads(written) == debate
    assert dumps(loads(written)) == written
    assert apply_edits(loads(written), log) == apply_edits(debate, log)
