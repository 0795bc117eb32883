"""Corrections replayed: each kind by hand, then any log at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.corrections import (
    apply_edits,
    corrected,
    new_speaker_id,
    next_redo,
    next_undo,
    replay,
    standing,
)
from argmap.projectfile import check
from argmap.records import Debate, Division, Edit, Span, Vote
from argmap.structure import summarise_speakers
from tests.samples import sample_debate
from tests.strategies import debates, edits

TIME = "2026-05-01T10:00:00+00:00"


def log(*made: dict[str, object]) -> tuple[Edit, ...]:
    """Edits in order, from their fields."""
    return tuple(
        Edit.create(sequence=n, time=TIME, **fields)  # type: ignore[arg-type]
        for n, fields in enumerate(made, start=1)
    )


def merge(gone: str, stays: str) -> dict[str, object]:
    return {"kind": "merge", "speaker": gone, "into": stays}


def speakers_of(debate: Debate) -> dict[str, str | None]:
    return {statement.id: statement.speaker for statement in debate.statements}


# --- one edit of each kind -------------------------------------------------------------------


def test_merge_gives_every_sentence_to_the_one_that_stays() -> None:
    found = apply_edits(sample_debate(), log(merge("p1", "p2")))
    assert speakers_of(found) == {"s1": "p2", "s2": "p2", "s3": None}
    (speaker,) = found.speakers
    assert (speaker.id, speaker.name) == ("p2", "The minister")
    assert {"Ms Adeyemi", "Adeyemi"} <= set(speaker.aliases)
    marks = {s.id: s.attribution.corrected for s in found.statements}
    assert marks == {"s1": True, "s2": False, "s3": False}


def test_merge_keeps_the_role_of_the_one_that_stays_and_fills_a_gap() -> None:
    debate = sample_debate()
    found = apply_edits(debate, log(merge("p2", "p1")))
    assert (found.speakers[0].role, found.speakers[0].party) == ("union leader", "Blue")


def test_a_merged_member_keeps_their_vote_unless_both_voted() -> None:
    debate = sample_debate()
    votes = (Vote("p1", "Ms Adeyemi", "aye"), Vote("m9", "A. Member", "no"))
    both = (*votes, Vote("p2", "The minister", "no"))
    document = replace(
        debate.documents[0],
        divisions=(
            Division("v1", "d1", Span(0, 5), votes=votes),
            Division("v2", "d1", Span(6, 9), votes=both),
        ),
    )
    voted = replace(debate, documents=(document,))
    first, second = apply_edits(voted, log(merge("p1", "p2"))).divisions
    assert [vote.person for vote in first.votes] == ["p2", "m9"]
    assert second.votes == both
    assert apply_edits(debate, log(merge("p1", "p2"))).documents == debate.documents


def test_merged_speakers_have_one_stance() -> None:
    debate = sample_debate()
    assert {s.speaker for s in summarise_speakers(debate)} == {"p1", "p2"}
    (stance,) = summarise_speakers(apply_edits(debate, log(merge("p1", "p2"))))
    assert (stance.speaker, stance.pro, stance.con) == ("p2", 1, 1)


def test_rename_changes_what_is_shown_and_keeps_the_old_name_as_an_alias() -> None:
    (edit,) = made = log(
        {"kind": "rename", "speaker": "p1", "name": "Bisi Adeyemi", "role": "chair", "party": None}
    )
    found = apply_edits(sample_debate(), made)
    speaker = next(s for s in found.speakers if s.id == edit.speaker)
    assert (speaker.name, speaker.role, speaker.party) == ("Bisi Adeyemi", "chair", None)
    assert {"Ms Adeyemi", "Adeyemi", "Bisi Adeyemi"} <= set(speaker.aliases)
    assert speakers_of(found) == speakers_of(sample_debate())


def test_split_makes_a_new_speaker_whom_later_edits_can_name() -> None:
    first = log({"kind": "split", "speaker": "p1", "statements": ("s1",), "name": "Ola Adeyemi"})
    new = new_speaker_id(first[0])
    found = apply_edits(sample_debate(), first)
    assert speakers_of(found)["s1"] == new
    assert {s.name for s in found.speakers} == {"Ola Adeyemi", "The minister"}
    second = Edit.create("merge", sequence=2, time=TIME, speaker=new, into="p2")
    assert speakers_of(apply_edits(sample_debate(), (*first, second)))["s1"] == "p2"


def test_split_to_one_who_is_there() -> None:
    made = log({"kind": "split", "speaker": "p1", "statements": ("s1",), "into": "p2"})
    assert speakers_of(apply_edits(sample_debate(), made))["s1"] == "p2"


@pytest.mark.parametrize(
    ("fields", "speaker"), [({}, None), ({"into": "p2"}, "p2"), ({"name": "Jo Lamb"}, "new")]
)
def test_not_said_by_leaves_nobody_or_another(
    fields: dict[str, object], speaker: str | None
) -> None:
    made = log({"kind": "not_said_by", "speaker": "p1", "statements": ("s1",), **fields})
    statement = apply_edits(sample_debate(), made).statements[0]
    assert statement.speaker == (new_speaker_id(made[0]) if speaker == "new" else speaker)
    assert statement.attribution.corrected
    assert statement.attribution.confidence == 1.0
    assert statement.attribution.cue == "said"


def test_a_sentence_of_nobody_can_be_given_to_somebody() -> None:
    made = log({"kind": "not_said_by", "statements": ("s3",), "into": "p1"})
    assert speakers_of(apply_edits(sample_debate(), made))["s3"] == "p1"


def test_distinct_changes_nothing_but_the_log() -> None:
    made = log({"kind": "distinct", "speaker": "p1", "into": "p2"})
    found = apply_edits(sample_debate(), made)
    assert replace(found, edits=(), edited=False) == sample_debate()
    assert found.edits == made


# --- what does not fit -----------------------------------------------------------------------

HOPELESS: list[tuple[str, dict[str, object], str]] = [
    ("merge-gone", merge("p1", "p9"), "no speaker of this debate any more"),
    ("merge-from-gone", merge("p9", "p1"), "no speaker of this debate any more"),
    ("merge-itself", merge("p1", "p1"), "It takes two speakers"),
    ("merge-nobody", {"kind": "merge", "into": "p1"}, "It names no speaker"),
    ("rename-empty", {"kind": "rename", "speaker": "p1", "name": " "}, "needs a name"),
    ("split-nowhere", {"kind": "split", "speaker": "p1", "statements": ("s1",)}, "does not say"),
    (
        "split-not-theirs",
        {"kind": "split", "speaker": "p1", "statements": ("s2",), "into": "p2"},
        "is not theirs",
    ),
    (
        "sentence-gone",
        {"kind": "not_said_by", "speaker": "p1", "statements": ("s9",)},
        "is not there any more",
    ),
    (
        "theirs-already",
        {"kind": "not_said_by", "speaker": "p1", "statements": ("s1",), "into": "p1"},
        "already",
    ),
    ("undo-nothing", {"kind": "undo", "target": "e9"}, "is not there"),
]


@pytest.mark.parametrize(
    ("fields", "reason"), [row[1:] for row in HOPELESS], ids=[r[0] for r in HOPELESS]
)
def test_an_edit_that_does_not_fit_is_kept_and_said_to_have_no_effect(
    fields: dict[str, object], reason: str
) -> None:
    made = log(fields)
    found = replay(sample_debate(), made)
    (outcome,) = found.outcomes
    assert outcome.status == "not applicable"
    assert reason in (outcome.reason or "")
    assert found.debate.edits == made
    assert replace(found.debate, edits=(), edited=False) == sample_debate()


def test_an_edit_fits_in_part_and_says_so() -> None:
    made = log({"kind": "split", "speaker": "p1", "statements": ("s1", "s9"), "name": "X"})
    (outcome,) = replay(sample_debate(), made).outcomes
    assert outcome.status == "applied"
    assert outcome.reason == "1 of its sentences are not there any more, or not theirs."


def test_edits_fit_the_same_sources_mapped_again_with_other_labels() -> None:
    debate = sample_debate()
    made = log(merge("p1", "p2"))
    again = replace(debate, stances=tuple(replace(s, label="unclear") for s in debate.stances))
    assert apply_edits(again, made).statements == apply_edits(debate, made).statements


def test_outcomes_say_the_edit_in_words_with_the_names_of_its_time() -> None:
    made = log(
        {"kind": "rename", "speaker": "p1", "name": "Bisi Adeyemi", "role": "chair"},
        merge("p1", "p2"),
        {"kind": "not_said_by", "speaker": "p2", "statements": ("s2",)},
    )
    assert [outcome.words for outcome in replay(sample_debate(), made).outcomes] == [
        "“Ms Adeyemi” is written “Bisi Adeyemi” (chair)",
        "“Bisi Adeyemi” is the same speaker as “The minister”",
        "1 sentence not said by “The minister” but by nobody who is named",
    ]


# --- undo and redo ---------------------------------------------------------------------------


def test_undo_and_redo_are_steps_through_the_log() -> None:
    made = list(log(merge("p1", "p2"), {"kind": "rename", "speaker": "p2", "name": "Jo"}))

    def step(kind: str, find: Callable[[list[Edit]], Edit | None]) -> None:
        target = find(made)
        assert target is not None
        made.append(
            Edit.create(kind, sequence=len(made) + 1, time=TIME, target=target.id)  # type: ignore[arg-type]
        )

    def shown() -> Debate:
        return replace(apply_edits(sample_debate(), made), edits=(), edited=False)

    after_two = shown()
    step("undo", next_undo)
    after_one = shown()
    step("undo", next_undo)
    assert shown() == sample_debate()
    assert next_undo(made) is None
    step("redo", next_redo)
    assert shown() == after_one
    step("redo", next_redo)
    assert shown() == after_two
    assert next_redo(made) is None


def test_a_new_edit_ends_what_could_be_redone() -> None:
    first = log(merge("p1", "p2"))
    undo = Edit.create("undo", sequence=2, time=TIME, target=first[0].id)
    assert next_redo((*first, undo)) == first[0]
    later = Edit.create("merge", sequence=3, time=TIME, speaker="p2", into="p1")
    assert next_redo((*first, undo, later)) is None
    assert standing((*first, undo, later)) == (later,)


# --- any log ---------------------------------------------------------------------------------


@st.composite
def debates_and_edits(draw: st.DrawFn) -> tuple[Debate, tuple[Edit, ...]]:
    debate = replace(draw(debates()), edits=())
    return debate, draw(edits(debate))


@settings(max_examples=60, deadline=None)
@given(debates_and_edits(), st.randoms(use_true_random=False))
def test_any_log_leaves_a_whole_debate(
    made: tuple[Debate, tuple[Edit, ...]], random: object
) -> None:
    debate, events = made
    found = replay(debate, events)
    check(replace(found.debate, edited=False))  # every id still resolves
    # What was read stays, and so do the probabilities.
    assert [(s.id, s.document, s.start, s.end, s.text) for s in found.debate.statements] == [
        (s.id, s.document, s.start, s.end, s.text) for s in debate.statements
    ]
    judged = found.debate.stances[: len(debate.stances)]
    assert [(s.statement, s.topic, s.pro, s.con, s.none) for s in judged] == [
        (s.statement, s.topic, s.pro, s.con, s.none) for s in debate.stances
    ]
    # Every event is kept, and every one is answered for.
    assert found.debate.edits == events
    assert [outcome.edit for outcome in found.outcomes] == list(events)
    # The same log in another order, delivered twice, and applied again: the same debate.
    shuffled = [*events, *events]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert apply_edits(debate, shuffled) == found.debate
    assert apply_edits(found.debate, events) == found.debate
    assert corrected(found.debate) is found.debate


@settings(max_examples=30, deadline=None)
@given(debates_and_edits())
def test_undoing_every_edit_gives_back_the_debate_as_it_was_mapped(
    made: tuple[Debate, tuple[Edit, ...]],
) -> None:
    debate, events = made
    log_now = list(events)
    states = [replace(apply_edits(debate, log_now), edits=())]
    while (target := next_undo(log_now)) is not None:
        log_now.append(Edit.create("undo", sequence=len(log_now) + 1, time=TIME, target=target.id))
        states.append(replace(apply_edits(debate, log_now), edits=()))
    assert replace(states[-1], edited=False) == debate
    for before in reversed(states[:-1]):
        target = next_redo(log_now)
        assert target is not None
        log_now.append(Edit.create("redo", sequence=len(log_now) + 1, time=TIME, target=target.id))
        assert replace(apply_edits(debate, log_now), edits=()) == before


def test_edits_are_not_applied_on_top_of_others() -> None:
    found = apply_edits(sample_debate(), log(merge("p1", "p2")))
    with pytest.raises(ValueError, match="as it was mapped"):
        apply_edits(found, log(merge("p2", "p1")))


def test_an_edit_id_is_made_of_everything_in_it() -> None:
    fields: list[dict[str, object]] = [
        merge("p1", "p2"),
        merge("p2", "p1"),
        {**merge("p1", "p2"), "author": "A. Reader"},
        {"kind": "distinct", "speaker": "p1", "into": "p2"},
        {"kind": "rename", "speaker": "p1", "name": ""},
        {"kind": "rename", "speaker": "p1", "role": ""},
        {"kind": "rename", "speaker": "p1"},
    ]
    ids = {Edit.create(sequence=1, time=TIME, **f).id for f in fields}  # type: ignore[arg-type]
    assert len(ids) == len(fields)
    (edit,) = log(merge("p1", "p2"))
    assert edit == log(merge("p1", "p2"))[0]
    assert edit.numbered(2).id != edit.id
