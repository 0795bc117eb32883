"""What the stance model said, kept between runs: found again, bounded, and never fatal."""

import multiprocessing
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from argmap import nlp
from argmap.nlp.cached import CachedClassifier
from argmap.store import Scores, remembered
from tests.store.conftest import SQLITE

# These lie beside the database, in a file of their own.
pytestmark = SQLITE

MOTION = "Nurses should be paid more."
PAIRS = [("Nurses deserve more.", MOTION), ("The shop sells bread.", MOTION)]


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def rows(numbers: range) -> dict[bytes, tuple[float, ...]]:
    return {key(n): (0.5, 0.25, 0.25) for n in numbers}


def test_scores_are_found_by_another_of_the_same_file(tmp_path: Path) -> None:
    Scores(tmp_path / "s.db").put({key(1): (0.1, 0.2, 0.7)})
    assert Scores(tmp_path / "s.db").get([key(1), key(2)]) == {key(1): (0.1, 0.2, 0.7)}


def test_scores_let_the_oldest_go(tmp_path: Path) -> None:
    scores = Scores(tmp_path / "s.db", most=10)
    scores.put(rows(range(8)))
    scores.put(rows(range(8, 14)))
    assert set(scores.get([key(n) for n in range(14)])) == {key(n) for n in range(4, 14)}


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(b"not a database, but long enough to be looked at" * 40)
    scores = Scores(path)
    assert scores.get([key(1)]) == {}
    assert (tmp_path / "s.db.damaged").read_bytes().startswith(b"not a database")
    scores.put(rows(range(2)))
    assert len(scores.get([key(1)])) == 1


def test_a_locked_file_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("argmap.store.scores._TIMEOUT", 0.05)
    scores = Scores(tmp_path / "s.db")
    scores.put(rows(range(2)))
    other = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    scores.put(rows(range(2, 4)))
    other.execute("ROLLBACK")
    other.close()
    assert "Going on without it" in caplog.text
    assert len(scores.get([key(n) for n in range(4)])) == 2


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    scores = Scores(tmp_path / "file" / "s.db")
    scores.put(rows(range(2)))
    assert scores.get([key(1)]) == {}


def _fill(path: Path, start: int) -> None:
    for n in range(start, start + 40):
        Scores(path).put(rows(range(n, n + 1)))


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_fill, args=(tmp_path / "s.db", start)) for start in (0, 100)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    wanted = [*range(40), *range(100, 140)]
    assert len(Scores(tmp_path / "s.db").get([key(n) for n in wanted])) == 80


def test_a_remembered_classifier_is_asked_each_pair_once(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    first, second = nlp.FakeClassifier(), nlp.FakeClassifier()
    wanted = nlp.FakeClassifier().predict_proba(PAIRS)
    seen: list[tuple[int, int]] = []
    one = CachedClassifier(first, Scores(path), fingerprint="a")
    found = one.predict_proba([*PAIRS, PAIRS[0]], progress=lambda *step: seen.append(step))
    np.testing.assert_array_equal(found, wanted[[0, 1, 0]])
    assert seen[-1] == (2, 2)
    again = CachedClassifier(second, Scores(path), fingerprint="a")
    np.testing.assert_array_equal(again.predict_proba(PAIRS), wanted)
    assert (first.calls, second.calls) == (2, 0)
    assert again.predict_proba([]).shape == (0, 3)


def test_other_settings_words_before_or_motions_are_asked_anew(tmp_path: Path) -> None:
    classifier = nlp.FakeClassifier()
    scores = Scores(tmp_path / "s.db")
    CachedClassifier(classifier, scores, fingerprint="a").predict_proba(PAIRS[:1])
    CachedClassifier(classifier, scores, fingerprint="b").predict_proba(PAIRS[:1])
    one = CachedClassifier(classifier, scores, fingerprint="a")
    one.predict_proba(PAIRS[:1], contexts=["She said so."])
    one.predict_proba([(PAIRS[0][0], "Taxes should fall.")])
    assert classifier.calls == 4


def test_what_was_scored_before_a_stop_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > 4:
            raise StoppedError

    monkeypatch.setattr("argmap.nlp.cached._BLOCK", 4)
    pairs = [(f"Sentence {n}.", MOTION) for n in range(12)]
    scores = Scores(tmp_path / "s.db")
    with pytest.raises(StoppedError):
        CachedClassifier(nlp.FakeClassifier(), scores, fingerprint="a").predict_proba(
            pairs, progress=stop
        )
    rest = nlp.FakeClassifier()
    CachedClassifier(rest, scores, fingerprint="a").predict_proba(pairs)
    assert rest.calls == 8


def test_no_text_stands_in_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    CachedClassifier(nlp.FakeClassifier(), Scores(path), fingerprint="a").predict_proba(PAIRS)
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Nurses" not in held and b"bread" not in held


def test_a_classifier_that_cannot_say_what_it_is_stays_as_it_is() -> None:
    classifier = nlp.FakeClassifier()
    assert remembered(classifier) is classifier
