"""A debate as large as a day of Hansard, invented, for timings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from argmap.evaluation.scale import invented
from argmap.nlp import FakeEncoder
from argmap.records import Debate, Document, Label, Relation, Stance, Statement
from argmap.stance import make_topic
from argmap.structure import find_key_points

_DOCUMENTS = 20
_OUTLETS = ("The Herald", "The Post", "The Chronicle", "Eastern Radio")
#: How many in ten sentences take no side, and how many are left open.
_NONE, _UNCLEAR = 4, 1


def big_debate(count: int) -> Debate:
    """``count`` statements in twenty documents on two motions; half of them take a side.

    Sentences, speakers, points and probabilities are those of ``argmap bench structure``.
    """
    base = invented(count)
    documents, statements = _documents(base.statements)
    first = base.topics[0]
    second = make_topic("The town should build a tram line.", id="tram")
    stances = (
        *(_labelled(s, i, first.id) for i, s in enumerate(base.stances)),
        *(_labelled(s, 3 * i + 5, second.id) for i, s in enumerate(base.stances)),
    )
    topics = (first, second)
    points = find_key_points(statements, stances, topics, encoder=FakeEncoder())
    return replace(
        base,
        title=f"The town's centre, {count:,} statements",
        documents=documents,
        statements=statements,
        topics=topics,
        stances=stances,
        key_points=points,
        relations=_relations(statements, stances, first.id),
    )


def _documents(
    statements: Sequence[Statement],
) -> tuple[tuple[Document, ...], tuple[Statement, ...]]:
    documents, moved = [], []
    size = -(-len(statements) // _DOCUMENTS)
    for number in range(_DOCUMENTS):
        text, places = "", []
        for index, one in enumerate(statements[number * size : (number + 1) * size]):
            gap = "" if not text else "\n\n" if index % 4 == 0 else " "
            places.append(len(text) + len(gap))
            text += gap + one.text
        document = Document.create(
            title=f"Sitting {number + 1}",
            text=text,
            outlet=_OUTLETS[number % len(_OUTLETS)],
            date=f"20{16 + number // 2}-0{1 + number % 9}-11",
        )
        documents.append(document)
        moved += [
            replace(one, document=document.id, start=start, end=start + len(one.text))
            for one, start in zip(
                statements[number * size : (number + 1) * size], places, strict=True
            )
        ]
    return tuple(documents), tuple(moved)


def _labelled(stance: Stance, index: int, topic: str) -> Stance:
    turn = index * 7 % 10
    if turn < _NONE:
        return replace(stance, topic=topic, pro=0.05, con=0.05, none=0.9, label="none")
    if turn < _NONE + _UNCLEAR:
        return replace(stance, topic=topic, pro=0.4, con=0.3, none=0.3, label="unclear")
    label: Label = "pro" if stance.pro > stance.con else "con"
    return replace(stance, topic=topic, label=label)


def _relations(
    statements: Sequence[Statement], stances: Sequence[Stance], topic: str
) -> tuple[Relation, ...]:
    """A fifth of the sided statements answer or support one before them."""
    sided = [s.statement for s in stances if s.topic == topic and s.label in ("pro", "con")]
    label = {s.statement: s.label for s in stances if s.topic == topic}
    found = []
    for index in range(10, len(sided), 5):
        source, target = sided[index], sided[index * 7919 % index]
        kind = "support" if label[source] == label[target] else "attack"
        found.append(Relation(source, target, topic, kind, 0.6 + index % 40 / 100))
    return tuple(found)
