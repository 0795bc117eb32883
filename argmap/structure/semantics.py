"""Gradual semantics of bipolar argument graphs: how strong each argument is after the others.

An argument starts from a base score in 0 to 1; what supports it lifts it, what attacks it lowers
it, and an edge passes on its source's strength times the edge's own weight. Two semantics:

``"df-quad"``
    Rago, Toni, Aurisicchio and Baroni (2016), "Discontinuity-Free Decision Support with
    Quantitative Argumentation Debates". Attackers, and supporters, are each taken together as
    1 - (1 - a)(1 - b)...; the difference of the two moves the base score that share of the way
    to 0 or to 1.

``"quadratic-energy"``
    Potyka (2018), "Continuous Dynamical Systems for Weighted Bipolar Argumentation". Supporters
    less attackers are an energy E; the base score moves the share E²/(1 + E²) of the way.

An undercut grants its target and denies that it bears on anything: it leaves the target's own
strength alone and weakens the edges that leave it. What a target still passes on is the product
of one minus the force of each undercut, in both semantics.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Semantics = Literal["df-quad", "quadratic-energy"]
SEMANTICS: tuple[Semantics, ...] = ("df-quad", "quadratic-energy")

Numbers = NDArray[np.float64]
Effect = Literal["support", "attack", "undercut"]

#: At rest: no strength would still move by more than this.
TOLERANCE = 1e-6
# Potyka's dynamics near rest like exp(-t), so most graphs need less than two windows.
_WINDOW = 10.0
_WINDOWS = 20


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` acts on ``target``, both places in the base scores; ``weight`` is 0 to 1."""

    source: int
    target: int
    effect: Effect
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a graph comes to rest.

    Attributes:
        strengths: of each argument, 0 to 1, shape ``(n,)``.
        bearings: the share of its strength that each passes on after undercuts, shape ``(n,)``.
        rests: whether it did come to rest; if not, the strengths are means over a while.
    """

    strengths: Numbers
    bearings: Numbers
    rests: bool


def settle(base: Sequence[float], edges: Sequence[Edge], *, semantics: Semantics) -> Settled:
    """Strengths of a graph of arguments.

    Without cycles the definitions are applied from the leaves up, which is exact. With cycles
    the base scores are moved by Potyka's continuous dynamics, ds/dt = f(s) - s where f applies
    the definitions once, until no strength moves by more than ``TOLERANCE``. Potyka (2019),
    "Extending Modular Semantics for Bipolar Weighted Argumentation", carries this over to
    DF-QuAD; where there are no cycles its limit is the same. A graph that does not come to rest
    by time 200 gets each strength's mean over the last 10, and ``rests`` is false.

    Raises:
        ValueError: a base score or weight outside 0 to 1, or an edge to nowhere.
    """
    start = np.asarray(base, dtype=np.float64)
    count = len(start)
    _check(start, edges)
    step = _Step(start, edges, semantics)
    if not count or not edges:
        return Settled(start, np.ones(count), True)
    if _acyclic(count, edges):
        strengths, rests = _from_the_leaves(step, start), True
    else:
        strengths, rests = _flow(step, start)
    return Settled(strengths, step.bearings(strengths), rests)


def _check(base: Numbers, edges: Sequence[Edge]) -> None:
    if not np.all((base >= 0) & (base <= 1)):
        raise ValueError("A base score is not in 0 to 1.")
    for edge in edges:
        if not (0 <= edge.source < len(base) and 0 <= edge.target < len(base)):
            raise ValueError(f"{edge} joins an argument that has no base score.")
        if not 0 <= edge.weight <= 1:
            raise ValueError(f"{edge} has a weight that is not in 0 to 1.")


class _Step:
    """The definitions applied once to every argument: strengths in, strengths out."""

    def __init__(self, base: Numbers, edges: Sequence[Edge], semantics: Semantics) -> None:
        self._base = base
        self._combine = _COMBINE[semantics]
        self._parts = {effect: _arrays(edges, effect) for effect in _EFFECTS}

    def __call__(self, strengths: Numbers) -> Numbers:
        passed = strengths * self.bearings(strengths)
        return self._combine(self._base, passed, self._parts["support"], self._parts["attack"])

    def bearings(self, strengths: Numbers) -> Numbers:
        return _left(strengths, self._parts["undercut"], len(self._base))


_EFFECTS: tuple[Effect, ...] = ("support", "attack", "undercut")
_Part = tuple[NDArray[np.intp], NDArray[np.intp], Numbers]


def _arrays(edges: Sequence[Edge], effect: Effect) -> _Part:
    own = [edge for edge in edges if edge.effect == effect]
    return (
        np.array([edge.source for edge in own], dtype=np.intp),
        np.array([edge.target for edge in own], dtype=np.intp),
        np.array([edge.weight for edge in own], dtype=np.float64),
    )


def _left(strengths: Numbers, part: _Part, count: int) -> Numbers:
    """For each argument the product of one minus what each edge of ``part`` brings it."""
    sources, targets, weights = part
    left = np.ones(count)
    np.multiply.at(left, targets, 1.0 - weights * strengths[sources])
    return left


def _df_quad(base: Numbers, passed: Numbers, support: _Part, attack: _Part) -> Numbers:
    # (1 - attackers' product) less (1 - supporters' product), the other way round.
    rise = _left(passed, attack, len(base)) - _left(passed, support, len(base))
    return np.where(rise >= 0, base + (1.0 - base) * rise, base + base * rise)


def _quadratic_energy(base: Numbers, passed: Numbers, support: _Part, attack: _Part) -> Numbers:
    energy = _sum(passed, support, len(base)) - _sum(passed, attack, len(base))
    square = energy * energy
    share = square / (1.0 + square)
    return np.where(energy >= 0, base + (1.0 - base) * share, base - base * share)


def _sum(passed: Numbers, part: _Part, count: int) -> Numbers:
    sources, targets, weights = part
    total = np.zeros(count)
    np.add.at(total, targets, weights * passed[sources])
    return total


_COMBINE: dict[Semantics, Callable[[Numbers, Numbers, _Part, _Part], Numbers]] = {
    "df-quad": _df_quad,
    "quadratic-energy": _quadratic_energy,
}


def _acyclic(count: int, edges: Sequence[Edge]) -> bool:
    """Whether no argument acts on itself through others; an undercut acts on what its target
    acts on, so a cycle through its target is a cycle."""
    sources = [edge.source for edge in edges]
    targets = [edge.target for edge in edges]
    if any(source == target for source, target in zip(sources, targets, strict=True)):
        return False
    from scipy.sparse import coo_array  # slow to import too
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(edges)), (sources, targets)), shape=(count, count))
    components, _ = connected_components(graph, directed=True, connection="strong")
    return bool(components == count)


def _from_the_leaves(step: _Step, strengths: Numbers) -> Numbers:
    # Each round settles the arguments one edge further from the leaves, and then nothing moves.
    while True:
        moved = step(strengths)
        if np.array_equal(moved, strengths):
            return moved
        strengths = moved


def _flow(step: _Step, strengths: Numbers) -> tuple[Numbers, bool]:
    from scipy.integrate import solve_ivp  # slow to import, and most commands do without it

    mean = strengths
    for _ in range(_WINDOWS):
        path = solve_ivp(
            lambda _, s: step(np.clip(s, 0.0, 1.0)) - s,
            (0.0, _WINDOW),
            strengths,
            rtol=TOLERANCE / 10,
            atol=TOLERANCE / 10,
        )
        mean = np.clip(np.trapezoid(path.y, path.t, axis=1) / _WINDOW, 0.0, 1.0)
        strengths = np.clip(path.y[:, -1], 0.0, 1.0)
        if np.max(np.abs(step(strengths) - strengths)) <= TOLERANCE:
            return strengths, True
    return mean, False
