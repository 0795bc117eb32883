"""Motions that the sources put up: ranked, each once, each with its sentence."""

from __future__ import annotations

import pytest

from argmap.bundled import bundled_debates
from argmap.nlp import FakeEncoder
from argmap.records import Document
from argmap.structure import suggest_motions

LIDO = Document.create(
    title="Lido in Arden may close",
    text="The council will vote on the lido in Arden. Campaigners urged the council to keep the "
    "lido in Arden open.\n\nThe county should sell its farms, one member said. A swimmer urged the "
    "council to keep the lido in Arden open. Buses were full.",
)
FARMS = Document.create(
    title="Farms for sale", text="Members called on the council to keep the lido in Arden open."
)


def test_what_is_put_up_again_comes_once_and_first_with_its_sentence() -> None:
    first, *rest = suggest_motions((LIDO, FARMS), encoder=FakeEncoder())
    assert first.motion == "The council should keep the lido in Arden open."
    assert first.times == 3
    assert first.span is not None
    document = {d.id: d for d in (LIDO, FARMS)}[first.document]
    assert document.text[first.span.start : first.span.end] == first.source
    assert first.motion not in [one.motion for one in rest]


def test_there_are_never_more_than_asked_for_and_there_may_be_none() -> None:
    text = " ".join(f"Members urged the {w} council to sell its {w} farm." for w in "abcdefghij")
    document = Document.create(title="Council farm", text=text)
    assert len(suggest_motions((document,), encoder=FakeEncoder(), most=2)) <= 2
    assert suggest_motions((), encoder=FakeEncoder()) == ()
    bare = Document.create(title="Weather", text="It rained. It was cold and grey all day.")
    assert suggest_motions((bare,), encoder=FakeEncoder()) == ()


def test_the_same_sources_give_the_same_suggestions() -> None:
    made = [suggest_motions((LIDO, FARMS), encoder=FakeEncoder()) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.model
def test_bundled_debates_suggest_motions_near_their_own() -> None:
    """Three of the four have a motion of their own put up in so many words."""
    from argmap.nlp import load_point_encoder

    encoder = load_point_encoder()
    near = {}
    for debate in bundled_debates():
        found = suggest_motions(debate.documents, encoder=encoder)
        for one in found:
            texts = {d.id: (d.text, d.title) for d in debate.documents}[one.document]
            assert one.source in texts[0] or one.source == texts[1]
        vectors = encoder.encode([*(t.motion for t in debate.topics), *(s.motion for s in found)])
        own, suggested = vectors[: len(debate.topics)], vectors[len(debate.topics) :]
        near[debate.id] = float((own @ suggested.T).max()) if found else 0.0
    assert sum(score >= 0.5 for score in near.values()) >= 3, near
