"""Key points: the statements of one side that make the same point, under their best sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from argmap.nlp import PointEncoder, Progress
from argmap.records import SIDES, KeyPoint, Side, Stance, Statement, Topic, content_id
from argmap.structure.clustering import cluster
from argmap.structure.headings import heading_score
from argmap.structure.members import Member, by_side, members_of
from argmap.structure.vectors import Vectors, remove_direction

#: Mean similarity at which statements are grouped: into key points, and more closely into
#: sub-points. Both were chosen for precision on KPA 2021's development topics, see
#: ``models/points/README.md``.
KEY_POINT, SUB_POINT = 0.45, 0.55

#: A group of fewer statements must be as close as a sub-point: on the same topics a small group
#: at the wider level was more often wrong than right.
LARGE = 5

# Every sentence on a motion names its subject, and that alone makes them alike. Most of what
# they share with the motion is taken out, so that the points and not the subject group them; a
# quarter stays, or a sentence that merely restates the motion would be left with noise.
MOTION_SHARE = 0.75


def find_key_points(
    statements: Sequence[Statement],
    stances: Sequence[Stance],
    topics: Sequence[Topic],
    *,
    encoder: PointEncoder,
    progress: Progress | None = None,
) -> tuple[KeyPoint, ...]:
    """Group what each side says on each topic into points; what fits nowhere belongs to none.

    A statement belongs to at most one key point or sub-point: a key point holds its heading and
    those of its statements that are in no sub-point of its own. Groups are found by average
    linkage (see ``clustering``), the heading by ``headings.heading_score``. The idea of key
    points is Bar-Haim et al. (2020), "From Arguments to Key Points".

    The order of ``statements`` and ``stances`` does not matter.

    Returns:
        Key points by topic in the order given, pro before con, the largest first, each followed
        by its sub-points, the largest first.

    Raises:
        ValueError: a stance names a statement that is not there.
    """
    sided = {topic.id: by_side(members_of(statements, stances, topic)) for topic in topics}
    texts = sorted(
        {m.statement.text for sides in sided.values() for group in sides.values() for m in group}
    )
    if not texts:
        return ()
    motions = sorted({topic.motion for topic in topics})
    total = len(texts) + len(motions) + len(topics) * len(SIDES)
    report = _reporter(progress, total)
    encoded = encoder.encode([*texts, *motions], progress=report)
    quality = encoder.quality(encoded)
    row = {text: index for index, text in enumerate(texts)}
    motion_row = {motion: len(texts) + index for index, motion in enumerate(motions)}
    points: list[KeyPoint] = []
    done = len(texts) + len(motions)
    for topic in topics:
        motion = encoded[motion_row[topic.motion]]
        for side, members in sided[topic.id].items():
            if members:
                rows = [row[m.statement.text] for m in members]
                vectors = remove_direction(encoded[rows], motion, MOTION_SHARE)
                points.extend(_Side(topic, side, members, vectors, quality[rows]).points())
            done += 1
            report(done, total)
    return tuple(points)


#: Row numbers of a key point, and of the closer groups within it.
Rows = tuple[int, ...]
Family = tuple[Rows, tuple[Rows, ...]]


def group_points(vectors: Vectors) -> tuple[Family, ...]:
    """The key points of one side as row numbers, each with the closer groups within it.

    Args:
        vectors: unit rows of the statements, the motion's direction taken out.
    """
    found: list[Family] = []
    for rows in cluster(vectors, threshold=KEY_POINT):
        if len(rows) < 2:
            continue
        near = cluster(vectors[list(rows)], threshold=SUB_POINT)
        close = tuple(tuple(rows[index] for index in group) for group in near if len(group) > 1)
        if len(rows) < LARGE:
            found += [(group, ()) for group in close]
        else:
            # One closer group that is nearly all of it divides nothing.
            found.append((rows, close if len(close) > 1 else ()))
    return tuple(found)


def _reporter(progress: Progress | None, total: int) -> Callable[[int, int], None]:
    def report(done: int, _: int) -> None:
        if progress is not None:
            progress(done, total)

    return report


class _Side:
    """What one side says on one topic."""

    def __init__(
        self,
        topic: Topic,
        side: Side,
        members: Sequence[Member],
        vectors: Vectors,
        quality: NDArray[np.float32],
    ) -> None:
        self.topic = topic
        self.side = side
        self.members = members
        self.vectors = vectors
        self.quality = quality

    def points(self) -> list[KeyPoint]:
        """Largest first, each followed by its sub-points."""
        families = []
        for rows, close in group_points(self.vectors):
            head = self._head(rows)
            parts = [[row for row in group if row != head] for group in close]
            parts = [part for part in parts if len(part) > 1]
            inside = {row for part in parts for row in part}
            whole = self._point([row for row in rows if row not in inside], head, None)
            subs = [(self._rank(p), self._point(p, self._head(p), whole.id)) for p in parts]
            subs.sort(key=lambda item: (*item[0], item[1].id))
            families.append((self._rank(rows), whole, [point for _, point in subs]))
        families.sort(key=lambda item: (*item[0], item[1].id))
        return [point for _, whole, subs in families for point in (whole, *subs)]

    def _point(self, rows: Sequence[int], head: int, parent: str | None) -> KeyPoint:
        group = [self.members[row] for row in rows]
        first = self.members[head]
        rest = sorted((m for m in group if m is not first), key=lambda m: m.strength)
        return KeyPoint(
            id=content_id("k", self.topic.id, self.side, *sorted(m.statement.id for m in group)),
            topic=self.topic.id,
            side=self.side,
            text=first.statement.text,
            statements=tuple(m.statement.id for m in (first, *rest)),
            parent=parent,
        )

    def _rank(self, rows: Sequence[int]) -> tuple[int, float]:
        return -len(rows), -sum(self.members[row].confidence for row in rows) / len(rows)

    def _head(self, rows: Sequence[int]) -> int:
        """The row with the best heading score; between equals the strongest member's."""
        vectors = self.vectors[list(rows)]
        own = (vectors * vectors).sum(axis=1)
        central = (vectors @ vectors.sum(axis=0) - own) / (len(rows) - 1)

        def rank(place: int) -> tuple[float, tuple[float, str, int, str]]:
            member = self.members[rows[place]]
            score = heading_score(
                member.statement.text,
                centrality=float(central[place]),
                confidence=member.confidence,
                quality=float(self.quality[rows[place]]),
            )
            return -round(score, 6), member.strength

        return rows[min(range(len(rows)), key=rank)]
