"""Stance held against votes: cases, baselines, and both sources on samples of our own."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from argmap.errors import InputError
from argmap.evaluation import votes
from argmap.evaluation.metrics import clustered
from argmap.nlp import FakeClassifier, PairClassifier
from argmap.records import SIDES, Side, Stance
from argmap.stance import make_topic
from tests.cli.running import run
from tests.sources.official import DAY

_SPEECHES: dict[Side, str] = {
    "pro": "mr. speaker , i rise today . we should pass this bill . the bill is good .",
    "con": "this bill is wrong . i will vote against the bill . it rained .",
}


def convote(data: Path, rows: list[tuple[str, str, str, Side]], split: str = "test") -> None:
    path = data / "votes/convote.jsonl.xz"
    path.parent.mkdir(parents=True)
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        for speaker, bill, party, label in rows:
            row = {"speaker": speaker, "bill": bill, "party": party, "label": label}
            stream.write(json.dumps({**row, "text": _SPEECHES[label], "split": split}) + "\n")


def stance(score: float, label: str) -> Stance:
    return Stance("s", "t", max(score, 0.0), max(-score, 0.0), 1 - abs(score), label)  # type: ignore[arg-type]


def test_answer_is_the_mean_of_what_takes_a_side() -> None:
    said = [stance(0.9, "pro"), stance(-0.3, "unclear"), stance(-0.8, "none")]
    assert votes.labelled(said) == "pro"
    assert votes.forced(said) == "con"
    assert votes.labelled(said[1:]) is None
    assert votes.forced([]) is None


def test_baselines_stand_on_the_cases_that_are_answered() -> None:
    cases = [
        votes.Case("a", "pro", (stance(0.9, "pro"),), by_party="con", by_majority="pro"),
        votes.Case("b", "con", (stance(0.9, "pro"),), by_party="con", by_majority="pro"),
        votes.Case("c", "con", (stance(-0.2, "none"),), by_party="con", by_majority="pro"),
    ]
    labelled, forced = votes.score_cases("Sample", "speaker", cases, data="0")
    assert labelled.agreement is not None and labelled.party is not None
    assert (labelled.agreement.n, labelled.cases, labelled.agreement.value) == (2, 3, 0.5)
    assert (labelled.party.n, labelled.party.value) == (2, 0.5)
    assert forced.agreement is not None and forced.majority is not None
    assert forced.agreement.value == pytest.approx(2 / 3)
    assert forced.majority.value == pytest.approx(1 / 3)


def test_no_answer_and_no_party_are_said_and_not_scored() -> None:
    (labelled, _) = votes.score_cases(
        "Sample", "speech", [votes.Case("a", "pro", (stance(0.1, "none"),))], data="0"
    )
    assert (labelled.agreement, labelled.party, labelled.majority) == (None, None, None)
    row = "| Sample | speech | sentences that take a side | not known | 0 of 1 | not known"
    assert row in votes.votes_table([labelled])


def test_clustered_interval_widens_when_cases_are_one_person_s() -> None:
    right = np.array([True] * 60 + [False] * 40)
    alone = clustered(right, [str(n) for n in range(100)])
    crowd = clustered(right, [str(n // 20) for n in range(100)])
    assert alone.value == crowd.value == pytest.approx(0.6)
    assert crowd.high - crowd.low > 2 * (alone.high - alone.low)
    assert alone == clustered(right, [str(n) for n in range(100)])
    with pytest.raises(ValueError, match="no cases"):
        clustered(np.array([], dtype=bool), [])


def test_convote_is_scored_by_segment_and_by_speaker(tmp_path: Path) -> None:
    rows: list[tuple[str, str, str, Side]] = [
        ("1", "204", "R", "pro"),
        ("1", "204", "R", "pro"),
        ("2", "204", "R", "pro"),
        ("3", "204", "R", "con"),
        ("4", "204", "D", "con"),
        ("5", "204", "D", "con"),
        ("5", "599", "D", "pro"),
    ]
    convote(tmp_path, rows)
    found = votes.run_convote(tmp_path, classifier=FakeClassifier())
    segments, _, speakers, _ = found
    assert (segments.unit, segments.cases) == ("segment", 7)
    assert (speakers.unit, speakers.cases) == ("speaker on a bill", 6)
    for row in (segments, speakers):
        assert row.agreement is not None
        assert row.agreement.value == 1.0
    # Of the speakers, the colleagues of 1 and 2 are divided and those of 5 on bill 599 none at
    # all, so all three get the larger side, for; only 5 on 599 and 1 and 2 are on it.
    assert speakers.party is not None
    assert speakers.party.value == pytest.approx(5 / 6)


def test_convote_of_another_split_gives_nothing_to_score(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        votes.run_convote(tmp_path, classifier=FakeClassifier())


def test_divisions_of_the_table_are_each_a_proposition_with_a_sense() -> None:
    entries = votes.judged_divisions()
    assert len({(entry.file, entry.number) for entry in entries}) == len(entries) >= 12
    assert {entry.aye for entry in entries} == set(SIDES)
    for entry in entries:
        assert make_topic(entry.motion).motion == entry.motion


def _one(**changes: str) -> tuple[votes.Judged, ...]:
    entry = {
        "file": "day.xml",
        "number": "12",
        "debate": "Harbour Bill",
        "motion": "Night work in harbours should end.",
        "aye": "pro",
        **changes,
    }
    return (votes.Judged(**entry),)  # type: ignore[arg-type]


@pytest.mark.parametrize(("aye", "agreeing"), [("pro", 1.0), ("con", 0.0)])
def test_hansard_is_scored_by_speech_and_speaker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aye: str, agreeing: float
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "day.xml.xz").write_bytes(lzma.compress(DAY.encode()))
    monkeypatch.setattr(votes, "judged_divisions", lambda: _one(aye=aye))
    every, single = votes.run_hansard(tmp_path, classifier=FakeClassifier())
    speeches, _, speakers, _ = every
    assert (speeches.cases, speakers.cases) == (3, 3)
    assert speakers.agreement is not None and speakers.majority is not None
    assert speakers.agreement.value == agreeing
    assert speakers.majority.value == pytest.approx(2 / 3)
    assert speakers.party is None
    assert [row.title for row in single] == ["2031-03-04, division 12"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"file": "other.xml"}, "this day is missing"),
        ({"number": "13"}, "no division 13"),
        ({"debate": "Fish"}, "no heading “Fish”"),
    ],
)
def test_entry_that_does_not_fit_the_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], problem: str
) -> None:
    (tmp_path / "day.xml").write_text(DAY, encoding="utf-8")
    monkeypatch.setattr(votes, "judged_divisions", lambda: _one(**changes))
    with pytest.raises(InputError, match=problem):
        votes.run_hansard(tmp_path, classifier=FakeClassifier())


def test_command_asks_for_something_to_score() -> None:
    result = run("eval", "votes")
    assert result.exit_code == 1
    assert "Give --data, --hansard or both." in result.stderr


@pytest.mark.model
def test_the_shipped_model_scores_a_tiny_sample(
    tmp_path: Path, classifier: PairClassifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    convote(tmp_path, [("1", "204", "R", "pro"), ("2", "204", "D", "con")] * 4)
    (tmp_path / "day.xml").write_text(DAY, encoding="utf-8")
    monkeypatch.setattr(votes, "judged_divisions", lambda: _one())
    every, single = votes.run_hansard(tmp_path, classifier=classifier)
    results = [*votes.run_convote(tmp_path, classifier=classifier), *every, *single]
    assert [row.cases for row in results] == [8, 8, 2, 2, 3, 3, 3, 3, 3]
    # Speeches as plain as these a model must get right, whatever its scores elsewhere.
    segments = results[0]
    assert segments.agreement is not None
    assert segments.agreement.value == 1.0
    table = votes.votes_table(results)
    assert table.count("\n") == len(results) + 2
