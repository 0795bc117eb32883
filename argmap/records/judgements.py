"""What was made of the statements: stances, key points, relations and what is drawn from them."""

from __future__ import annotations

from dataclasses import dataclass

from argmap.records.base import Label, NodeKind, NodeRelation, RelationKind, Side


@dataclass(frozen=True, slots=True)
class Stance:
    """Probabilities of one statement on one topic; the three sum to 1.

    ``label`` is the most probable class, or ``"unclear"`` where the model abstains; or what a
    person said, and then the probabilities stay the model's.

    Attributes:
        model_label: the label that the model gave; set only where a person's stands, which may
            be the same.
        off_motion: its passage is far from the motion, so the model was not asked
            and the probabilities are those of such sentences at large.
    """

    statement: str
    topic: str
    pro: float
    con: float
    none: float
    label: Label
    model_label: Label | None = None
    off_motion: bool = False

    @property
    def corrected(self) -> bool:
        """Whether the label is a person's, which counts as certain."""
        return self.model_label is not None

    @property
    def score(self) -> float:
        """Signed position in -1 (con) to 1 (pro); a person's label is one of -1, 0 and 1."""
        if self.corrected:
            return float(self.label == "pro") - float(self.label == "con")
        return self.pro - self.con

    @property
    def confidence(self) -> float:
        """How sure the label is: the greatest probability, or 1 where a person gave it."""
        return 1.0 if self.corrected else max(self.pro, self.con, self.none)

    def sure_of(self, side: Side) -> float:
        """How sure it is that the statement takes ``side``, 0 to 1."""
        if self.corrected:
            return float(self.label == side)
        return self.pro if side == "pro" else self.con


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """Statements of one side that make the same point, headed by one of them.

    ``text`` is the heading statement's own sentence; it comes first in ``statements``. A
    statement stands in one key point: those of a sub-point are not among the statements of the
    point over it, which keeps, its heading first, what no sub-point of it holds.

    Attributes:
        parent: id of the key point that this one is a sub-point of. It is of the same topic and
            side and has no parent itself: sub-points are one level deep.
        corrected: a person made it, moved statements into or out of it, or wrote its ``text``,
            which need then not be the heading statement's.
    """

    id: str
    topic: str
    side: Side
    text: str
    statements: tuple[str, ...]
    parent: str | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """``source`` supports or attacks ``target``, both statement ids, on one topic.

    Attributes:
        undercut: an attack that does not deny the target but that it bears on what the target
            supports or argues for (Pollock 1987, "Defeasible reasoning").
        corrected: a person drew or confirmed it.
    """

    source: str
    target: str
    topic: str
    kind: RelationKind
    probability: float
    undercut: bool = False
    corrected: bool = False

    @property
    def shown(self) -> NodeRelation:
        """The relation in one word: an undercut apart from the other attacks."""
        return "undercut" if self.undercut else self.kind


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of the argument tree; the root has no parent.

    ``statement`` is set on statement nodes and, for key points, names the heading statement.

    Attributes:
        count: number of statements at or below the node.
        relation: how a statement that hangs beneath another bears on it.
        answers: how many of ``count`` argue for the other side than the node's.
        elsewhere: how many statements of a key point, or of a side, stand on another branch,
            beneath what they attack or undercut.
    """

    id: str
    parent: str | None
    kind: NodeKind
    text: str
    side: Side | None = None
    statement: str | None = None
    count: int = 1
    relation: NodeRelation | None = None
    answers: int = 0
    elsewhere: int = 0

    @property
    def own(self) -> int:
        """How many statements at or below the node are of its own side."""
        return self.count - self.answers


@dataclass(frozen=True, slots=True)
class ArgumentTree:
    """Nodes in depth-first order, parents before children; ``links`` are the cross relations."""

    topic: str
    nodes: tuple[TreeNode, ...]
    links: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerStance:
    """One speaker's position on one topic.

    Attributes:
        mean: mean of pro minus con over the speaker's statements that take a side, -1 to 1.
        low, high: 95% interval of the mean.
        pro, con, none, unclear: counts of the speaker's statements by label.
        statements: ids of the statements that take a side, strongest first.
    """

    speaker: str
    topic: str
    mean: float
    low: float
    high: float
    pro: int
    con: int
    none: int
    unclear: int
    statements: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of statements that take a side, the n of the interval."""
        return self.pro + self.con
