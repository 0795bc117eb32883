"""Gaps and common ground, with how far each is to be trusted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.records import Debate
from argmap.structure import Gaps, find_gaps, weigh
from argmap.structure.overlap import FEWEST, SAME, same_words

from .builders import debate


def gaps(made: Debate) -> Gaps:
    return find_gaps(made, weigh(made, "pay"))


def many(*, relations: list[tuple[str, str, str]]) -> Debate:
    """Two points for (a b, c d) and a loose e; x to z and five more against."""
    return debate(
        *((own, "pro", 0.9) for own in "abcde"),  # type: ignore[misc]
        *((own, "con", 0.8) for own in "uvwxyz"),  # type: ignore[misc]
        points=[("pro", "a b"), ("pro", "c d")],
        relations=relations,  # type: ignore[arg-type]
    )


def test_gaps_an_attack_on_one_statement_answers_its_point() -> None:
    found = gaps(many(relations=[("x", "b", "attack")]))
    assert [e.point or e.statement for e in found.unanswered_of("pro")] == ["k2", "e"]
    assert [(e.point, e.attackers) for e in found.contested] == [("k1", ("x",))]
    assert found.contested[0].cautions == ("One attack only.",)


def test_gaps_list_the_strongest_unanswered_first() -> None:
    found = gaps(many(relations=[("x", "b", "attack")]))
    strengths = [e.after for e in found.unanswered]
    assert strengths == sorted(strengths, reverse=True)
    assert "Said once." in found.unanswered_of("con")[0].cautions


def test_gaps_an_attack_from_the_same_side_is_no_answer() -> None:
    found = gaps(many(relations=[("c", "a", "attack"), ("a", "x", "attack")]))
    assert {e.point or e.statement for e in found.unanswered_of("pro")} == {"k1", "k2", "e"}


def test_gaps_rank_the_contested_by_what_is_brought_against_them() -> None:
    found = gaps(many(relations=[("x", "c", "attack"), ("y", "d", "attack"), ("z", "e", "attack")]))
    assert [e.point or e.statement for e in found.contested] == ["k2", "e"]


def test_gaps_without_any_attack_say_that_silence_is_the_models() -> None:
    found = gaps(many(relations=[]))
    assert "No attack between the sides was found" in found.cautions[0]
    assert found.contested == ()


def test_gaps_with_few_relations_say_how_few() -> None:
    found = gaps(many(relations=[("x", "b", "attack")]))
    assert any("Relations were found for 2 of 11 statements" in line for line in found.cautions)


def test_gaps_say_that_labels_attacks_and_numbers_are_weak() -> None:
    made = debate(
        ("a", "pro", 0.6),
        ("b", "pro", 0.9),
        ("x", "con", 0.9),
        relations=[("x", "b", "attack", 0.71)],
    )
    found = gaps(made)
    assert found.unanswered_of("pro")[0].cautions == (
        "Said once.",
        "Its label is only 60% sure.",
        "Only 1 statement against the motion could answer it.",
    )
    assert found.contested[0].cautions == ("Said once.", "One attack only.", "It is 71% sure.")


def test_gaps_of_a_side_that_nobody_takes_say_so() -> None:
    found = gaps(debate(("a", "pro", 0.9)))
    assert found.cautions[0].startswith("No statement is against the motion")
    assert gaps(debate(("a", "none", 0.9))).cautions == (
        "No statement takes a side on this motion.",
    )


SENTENCE = "Hospital wards across England cannot fill 40,000 nursing posts."


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (SENTENCE, True),
        ("Hospitals' wards across England cannot fill 40,000 nursing posts today.", True),
        ("Hospital wards across England can fill 40,000 nursing posts.", False),
        ("Hospital wards across England cannot fill 50,000 nursing posts.", False),
        ("Pay is for the wards to decide.", False),
    ],
)
def test_overlap_needs_the_same_words_numbers_and_negations(other: str, same: bool) -> None:
    assert bool(same_words([SENTENCE], [other])) is same


def test_overlap_of_short_or_no_sentences_is_none() -> None:
    assert same_words(["Wards are short."], ["Wards are short."]) == []
    assert same_words([], [SENTENCE]) == []
    assert same_words(["of it"], ["of it"]) == []


def test_common_ground_is_the_same_words_on_both_sides() -> None:
    made = debate(("a", "pro", 0.9), ("x", "con", 0.6), texts=(SENTENCE, SENTENCE))
    (shared,) = gaps(made).common
    assert (shared.how, shared.pro, shared.con, shared.share) == ("words", "a", "x", 1.0)
    assert any("60%" in line for line in shared.cautions)


def test_common_ground_is_not_where_one_attacks_the_other() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("x", "con", 0.9),
        texts=(SENTENCE, SENTENCE),
        relations=[("x", "a", "attack")],
    )
    assert gaps(made).common == ()


def test_common_ground_is_what_speakers_of_both_sides_say_whatever_its_label() -> None:
    own = [(f"p{i}", "pro", 0.95, "ann") for i in range(6)]
    others = [(f"q{i}", "con", 0.95, "bob") for i in range(2)]
    made = debate(
        *own,  # type: ignore[arg-type]
        *others,  # type: ignore[arg-type]
        ("a", "none", 0.9, "ann"),
        ("x", "none", 0.9, "bob"),
        texts=[*(f"Sentence {row[0]}." for row in (*own, *others)), SENTENCE, SENTENCE],
    )
    (shared,) = gaps(made).common
    assert (shared.how, shared.pro, shared.con) == ("speakers", "a", "x")
    assert shared.cautions == (
        "The side of Speaker bob is not settled: the interval reaches the other side.",
    )


def test_common_ground_is_support_across_the_sides() -> None:
    made = debate(("a", "pro", 0.9), ("x", "con", 0.9), relations=[("x", "a", "support", 0.8)])
    (shared,) = gaps(made).common
    assert (shared.how, shared.pro, shared.con) == ("support", "a", "x")
    assert shared.cautions == ("The model's judgement of a pair, 80%.",)


def test_common_ground_has_each_statement_once() -> None:
    made = debate(("a", "pro", 0.9), ("b", "pro", 0.9), ("x", "con", 0.9), texts=(SENTENCE,) * 3)
    assert len(gaps(made).common) == 1


WORDS = st.lists(st.sampled_from([f"{letter}word" for letter in "abcdefgh"]), max_size=9).map(
    " ".join
)


@given(left=st.lists(WORDS, max_size=6), right=st.lists(WORDS, max_size=6))
def test_overlap_finds_what_comparing_all_pairs_finds(left: list[str], right: list[str]) -> None:
    slow = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            a, b = set(one.split()), set(other.split())
            if min(len(a), len(b)) >= FEWEST and len(a & b) / len(a | b) >= SAME:
                slow.append((i, j))
    assert [(i, j) for i, j, _ in same_words(left, right)] == slow


def test_gaps_tell_a_point_and_its_sub_point_once() -> None:
    made = many(relations=[("x", "d", "attack")])
    over, sub = made.key_points
    made = replace(made, key_points=(over, replace(sub, parent=over.id)))
    assert [e.point for e in gaps(made).contested] == ["k2"]
    unanswered = gaps(replace(made, relations=())).unanswered_of("pro")
    assert [e.point or e.statement for e in unanswered] == ["k1", "e"]
