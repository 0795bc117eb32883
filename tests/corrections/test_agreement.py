"""Agreement of model and persons, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.corrections import Kappa, agreement
from argmap.corrections.agreement import LEAST, compare
from argmap.records import Debate, Edit, Label
from tests.corrections.logs import TIME, label, log
from tests.structure import builders


def judged(*fields: dict[str, object]) -> Debate:
    debate = builders.debate(
        ("a", "pro", 0.9), ("b", "pro", 0.8), ("c", "con", 0.9), ("d", "none", 0.9)
    )
    return replace(debate, edits=log(*fields))


def test_counts_have_the_model_in_rows_and_the_person_in_columns() -> None:
    found = agreement(judged(label("a", "pro"), label("b", "con"), label("d", "unclear")))
    assert found.all.counts == ((1, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 0))
    assert (found.all.n, found.all.share.value) == (3, 0.3333)
    assert [(topic, kept.n) for topic, kept in found.topics] == [("pay", 3)]


def test_the_last_label_that_stands_counts() -> None:
    made = log(label("a", "con"), label("a", "none"), label("b", "con"))
    undo = Edit.create("undo", sequence=4, time=TIME, target=made[2].id)
    found = agreement(replace(judged(), edits=(*made, undo)))
    assert found.all.counts[0] == (0, 0, 1, 0)
    assert found.all.n == 1


def test_kappa_is_cohens() -> None:
    # Cohen's kappa of a textbook table: 20 and 15 alike, 5 and 10 not; 0.7 against 0.5 by chance.
    pairs: list[tuple[Label, Label]] = [("pro", "pro")] * 20 + [("pro", "con")] * 5
    pairs += [("con", "pro")] * 10 + [("con", "con")] * 15
    found = compare(pairs)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(0.4)
    assert found.kappa.low < 0.4 < found.kappa.high
    assert (round(found.share.low, 3), round(found.share.high, 3)) == (0.562, 0.809)
    assert compare(list(reversed(pairs))) == found


def test_kappa_is_not_defined_where_only_one_label_was_ever_given() -> None:
    assert compare([("pro", "pro")] * LEAST).kappa is None
    assert compare([]).kappa is None
    both: list[tuple[Label, Label]] = [("pro", "pro"), ("con", "con")]
    assert compare(both * LEAST).kappa == Kappa(1.0, 1.0, 1.0)
    # Nor where there are too few pairs for its interval to say anything.
    assert compare(both).kappa is None


def test_authors_are_set_beside_the_model_and_beside_each_other() -> None:
    found = agreement(
        judged(
            label("a", "pro", author="Ada"),
            label("c", "none", author="Ada"),
            label("a", "con", author="Bo"),
            label("c", "none", author="Bo"),
            label("d", "none", author="Bo"),
        )
    )
    assert [(author, kept.n, kept.share.count) for author, kept in found.authors] == [
        ("Ada", 2, 1),
        ("Bo", 3, 1),
    ]
    ((one, other, kept),) = found.between
    assert (one, other, kept.n, kept.share.count) == ("Ada", "Bo", 2, 1)
    assert kept.counts[0][1] == 1


def test_drawn_sentences_are_counted_by_themselves() -> None:
    found = agreement(judged(label("a", "pro", drawn=True), label("b", "con")))
    assert (found.all.n, found.drawn.n) == (2, 1)
    # A drawn sentence that is corrected again later is a drawn one still.
    later = agreement(judged(label("a", "pro", drawn=True), label("a", "con")))
    assert (later.drawn.n, later.drawn.share.count) == (1, 0)


def test_a_sentence_that_no_model_judged_is_left_out() -> None:
    debate = judged(label("d", "pro"))
    assert agreement(replace(debate, stances=debate.stances[:-1])).all.n == 0
