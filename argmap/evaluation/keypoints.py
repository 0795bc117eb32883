"""``argmap eval points``: which key point an argument makes, and groups without being told them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.matching import best_matches, matching_score
from argmap.evaluation.metrics import Score, resamples
from argmap.evaluation.partitions import agreement, f1
from argmap.nlp import Encoder, PointEncoder, Progress
from argmap.structure.clustering import cluster
from argmap.structure.keypoints import MOTION_SHARE, group_points
from argmap.structure.vectors import Vectors, remove_direction
from argmap.training.points import MATCH, Group
from argmap.training.quality import rank_correlation

#: Where average linkage on the plain encoder's vectors is cut: of the levels from 0.30 to 0.70 the
#: one with the best adjusted Rand index on KPA 2021's development split.
PLAIN_LEVEL = 0.45

#: One group for each number; rows in no group are alone.
Groups = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Matching:
    """Mean average precision of one encoder, strict and relaxed."""

    way: str
    strict: Score
    relaxed: Score


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of one way against those of people.

    Attributes:
        precision, recall, f1: B-cubed, over arguments with exactly one key point.
        v_measure, adjusted_rand: of the same arguments, means over topics and stances.
        pairs: share of the pairs in one group that have a key point in common; an argument
            without any key point has none in common with others.
        placed, misplaced: share of the arguments with a key point, and of those without any, that
            are in a group.
        largest: mean share of a side that its largest group holds.
    """

    way: str
    precision: Score
    recall: Score
    f1: Score
    v_measure: float
    adjusted_rand: float
    pairs: float
    placed: float
    misplaced: float
    largest: float


@dataclass(frozen=True, slots=True)
class PointScores:
    """Everything ``argmap eval points`` tells."""

    matchings: tuple[Matching, ...]
    groupings: tuple[Grouping, ...]
    quality: Score


def run_points(
    groups: Sequence[Group],
    rated: tuple[Sequence[str], Vectors],
    *,
    encoder: PointEncoder,
    plain: Encoder,
    progress: Callable[[str], Progress] | None = None,
) -> PointScores:
    """Score the key-point model and the plain encoder on one split of KPA 2021.

    Args:
        rated: arguments and their quality, for the rank correlation.
    """
    matchings: list[Matching] = []
    groupings: list[Grouping] = []
    ways: tuple[tuple[str, Encoder], ...] = (("plain", plain), ("points", encoder))
    for number, (way, used) in enumerate(ways):
        encoded = []
        for place, group in enumerate(groups):
            texts = [*group.arguments, *group.key_points, group.topic]
            encoded.append(used.encode(texts))
            if progress is not None:
                progress(f"Encoding, {way}")(place + 1, len(groups))
        best = [
            best_matches(g, v[: len(g.arguments)] @ v[len(g.arguments) : -1].T)
            for g, v in zip(groups, encoded, strict=True)
        ]
        matchings.append(
            Matching(
                used.model_id,
                matching_score(best, relaxed=False),
                matching_score(best, relaxed=True),
            )
        )
        sides = [
            remove_direction(v[: len(g.arguments)], v[-1], MOTION_SHARE)
            for g, v in zip(groups, encoded, strict=True)
        ]
        if number == 0:
            cut = [cluster(rows, threshold=PLAIN_LEVEL) for rows in sides]
            groupings.append(score_groups(f"{used.model_id}, cut at {PLAIN_LEVEL}", groups, cut))
        else:
            found = [group_points(rows) for rows in sides]
            wide = [[rows for rows, _ in side] for side in found]
            groupings.append(score_groups(f"{used.model_id}, key points", groups, wide))
            near = [_finest(side) for side in found]
            groupings.append(score_groups(f"{used.model_id}, sub-points", groups, near))
    said, gold = rated
    scores = encoder.quality(
        encoder.encode(said, progress=None if progress is None else progress("Rating quality"))
    )
    return PointScores(tuple(matchings), tuple(groupings), _correlation(scores, gold))


def _finest(side: Sequence[tuple[Sequence[int], Groups]]) -> list[Sequence[int]]:
    """Sub-points where there are any, else key points; what is in no sub-point stands alone."""
    return [group for rows, close in side for group in (close or [rows])]


