"""The measures by hand, on one sentence."""

from __future__ import annotations

import pytest

from argmap.evaluation.attributions import Annotated, count, f1, scores
from argmap.records import Span

TEXT = "Ann said the boat leaks, and Bo agreed it does."


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


ANN = Annotated(at("said"), at("Ann"), at("the boat leaks"))
BO = Annotated(at("agreed"), at("Bo"), at("it does"))


def test_the_same_attributions_are_right_in_every_part() -> None:
    result = scores([count(TEXT, [ANN, BO], [ANN, BO])])
    assert {score.value for score in result.values()} == {1.0}
    assert result["exact", "whole"].n == 2


def test_a_content_one_word_short_fails_exact_and_loses_one_token_of_overlap() -> None:
    short = Annotated(ANN.cue, ANN.source, at("the boat"))
    counts = count(TEXT, [ANN], [short])
    result = scores([counts])
    assert result["exact", "cue"].value == result["exact", "source"].value == 1.0
    assert result["exact", "content"].value == result["exact", "whole"].value == 0.0
    assert result["overlap", "content"].value == pytest.approx(2 * 2 / (2 + 3))
    assert result["overlap", "whole"].value == pytest.approx(2 * 4 / (4 + 5))


def test_the_right_source_of_another_cue_does_not_count() -> None:
    swapped = Annotated(BO.cue, ANN.source, BO.content)
    result = scores([count(TEXT, [ANN, BO], [swapped])])
    assert result["exact", "source"].value == 0.0
    assert result["exact", "cue"].value == pytest.approx(f1([1, 1, 1, 2]))


def test_nothing_found_scores_nought_and_spurious_finds_cost_precision() -> None:
    assert scores([count(TEXT, [ANN], [])])["exact", "whole"].value == 0.0
    assert scores([count(TEXT, [ANN], [ANN, BO])])["exact", "whole"].value == pytest.approx(2 / 3)


def test_intervals_come_from_documents_and_are_the_same_every_time() -> None:
    documents = [count(TEXT, [ANN, BO], found) for found in ([ANN], [ANN, BO], [BO], [])]
    first, second = scores(documents), scores(documents)
    assert first == second
    score = first["exact", "whole"]
    assert score.low < score.value < score.high
