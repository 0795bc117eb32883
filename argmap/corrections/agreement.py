"""How far model and person, and two persons, give the same labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from argmap.corrections.log import labels_given, standing
from argmap.records import LABELS, Debate, Label
from argmap.stance.resampling import RESAMPLES
from argmap.structure.intervals import Share, share_of

#: Fewer pairs give a kappa whose interval, drawn from so few, says nothing.
LEAST = 10

_DIGITS = 4
_SEED = 0


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa with its 95% interval: 1 is agreement, 0 what chance would give.

    Cohen (1960), "A coefficient of agreement for nominal scales"; the percentile interval draws
    the pairs again (Efron and Tibshirani 1993). Draws in which only one label is used, where
    kappa is not defined, are passed over.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs of labels of the same sentences on the same motion.

    Attributes:
        counts: pairs by label, in the order of ``LABELS``: rows the first's (the model's, or the
            first author's), columns the second's.
        share: of the pairs that are alike, with Wilson's interval.
        kappa: ``None`` where there are fewer than ``LEAST`` pairs, or both only ever gave one and
            the same label.
    """

    counts: tuple[tuple[int, ...], ...]
    share: Share
    kappa: Kappa | None

    @property
    def n(self) -> int:
        """Number of pairs."""
        return self.share.total


@dataclass(frozen=True, slots=True)
class Agreements:
    """Agreement of the model with the labels that people gave.

    Attributes:
        all: every label that stands. Most are corrections of what looked wrong, so this says how
            the model does on those, not on the debate.
        drawn: those of sentences that were drawn at random.
        topics: by topic id, in the debate's order, where there are any.
        authors: by who gave the label, each person's last on a sentence.
        between: of two authors, where both judged the same sentence.
    """

    all: Agreement
    drawn: Agreement
    topics: tuple[tuple[str, Agreement], ...]
    authors: tuple[tuple[str, Agreement], ...]
    between: tuple[tuple[str, str, Agreement], ...]


def agreement(debate: Debate) -> Agreements:
    """Compare the labels that stand in the debate's log with the model's.

    The model's label is the one at the debate's threshold, ``"unclear"`` where it abstains.
    Sentences that no model judged on the motion are left out.
    """
    model: dict[tuple[str, str], Label] = {
        (s.statement, s.topic): s.model_label or s.label for s in debate.stances
    }
    by_author: dict[str, dict[tuple[str, str], Label]] = defaultdict(dict)
    drawn: set[tuple[str, str]] = set()
    for edit in standing(debate.edits):
        if edit.kind != "label" or edit.topic is None or edit.label is None:
            continue
        for statement in edit.statements:
            key = (statement, edit.topic)
            if key in model:
                by_author[edit.author][key] = edit.label
                drawn |= {key} if edit.drawn else set()
    last = {key: e.label for key, e in labels_given(debate.edits).items() if e.label is not None}
    person = {key: label for key, label in last.items() if key in model}
    authors = sorted(by_author)
    return Agreements(
        all=compare((model[key], label) for key, label in person.items()),
        drawn=compare((model[key], label) for key, label in person.items() if key in drawn),
        topics=tuple(
            (topic.id, compare(pairs))
            for topic in debate.topics
            if (pairs := [(model[key], x) for key, x in person.items() if key[1] == topic.id])
        ),
        authors=tuple(
            (author, compare((model[key], x) for key, x in by_author[author].items()))
            for author in authors
        ),
        between=tuple(
            (one, other, compare(pairs))
            for one, other in combinations(authors, 2)
            if (
                pairs := [
                    (by_author[one][key], by_author[other][key])
                    for key in by_author[one].keys() & by_author[other].keys()
                ]
            )
        ),
    )


def compare(pairs: Iterable[tuple[Label, Label]]) -> Agreement:
    """Agreement of pairs of labels, whatever their order."""
    counts = np.zeros((len(LABELS), len(LABELS)), dtype=np.int64)
    for first, second in pairs:
        counts[LABELS.index(first), LABELS.index(second)] += 1
    n = int(counts.sum())
    return Agreement(
        tuple(tuple(int(x) for x in row) for row in counts),
        share_of(int(np.trace(counts)), n, float(n)),
        _kappa(counts),
    )


def _kappa(counts: NDArray[np.int64]) -> Kappa | None:
    n = int(counts.sum())
    if n < LEAST:
        return None
    value = float(_kappas(counts[None])[0])
    if np.isnan(value):
        return None
    # Drawing pairs again is drawing the table's cells from a multinomial.
    rng = np.random.default_rng(_SEED)
    draws = rng.multinomial(n, counts.ravel() / n, size=RESAMPLES).reshape(-1, *counts.shape)
    low, high = np.nanpercentile(_kappas(draws), [2.5, 97.5])
    return Kappa(round(value, _DIGITS), round(float(low), _DIGITS), round(float(high), _DIGITS))


def _kappas(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    """Kappa of each table, shape ``(k, 4, 4)``; not a number where it is not defined."""
    n = tables.sum(axis=(1, 2)).astype(float)
    alike = np.trace(tables, axis1=1, axis2=2) / n
    chance = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / n**2
    with np.errstate(invalid="ignore", divide="ignore"):
        # Where both only ever gave one label, chance alone agrees in full.
        return np.where(chance < 1.0, (alike - chance) / (1.0 - chance), np.nan)
