"""Another threshold on a mapped debate is the same as mapping it with that threshold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder
from argmap.pipeline import map_debate, relabel
from argmap.records import Debate, Document
from argmap.stance import make_topic

TEXT = (
    "Nurses deserve a larger pay rise, Ann Adeyemi said. A rise would cost too much. "
    "Pay is not the point. The talks began on Monday."
)


def mapped(threshold: float | None) -> Debate:
    return map_debate(
        (Document.create(title="Pay", text=TEXT),),
        (make_topic("Nurses should receive a larger pay rise.", id="pay"),),
        title="Pay",
        classifier=FakeClassifier(),
        encoder=FakeEncoder(),
        relation_classifier=FakeClassifier(),
        attributor=FakeAttributor(),
        threshold=threshold,
    )


@pytest.mark.parametrize("threshold", [0.5, 0.85, 0.95])
def test_relabelling_is_mapping_with_that_threshold(threshold: float) -> None:
    again = relabel(
        mapped(None),
        threshold=threshold,
        use=None,
        encoder=FakeEncoder(),
        relation_classifier=FakeClassifier(),
    )
    assert again == mapped(threshold)


def test_there_and_back_leaves_the_debate_as_it_was() -> None:
    before = replace(mapped(None), title="A name of its own")
    models = {"encoder": FakeEncoder(), "relation_classifier": FakeClassifier()}
    strict = relabel(before, threshold=0.87, use="citing", **models)  # type: ignore[arg-type]
    assert strict.run.settings == {"threshold": 0.87, "use": "citing"}
    assert {s.label for s in strict.stances} != {s.label for s in before.stances}
    assert relabel(strict, threshold=0.5, use=None, **models) == before  # type: ignore[arg-type]
