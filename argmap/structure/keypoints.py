"""Key points: the statements of one side that make the same point, under their best sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from argmap.nlp import Encoder, Progress
from argmap.records import SIDES, KeyPoint, Side, Stance, Statement, Topic, content_id
from argmap.structure.clustering import cluster
from argmap.structure.headings import heading_score
from argmap.structure.members import Member, by_side, members_of
from argmap.structure.vectors import Vectors, remove_direction

# Every sentence on a motion names its subject, and that alone makes them alike. Most of what
# they share with the motion is taken out, so that the points and not the subject group them; a
# quarter stays, or a sentence that merely restates the motion would be left with noise.
_MOTION_SHARE = 0.75


def find_key_points(
    statements: Sequence[Statement],
    stances: Sequence[Stance],
    topics: Sequence[Topic],
    *,
    encoder: Encoder,
    progress: Progress | None = None,
) -> tuple[KeyPoint, ...]:
    """Group what each side says on each topic into points; those said once belong to none.

    Clusters are found by average linkage on sentence vectors (see ``clustering``), the heading
    by ``headings.heading_score``. The idea of key points is Bar-Haim et al. (2020), "From
    Arguments to Key Points".

    The order of ``statements`` and ``stances`` does not matter.

    Returns:
        Key points by topic in the order given, pro before con, the largest first.

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
    groups = len(topics) * len(SIDES)
    total = len(texts) + len(motions) + groups
    report = _reporter(progress, total)
    encoded = encoder.encode([*texts, *motions], progress=report)
    row = {text: index for index, text in enumerate(texts)}
    motion_row = {motion: len(texts) + index for index, motion in enumerate(motions)}
    points: list[KeyPoint] = []
    done = len(texts) + len(motions)
    for topic in topics:
        motion = encoded[motion_row[topic.motion]]
        for side, members in sided[topic.id].items():
            if members:
                vectors = encoded[[row[m.statement.text] for m in members]]
                vectors = remove_direction(vectors, motion, _MOTION_SHARE)
                points.extend(_points_of(topic, side, members, vectors))
            done += 1
            report(done, total)
    return tuple(points)


def _reporter(progress: Progress | None, total: int) -> Callable[[int, int], None]:
    def report(done: int, _: int) -> None:
        if progress is not None:
            progress(done, total)

    return report


def _points_of(
    topic: Topic, side: Side, members: Sequence[Member], vectors: Vectors
) -> list[KeyPoint]:
    sized: list[tuple[int, float, KeyPoint]] = []
    for rows in cluster(vectors):
        if len(rows) < 2:
            continue
        group = [members[index] for index in rows]
        head = _head(group, vectors[list(rows)])
        rest = sorted((m for m in group if m is not head), key=lambda m: m.strength)
        point = KeyPoint(
            id=content_id("k", topic.id, side, *sorted(m.statement.id for m in group)),
            topic=topic.id,
            side=side,
            text=head.statement.text,
            statements=tuple(m.statement.id for m in (head, *rest)),
        )
        sized.append((len(group), sum(m.confidence for m in group) / len(group), point))
    sized.sort(key=lambda item: (-item[0], -item[1], item[2].id))
    return [point for _, _, point in sized]


def _head(group: Sequence[Member], vectors: Vectors) -> Member:
    """The member with the best heading score; between equals the strongest."""
    total = vectors.sum(axis=0)
    own = (vectors * vectors).sum(axis=1)
    centrality = (vectors @ total - own) / (len(group) - 1)
    scored = [
        (
            -round(
                heading_score(m.statement.text, centrality=float(c), confidence=m.confidence), 6
            ),
            m.strength,
            m,
        )
        for m, c in zip(group, centrality, strict=True)
    ]
    return min(scored, key=lambda item: item[:2])[2]
