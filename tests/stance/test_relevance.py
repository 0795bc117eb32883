"""Which passages are off a motion: whole passages, only as a measured encoder says."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import nlp
from argmap.errors import ModelError
from argmap.nlp.backbone import BACKBONE_SHA256
from argmap.records import Statement
from argmap.stance import Relevance, classify, make_topic, relevance
from argmap.stance.relevance import (
    FEATURES,
    LEAST,
    PASSAGE,
    Prefilter,
    dumps,
    features,
    passages,
    read_prefilter,
)

NURSES = make_topic("Nurses should receive higher wages.")
FOXES = make_topic("Hunting foxes should stay banned.")
#: Scores a passage by its greatest cosine alone.
MEASURED = Prefilter(
    BACKBONE_SHA256,
    (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    0.0,
    0.3,
    0.02,
    (("prose", 0.99),),
    (("prose", "0" * 64),),
)


def statements(texts: list[str], document: str = "d") -> list[Statement]:
    return [
        Statement(f"{document}-{n}", document, n * 100, n * 100 + 9, text)
        for n, text in enumerate(texts)
    ]


def off(own: list[Statement]) -> frozenset[tuple[str, str]]:
    return Relevance(nlp.FakeEncoder(), MEASURED).off(own, [NURSES, FOXES])


def test_one_near_sentence_keeps_its_whole_passage() -> None:
    own = statements(["Bread sold well."] * 9 + ["Nurses need higher wages."])
    assert off(own) == {(statement.id, FOXES.id) for statement in own}


def test_a_short_document_is_always_asked() -> None:
    assert off(statements(["Bread sold well."] * (LEAST - 1))) == frozenset()


def test_documents_do_not_lend_each_other_their_passages() -> None:
    near = statements(["Nurses need higher wages."] * 9, "near")
    far = statements(["Bread sold well."] * 9, "far")
    found = off([*near, *far])
    assert {s for s, t in found if t == NURSES.id} == {statement.id for statement in far}


@given(st.lists(st.sampled_from(["Bread sold well.", "Nurses need higher wages.", "Foxes hunting"]),
                max_size=70))  # fmt: skip
def test_a_passage_is_off_as_a_whole_and_by_its_own_score(texts: list[str]) -> None:
    own = statements(texts)
    encoder = nlp.FakeEncoder()
    motions = encoder.encode([NURSES.motion, FOXES.motion])
    wanted = set()
    if len(own) >= LEAST:
        for start, stop in passages(len(own)):
            best = (encoder.encode(texts[start:stop]) @ motions.T).max(axis=0)
            for topic, cosine in zip((NURSES, FOXES), best, strict=True):
                if cosine < MEASURED.threshold:
                    wanted |= {(statement.id, topic.id) for statement in own[start:stop]}
    assert off(own) == wanted
    assert off(own[::-1]) == wanted


def test_features_are_those_that_their_names_say() -> None:
    vectors = np.eye(3, dtype=np.float32)[[0, 0, 1, 2, 2, 2]]
    motion = np.array([[1.0, 0.0, 0.0]], dtype=np.float32)
    ((first,), (second,)) = features(vectors, [(0, 3), (3, 6)], motion)
    around = 2 / np.sqrt(4 + 1 + 9)
    np.testing.assert_allclose(first, [1, 2 / 3, 2 / 3, 1, 2 / np.sqrt(5), around, 2 / 3])
    np.testing.assert_allclose(second, [0, 0, 0, 0, 0, around, 2 / 3])


def test_what_stands_far_off_is_not_around_a_passage() -> None:
    far = PASSAGE * 5
    vectors = np.eye(2, dtype=np.float32)[[0] * PASSAGE + [1] * far]
    found = features(vectors, passages(PASSAGE + far), np.array([[1.0, 0.0]], dtype=np.float32))
    around = found[:, 0, FEATURES.index("three around")]
    assert around.tolist() == [1, 1, 1, 1, 0, 0]


@given(st.integers(0, 200))
def test_passages_are_even_and_hold_every_statement_in_order(count: int) -> None:
    blocks = passages(count)
    assert [n for start, stop in blocks for n in range(start, stop)] == list(range(count))
    sizes = [stop - start for start, stop in blocks]
    assert all(0 < size <= PASSAGE for size in sizes)
    if sizes:
        assert max(sizes) - min(sizes) <= 1


def test_classify_does_not_ask_about_what_is_off_and_says_so() -> None:
    own = statements(["Nurses need higher wages.", "Bread sold well."])
    classifier = nlp.FakeClassifier()
    found = classify(own, [NURSES], classifier=classifier, off={(own[1].id, NURSES.id)}, sided=0.02)
    assert classifier.calls == 1
    assert [stance.off_motion for stance in found] == [False, True]
    assert (found[1].pro, found[1].con, found[1].none, found[1].label) == (0.01, 0.01, 0.98, "none")


def test_a_measurement_with_another_encoder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prefilter.json"
    monkeypatch.setattr(relevance, "prefilter_file", lambda: path)
    assert read_prefilter() is None
    path.write_text(dumps(MEASURED))
    assert read_prefilter() == MEASURED
    path.write_text(dumps(replace(MEASURED, encoder="1" * 64)))
    with pytest.raises(ModelError, match="another encoder"):
        read_prefilter()
    path.write_text(dumps(replace(MEASURED, weights=(1.0,))))
    with pytest.raises(ModelError, match="another version"):
        read_prefilter()
    path.write_text(json.dumps({"encoder": 1}))
    with pytest.raises(ModelError, match="eval prefilter"):
        read_prefilter()
