"""Which passages are off a motion: whole passages, only as a measured encoder says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import nlp
from argmap.errors import ModelError
from argmap.nlp.backbone import BACKBONE_SHA256
from argmap.records import Statement
from argmap.stance import Relevance, classify, make_topic, relevance
from argmap.stance.relevance import LEAST, PASSAGE, Prefilter, dumps, passages, read_prefilter

NURSES = make_topic("Nurses should receive higher wages.")
FOXES = make_topic("Hunting foxes should stay banned.")
MEASURED = Prefilter(BACKBONE_SHA256, 0.3, 0.02, (("prose", 0.99),), (("prose", "0" * 64),))


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
def test_what_is_off_is_the_same_as_if_every_sentence_were_encoded(texts: list[str]) -> None:
    own = statements(texts)
    encoder = nlp.FakeEncoder()
    motions = encoder.encode([NURSES.motion, FOXES.motion])
    wanted = set()
    for block in passages(own):
        best = relevance.nearest_of(encoder.encode([s.text for s in block]), motions)
        for topic, cosine in zip((NURSES, FOXES), best, strict=True):
            if len(block) >= LEAST and cosine < MEASURED.threshold:
                wanted |= {(statement.id, topic.id) for statement in block}
    assert off(own) == wanted


@given(st.integers(0, 200))
def test_passages_are_even_and_hold_every_statement_in_order(count: int) -> None:
    own = statements(["x"] * count)
    blocks = list(passages(reversed(own)))  # type: ignore[arg-type]
    assert [s for block in blocks for s in block] == own
    assert all(len(block) <= PASSAGE for block in blocks)
    if blocks:
        assert max(map(len, blocks)) - min(map(len, blocks)) <= 1


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
    path.write_text(json.dumps({"encoder": 1}))
    with pytest.raises(ModelError, match="eval prefilter"):
        read_prefilter()
