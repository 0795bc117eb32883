"""Shares with intervals where what is counted comes in clumps.

Sentences of one document, or of one speaker, say much the same, so a hundred of them tell less
than a hundred from as many places. How much less is Kish's design effect (Kish 1965, "Survey
Sampling", ch. 5 and 8), from the sizes of the clumps and from how much alike their members are;
the sample divided by it is the effective sample, on which Wilson's interval (Wilson 1927) is
taken, as Franco, Little, Louis & Slud (2019), "Comparative study of confidence intervals for
proportions in complex sample surveys", found to cover best of the simple ones. Two shares are
compared by Newcombe's method 10 (Newcombe 1998, "Interval estimation for the difference between
independent proportions").
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: The standard normal's 97.5% point: all intervals here are of 95%.
_Z = 1.959963984540054

# Of so many clumps the prior likeness is worth: two or three cannot tell how alike their members
# are, and a debate rarely has more of one speaker.
_PRIOR_CLUMPS = 10

_DIGITS = 4

#: How often each thing that can be counted is in one clump.
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a sample with its 95% interval.

    Attributes:
        count, total: of so many, so many.
        effective: the size of a sample of independent things that would tell as much.
        value, low, high: 0 to 1; an empty sample has the value 0 and the whole range.
    """

    count: int
    total: int
    effective: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The first share less the second with its 95% interval, -1 to 1."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval keeps to one side of nought."""
        return self.low > 0 or self.high < 0


def likeness(groups: Sequence[Sequence[Counts]], *, prior: float) -> float:
    """How much alike the members of one clump are, 0 (no more than any two) to 1 (the same).

    The intraclass correlation of a one-way analysis of variance over clumps within groups,
    summed over the kinds of thing counted (Landis & Koch 1977, "A one-way components of variance
    model for categorical data"), drawn towards ``prior`` where there are few clumps.

    Args:
        groups: of each group its clumps, each with the counts of its members by kind.
        prior: the likeness that is taken for granted before anything is counted.
    """
    between = within = clumps = members = spread = 0.0
    for group in groups:
        sizes = [sum(counts.values()) for counts in group]
        total = sum(sizes)
        if not total:
            continue
        kinds = sorted({kind for counts in group for kind in counts})
        shares = {kind: sum(counts.get(kind, 0) for counts in group) / total for kind in kinds}
        for counts, size in zip(group, sizes, strict=True):
            if not size:
                continue
            for kind in kinds:
                own = counts.get(kind, 0) / size
                between += size * (own - shares[kind]) ** 2
                within += size * own * (1 - own)
            clumps += 1
            members += size - 1
        clumps -= 1
        spread += total - sum(size * size for size in sizes) / total
    if clumps <= 0 or members <= 0:
        return prior
    first, second = between / clumps, within / members
    whole = first + (spread / clumps - 1) * second
    found = min(1.0, max(0.0, (first - second) / whole)) if whole > 0 else prior
    return (prior * _PRIOR_CLUMPS + found * clumps) / (_PRIOR_CLUMPS + clumps)


def effective_size(sizes: Sequence[int], alike: float) -> float:
    """The independent sample worth as much as clumps of these ``sizes``: n over Kish's effect.

    The effect is 1 + (m - 1) times ``alike``, m being the size of the clump of a typical member.
    """
    total = sum(sizes)
    if not total:
        return 0.0
    typical = sum(size * size for size in sizes) / total
    return total / (1 + (typical - 1) * alike)


def share_of(count: int, total: int, effective: float) -> Share:
    """Wilson's interval of ``count`` in ``total``, as wide as a sample of ``effective`` makes it.

    Raises:
        ValueError: more are counted than there are, or ``effective`` is more than ``total``.
    """
    if not 0 <= count <= total or not 0 <= effective <= total:
        raise ValueError(f"{count} of {total}, worth {effective}, is no share.")
    if effective == 0:
        return Share(count, total, 0.0, count / total if total else 0.0, 0.0, 1.0)
    value = count / total
    square = _Z * _Z
    middle = (value + square / (2 * effective)) / (1 + square / effective)
    half = (
        _Z
        * math.sqrt(value * (1 - value) / effective + square / (4 * effective * effective))
        / (1 + square / effective)
    )
    return Share(
        count,
        total,
        round(effective, 1),
        round(value, _DIGITS),
        # At nought and at all, rounding may put a bound a hair on the wrong side of the value.
        round(min(value, max(0.0, middle - half)), _DIGITS),
        round(max(value, min(1.0, middle + half)), _DIGITS),
    )


def gap_of(first: Share, second: Share) -> Gap:
    """The first share less the second: Newcombe's method 10, the square-and-add of two Wilsons."""
    value = first.value - second.value
    down = math.hypot(first.value - first.low, second.high - second.value)
    up = math.hypot(first.high - first.value, second.value - second.low)
    return Gap(
        round(value, _DIGITS),
        round(max(-1.0, value - down), _DIGITS),
        round(min(1.0, value + up), _DIGITS),
    )
