"""The shipped models, loaded for real."""

import subprocess
import sys

import numpy as np
import pytest

from argmap.nlp import Encoder, PairClassifier, PointEncoder
from tests.nlp.threads import one_thread

pytestmark = pytest.mark.model

MOTION = "Nurses should receive a larger pay rise."
PAIRS = [
    ("Nurses deserve a bigger pay rise.", MOTION),
    ("A bigger pay rise for nurses would be wrong.", MOTION),
    ("The museum opens at ten on Sundays.", MOTION),
    ("Nurses deserve a bigger pay rise.", MOTION),
]


def test_classifier_takes_sides_on_plain_sentences(classifier: PairClassifier) -> None:
    assert list(classifier.predict_proba(PAIRS).argmax(axis=1)) == [0, 1, 2, 0]


def test_classifier_gives_probabilities_whatever_the_batch(classifier: PairClassifier) -> None:
    with one_thread():
        together = classifier.predict_proba(PAIRS)
        alone = np.concatenate([classifier.predict_proba([pair]) for pair in PAIRS])
    assert together.shape == (4, 3)
    np.testing.assert_allclose(together.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(together, alone)
    assert (together[0] == together[3]).all()


def test_classifier_reports_each_distinct_pair_once(classifier: PairClassifier) -> None:
    seen: list[tuple[int, int]] = []
    classifier.predict_proba(PAIRS, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)


def test_classifier_of_no_pairs_is_empty(classifier: PairClassifier) -> None:
    assert classifier.predict_proba([]).shape == (0, 3)


def test_classifier_survives_hostile_text(classifier: PairClassifier) -> None:
    texts = ["", " ", "\x00", "😀" * 400, "a" * 10_000, "‏שלום", "<b>[x](y)</b>"]
    probabilities = classifier.predict_proba([(text, MOTION) for text in texts])
    assert np.isfinite(probabilities).all()


def test_encoder_puts_paraphrases_nearer(encoder: Encoder) -> None:
    vectors = encoder.encode(
        ["Nurses are paid too little.", "Nurses' wages are too low.", "The ship left port."]
    )
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_point_encoder_puts_one_point_in_other_words_nearer_than_the_same_subject(
    point_encoder: PointEncoder,
) -> None:
    vectors = point_encoder.encode(
        [
            "Homework leaves children no time to play.",
            "Pupils who sit over exercises every evening miss out on their free time.",
            "Homework shows parents what their children are taught.",
        ]
    )
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_point_encoder_rates_an_argument_over_a_fragment(point_encoder: PointEncoder) -> None:
    vectors = point_encoder.encode(
        [
            "School uniforms hide differences in income, so that fewer pupils are bullied.",
            "i dont like it",
        ]
    )
    argument, fragment = point_encoder.quality(vectors)
    assert 1 >= argument > fragment >= 0


def test_importing_the_room_imports_no_torch() -> None:
    code = "import sys, argmap.nlp; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Source, target, and the probabilities of support, attack and none. Sentences of ours.
RELATED = [
    ("Free ferries would bankrupt the harbours that run them.", "Ferries should be free."),
    ("Geese keep villages awake.", "Geese eat the slugs in every garden."),
    ("Everyone should be able to reach a hospital, whatever they earn.",
     "Ferries to the islands should be free."),
    ("The minister's claim about the harbour is simply not true.",
     "The harbour made a profit last year."),
]  # fmt: skip
PINNED = [
    [0.178, 0.811, 0.011],
    [0.085, 0.197, 0.719],
    [0.044, 0.103, 0.853],
    [0.063, 0.549, 0.389],
]


def test_relation_classifier_gives_the_pinned_probabilities(
    relation_classifier: PairClassifier,
) -> None:
    rows = relation_classifier.predict_proba(RELATED)
    np.testing.assert_allclose(rows, PINNED, atol=0.02)
    assert list(rows[:2].argmax(axis=1)) == [1, 2]
