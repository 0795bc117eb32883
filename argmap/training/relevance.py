"""From training documents to the line that tells a passage on a motion from one that is off it.

A document is put to its own motions and to those of other debates; a passage and one of its own
motions should score high. Nothing is learnt of who takes which side.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from argmap.nlp import Encoder
from argmap.pipeline import StageProgress
from argmap.stance.relevance import FEATURES, Rows, features, passages
from argmap.training.examples import Example, load

#: Sets whose sentences stand in the order of their documents.
SETS = ("prose", "iam_sentences")
#: Two motions this near are on one debate, so neither is foreign to the other's documents.
_SAME_DEBATE = 0.45
_RIDGE = 1e-3
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A document put to every motion of its set.

    Attributes:
        labels: of each sentence, the class by motion where one was given.
        bounds: its passages.
        features: of each passage and motion, shape ``(passages, motions, 7)``.
        own: columns of its own motions; ``others`` those of other debates.
    """

    document: str
    labels: tuple[dict[int, int], ...]
    bounds: tuple[tuple[int, int], ...]
    features: Rows
    own: tuple[int, ...]
    others: tuple[int, ...]


def ask(
    data: Path, name: str, split: str, *, encoder: Encoder, progress: StageProgress | None = None
) -> tuple[str, list[Asked]]:
    """SHA-256 of one set's rows, and its documents put to its motions.

    Raises:
        InputError: the set is missing.
    """
    examples = load(data, name, split)
    texts = list(dict.fromkeys(example.text for example in examples))
    row = {text: index for index, text in enumerate(texts)}
    told = None if progress is None else partial(progress, f"Encoding {name}, {split}")
    vectors = encoder.encode(texts, progress=told)
    column = {m: n for n, m in enumerate(dict.fromkeys(example.motion for example in examples))}
    motions = encoder.encode(list(column))
    same = motions @ motions.T >= _SAME_DEBATE
    found = []
    for document, sentences in _documents(examples, column):
        own = sorted({motion for _, labels in sentences for motion in labels})
        bounds = passages(len(sentences))
        rows = vectors[[row[text] for text, _ in sentences]]
        found.append(
            Asked(
                document=document,
                labels=tuple(labels for _, labels in sentences),
                bounds=tuple(bounds),
                features=features(rows, bounds, motions),
                own=tuple(own),
                others=tuple(int(n) for n in np.flatnonzero(~same[own].any(axis=0))),
            )
        )
    rows_of_it = [[example.text, example.motion, example.label] for example in examples]
    return sha256(json.dumps(rows_of_it).encode()).hexdigest(), found


def _documents(
    examples: Sequence[Example], column: dict[str, int]
) -> Iterator[tuple[str, list[tuple[str, dict[int, int]]]]]:
    """Sentences of each document in order, with the labels of each on its motions."""
    found: dict[str, dict[str, dict[int, int]]] = defaultdict(dict)
    for example in examples:
        document = example.group.split("|")[0] or example.motion
        labels = found[document].setdefault(example.text, {})
        labels[column[example.motion]] = example.label
    return ((document, list(texts.items())) for document, texts in found.items())


def fit_line(documents: Sequence[Asked]) -> tuple[tuple[float, ...], float]:
    """Weights and bias of a logistic regression of own motions against those of other debates.

    Both kinds weigh the same in all; features are standardised for the ridge, and the weights are
    those of the features as they are.
    """
    own = np.concatenate([d.features[:, list(d.own)].reshape(-1, len(FEATURES)) for d in documents])
    others = np.concatenate(
        [d.features[:, list(d.others)].reshape(-1, len(FEATURES)) for d in documents]
    )
    rows = np.concatenate([own, others])
    signs = np.concatenate([np.ones(len(own)), -np.ones(len(others))])
    shares = np.where(signs > 0, 0.5 / len(own), 0.5 / len(others))
    centre, spread = rows.mean(axis=0), rows.std(axis=0)
    standard = np.column_stack([(rows - centre) / spread, np.ones(len(rows))])

    def loss(line: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (standard @ line)
        value = shares @ np.logaddexp(0.0, -margins) + _RIDGE * (line[:-1] ** 2).sum()
        pull = -signs * shares / (1.0 + np.exp(margins))
        slope = standard.T @ pull
        slope[:-1] += 2 * _RIDGE * line[:-1]
        return float(value), slope

    line = minimize(loss, np.zeros(standard.shape[1]), jac=True, method="L-BFGS-B").x
    weights = line[:-1] / spread
    bias = float(line[-1] - weights @ centre)
    return tuple(round(float(w), _DIGITS) for w in weights), round(bias, _DIGITS)