def score_groups(way: str, groups: Sequence[Group], found: Sequence[Groups]) -> Grouping:
    """Hold the groups of every side against the key points that people gave its arguments."""
    precision: list[NDArray[np.float64]] = []
    recall: list[NDArray[np.float64]] = []
    measures: list[tuple[float, float, float]] = []
    right = pairs = 0.0
    placed: list[NDArray[np.bool_]] = []
    misplaced: list[NDArray[np.bool_]] = []
    for group, own in zip(groups, found, strict=True):
        match = np.array(group.labels) == MATCH
        # Those in no group get a number of their own.
        label = -1 - np.arange(len(match))
        for number, rows in enumerate(own):
            label[list(rows)] = number if len(rows) > 1 else label[list(rows)]
        one = match.sum(axis=1) == 1
        agreed = agreement(label[one].tolist(), match[one].argmax(axis=1).tolist())
        precision.append(agreed.precision)
        recall.append(agreed.recall)
        largest = max((len(rows) for rows in own), default=1)
        measures.append((agreed.v_measure, agreed.adjusted_rand, largest / len(match)))
        shared = (match.astype(int) @ match.T.astype(int)) > 0
        for rows in own:
            inside = np.ix_(list(rows), list(rows))
            right += np.triu(shared[inside], 1).sum()
            pairs += len(rows) * (len(rows) - 1) / 2
        placed.append(label[match.any(axis=1)] >= 0)
        misplaced.append(label[~match.any(axis=1)] >= 0)
    p, r = np.concatenate(precision), np.concatenate(recall)
    v_measure, adjusted_rand, share = (float(x) for x in np.mean(measures, axis=0))
    return Grouping(
        way,
        *_b_cubed(p, r),
        v_measure,
        adjusted_rand,
        pairs=float(right / max(pairs, 1.0)),
        placed=float(np.concatenate(placed).mean()),
        misplaced=float(np.concatenate(misplaced).mean()),
        largest=share,
    )


def _b_cubed(
    precision: NDArray[np.float64], recall: NDArray[np.float64]
) -> tuple[Score, Score, Score]:
    """Means over the arguments and their F1; intervals resample the arguments."""
    drawn = resamples(len(precision), seed=0)
    both = np.stack([precision[drawn].mean(axis=1), recall[drawn].mean(axis=1)])
    values = (*both, np.array([f1(p, r) for p, r in both.T]))
    means = float(precision.mean()), float(recall.mean())
    scores = []
    for value, own in zip((*means, f1(*means)), values, strict=True):
        low, high = np.percentile(own, [2.5, 97.5])
        scores.append(Score(value, float(low), float(high), len(precision)))
    return scores[0], scores[1], scores[2]


def _correlation(scores: Vectors, gold: Vectors) -> Score:
    drawn = resamples(len(gold), seed=0)
    values = [rank_correlation(scores[rows], gold[rows]) for rows in drawn]
    low, high = np.percentile(values, [2.5, 97.5])
    return Score(rank_correlation(scores, gold), float(low), float(high), len(gold))


def points_tables(scores: PointScores, *, split: str, data: str, quality_data: str) -> str:
    """The scores as Markdown, with their 95% intervals."""
    lines = [
        f"KPA 2021 {split} split, data {data}; 95% intervals resample arguments",
        "",
        "| encoder | mAP strict | mAP relaxed | arguments |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {own.way} | {_shown(own.strict)} | {_shown(own.relaxed)} | {own.strict.n} |"
        for own in scores.matchings
    ]
    lines += [
        "",
        "| groups | B-cubed precision | recall | F1 | V-measure | adjusted Rand | pairs right "
        "| placed | misplaced | largest |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {own.way} | {_shown(own.precision)} | {_shown(own.recall)} | {_shown(own.f1)} "
        f"| {own.v_measure:.3f} | {own.adjusted_rand:.3f} | {own.pairs:.3f} | {own.placed:.2f} "
        f"| {own.misplaced:.2f} | {own.largest:.2f} |"
        for own in scores.groupings
    ]
    lines += [
        "",
        f"Quality, ArgQ-Rank-30k {split} split, data {quality_data}: Spearman "
        f"{_shown(scores.quality)}, n = {scores.quality.n}",
    ]
    return "\n".join(lines) + "\n"


def _shown(score: Score) -> str:
    return f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"
