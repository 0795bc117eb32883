"""Votes beside stances: what an aye means, who is counted, what outlives a new mapping."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.corrections import apply_edits
from argmap.records import Debate, Division, Edit, Side, Span, Vote, VoteSide
from argmap.stance import make_topic
from argmap.structure import (
    Agreement,
    agreement,
    carry_decisions,
    decide,
    decision_of,
    summarise_speakers,
    votes_beside,
)
from argmap.structure.votes import position_of

from .builders import PAY, debate


def voted(made: Debate, *votes: tuple[str, VoteSide]) -> Debate:
    """``made`` with one division, ``v``, in which these persons voted."""
    (document,) = made.documents
    division = Division(
        "v", document.id, Span(0, 1), votes=tuple(Vote(who, who, side) for who, side in votes)
    )
    return replace(made, documents=(replace(document, divisions=(division,)),))


def words() -> Debate:
    """p1 speaks for often, p2 against once, p3 on both sides alike, p4 on neither."""
    return debate(
        *((f"a{n}", "pro", 0.95, "p1") for n in range(8)),
        ("b", "con", 0.9, "p2"),
        ("c", "pro", 0.9, "p3"),
        ("d", "con", 0.9, "p3"),
        ("e", "none", 0.9, "p4"),
    )


@pytest.mark.parametrize(
    ("side", "aye", "position"),
    [
        ("aye", "pro", "pro"),
        ("no", "pro", "con"),
        ("aye", "con", "con"),
        ("no", "con", "pro"),
        ("both", "pro", None),
        ("abstain", "con", None),
        (None, "pro", None),
    ],
)
def test_position_depends_on_what_an_aye_means(
    side: VoteSide | None, aye: Side, position: Side | None
) -> None:
    assert position_of(side, aye) == position


def test_nothing_is_shown_until_a_division_is_chosen() -> None:
    made = voted(words(), ("p1", "aye"))
    assert decision_of(made, "pay") is None
    assert votes_beside(made, "pay", summarise_speakers(made)) == ()


def test_votes_stand_beside_stances_and_unknown_stays_blank() -> None:
    made = voted(words(), ("p1", "aye"), ("p2", "aye"), ("p3", "no"), ("x", "aye"))
    made = decide(made, "pay", "v", aye="pro")
    beside = {b.speaker: b for b in votes_beside(made, "pay", summarise_speakers(made))}
    assert list(beside) == ["p1", "p2", "p3", "p4"]
    assert (beside["p1"].position, beside["p1"].stance, beside["p1"].agrees) == ("pro", "pro", True)
    assert beside["p1"].settled
    assert (beside["p2"].stance, beside["p2"].settled, beside["p2"].agrees) == ("con", False, False)
    assert (beside["p3"].position, beside["p3"].stance, beside["p3"].agrees) == ("con", None, None)
    assert (beside["p4"].side, beside["p4"].stance, beside["p4"].agrees) == (None, None, None)
    assert agreement(tuple(beside.values())) == Agreement(
        agree=1, compared=2, settled_agree=1, settled=1, voted=3, speakers=4
    )


def test_turning_the_sense_of_an_aye_turns_the_agreement() -> None:
    made = voted(words(), ("p1", "aye"), ("p2", "aye"))
    summaries = summarise_speakers(made)
    for aye, agreeing in (("pro", "p1"), ("con", "p2")):
        turned = decide(made, "pay", "v", aye=aye)  # type: ignore[arg-type]
        found = [b.speaker for b in votes_beside(turned, "pay", summaries) if b.agrees]
        assert found == [agreeing]


def test_two_people_of_one_name_keep_their_own_votes() -> None:
    made = voted(words(), ("p1", "aye"), ("p2", "no"))
    twins = tuple(replace(speaker, name="Ada Vale") for speaker in made.speakers)
    made = decide(replace(made, speakers=twins), "pay", "v")
    beside = votes_beside(made, "pay", ())
    assert [b.side for b in beside] == ["aye", "no", None, None]


def test_vote_follows_a_speaker_whom_a_reader_merged_into_another() -> None:
    made = decide(voted(words(), ("p2", "no"), ("p4", "aye")), "pay", "v")
    edits = (
        Edit.create("merge", sequence=1, time="2031-03-04T00:00:00Z", speaker="p2", into="p3"),
        Edit.create("merge", sequence=2, time="2031-03-04T00:00:01Z", speaker="p3", into="p1"),
    )
    merged = apply_edits(made, edits)
    assert [(b.speaker, b.side) for b in votes_beside(merged, "pay", ())] == [
        ("p1", "no"),
        ("p4", "aye"),
    ]
    both = decide(voted(words(), ("p2", "no"), ("p3", "aye")), "pay", "v")
    merged = apply_edits(both, edits[:1])
    assert [b.side for b in votes_beside(merged, "pay", ())] == [None, "aye", None]
    assert [b.side for b in votes_beside(both, "pay", ())] == [None, "no", "aye", None]


def test_decision_is_replaced_and_taken_back() -> None:
    made = decide(voted(words()), "pay", "v", aye="pro")
    turned = decide(made, "pay", "v", aye="con")
    assert [d.aye for d in turned.decisions] == ["con"]
    assert decide(turned, "pay", None).decisions == ()
    with pytest.raises(ValueError, match="topic"):
        decide(made, "other", "v")
    with pytest.raises(ValueError, match="division"):
        decide(made, "pay", "w")


def test_decision_outlives_a_new_mapping_of_the_same_motion() -> None:
    before = decide(voted(words()), "pay", "v", aye="con")
    again = replace(voted(words()), topics=(replace(PAY, id="t9"),))
    assert [(d.topic, d.aye) for d in carry_decisions(before, again).decisions] == [("t9", "con")]
    other = replace(again, topics=(make_topic("Hospitals should close.", id="pay"),))
    assert carry_decisions(before, other).decisions == ()
    gone = replace(again, documents=words().documents)
    assert carry_decisions(before, gone).decisions == ()
    chosen = decide(again, "t9", "v", aye="pro")
    assert carry_decisions(before, chosen) == chosen
