"""Debates drawn by hand, in as few words as a test needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.records import (
    ArgumentTree,
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Label,
    NodeRelation,
    Relation,
    Run,
    Side,
    Speaker,
    Stance,
    Statement,
    Topic,
)
from argmap.stance import make_topic

PAY = make_topic("Nurses should receive a larger pay rise.", id="pay")


def stance(own: str, label: Label, probability: float = 0.9, topic: str = "pay") -> Stance:
    """A stance whose label has ``probability`` and whose other classes share the rest."""
    rest = (1 - probability) / 2
    return Stance(
        own,
        topic,
        pro=probability if label == "pro" else rest,
        con=probability if label == "con" else rest,
        none=probability if label in ("none", "unclear") else rest,
        label=label,
    )


def debate(
    *rows: tuple[str, Label, float] | tuple[str, Label, float, str | None],
    texts: Sequence[str] = (),
    points: Sequence[tuple[Side, str]] = (),
    parents: Mapping[int, int] | None = None,
    relations: Sequence[tuple[str, str, NodeRelation] | tuple[str, str, NodeRelation, float]] = (),
    topics: Sequence[Topic] = (PAY,),
) -> Debate:
    """A debate on ``PAY`` from rows of statement id, label, probability and speaker id.

    Args:
        texts: the sentences in order; ``"Sentence <id>."`` where there are fewer.
        points: side and the statements' ids parted by spaces, the heading first; their ids are
            ``k1``, ``k2`` and so on.
        parents: for the number of a sub-point, that of the point over it.
        relations: source, target, kind and probability, 0.9 by default.
    """
    over = parents or {}
    sentences = [*texts, *(f"Sentence {row[0]}." for row in rows[len(texts) :])]
    statements, start = [], 0
    for row, text in zip(rows, sentences, strict=True):
        speaker = row[3] if len(row) == 4 else None
        end = start + len(text)
        statements.append(Statement(row[0], "d1", start, end, text, Attribution(speaker, "quote")))
        start = end + 1
    text_of = {s.id: s.text for s in statements}
    speakers = sorted({s.speaker for s in statements if s.speaker is not None})
    return Debate(
        title="Nurse pay",
        run=Run("0", {}, {}, {}),
        documents=(Document("d1", "Pay talks", " ".join(sentences), outlet="The Example"),),
        speakers=tuple(Speaker(own, f"Speaker {own}") for own in speakers),
        topics=tuple(topics),
        statements=tuple(statements),
        stances=tuple(stance(row[0], row[1], row[2]) for row in rows),
        key_points=tuple(
            KeyPoint(
                f"k{n}",
                "pay",
                side,
                text_of[own.split()[0]],
                tuple(own.split()),
                f"k{over[n]}" if n in over else None,
            )
            for n, (side, own) in enumerate(points, start=1)
        ),
        relations=tuple(
            Relation(
                r[0],
                r[1],
                "pay",
                "support" if r[2] == "support" else "attack",
                r[3] if len(r) == 4 else 0.9,
                r[2] == "undercut",
            )
            for r in relations
        ),
    )


def outline(tree: ArgumentTree) -> list[str]:
    """The tree as a reader would write it down: indentation, short id, count."""
    depth: dict[str | None, int] = {None: -1}
    lines = []
    for node in tree.nodes:
        depth[node.id] = depth[node.parent] + 1
        names = {"motion": "motion", "side": str(node.side), "loose": "loose"}
        name = names.get(node.kind, node.id)
        lines.append(f"{'  ' * depth[node.id]}{name} {node.count}")
    return lines
