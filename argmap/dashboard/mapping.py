"""Mapping one motion after another, so that a stop keeps the motions that are done.

Where the first motion is stopped in its midst, what is kept are the sources whose every sentence
was judged; their points are grouped, but nothing is linked. Going on judges only the rest, and
gives in the end what mapping at once would have given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from argmap.dashboard.jobs import Report, StoppedError
from argmap.nlp import Attributor, PairClassifier, PointEncoder, Progress, precision_of
from argmap.pipeline import READING, joined, map_read, model_names
from argmap.records import Debate, Document, Speaker, Statement, Topic
from argmap.stance import USES, Use, threshold_in
from argmap.statements import extract
from argmap.store import Unfinished

# Judged at a time: what a stop loses at most, and large enough for batches of like length.
_AT_ONCE = 256

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Models:
    """The models that one mapping uses."""

    classifier: PairClassifier
    encoder: PointEncoder
    attributor: Attributor
    relation_classifier: PairClassifier

    @property
    def names(self) -> dict[str, str]:
        """What a run writes down of them."""
        return model_names(self.classifier, self.encoder, self.attributor, self.relation_classifier)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping came to; ``unfinished`` where it was stopped before its end."""

    debate: Debate
    unfinished: Unfinished | None = None


@dataclass(slots=True)
class Remembering:
    """A ``PairClassifier`` that keeps what it has judged, so that a stop does not lose it."""

    classifier: PairClassifier
    known: dict[_Key, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def model_id(self) -> str:
        return self.classifier.model_id

    @property
    def revision(self) -> str:
        return self.classifier.revision

    @property
    def precision(self) -> str | None:
        return precision_of(self.classifier)

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        keys: list[_Key] = [
            (*pair, context)
            for pair, context in zip(pairs, contexts or [""] * len(pairs), strict=True)
        ]
        missing = list(dict.fromkeys(key for key in keys if key not in self.known))
        done = len(keys) - len(missing)
        for start in range(0, len(missing), _AT_ONCE):
            block = missing[start : start + _AT_ONCE]
            before = done + start

            def tell(now: int, _total: int, before: int = before) -> None:
                if progress is not None:
                    progress(before + now, len(keys))

            rows = self.classifier.predict_proba(
                [(text, motion) for text, motion, _ in block],
                contexts=[context for *_, context in block],
                progress=tell,
            )
            for key, (pro, con, none) in zip(block, rows.tolist(), strict=True):
                self.known[key] = (pro, con, none)
        return np.array([self.known[key] for key in keys], dtype=np.float32).reshape(-1, 3)


def map_motions(
    documents: Sequence[Document],
    topics: Sequence[Topic],
    *,
    title: str,
    models: Models,
    report: Report,
    before: Debate | None = None,
    part: bool = False,
) -> Mapped:
    """Map ``documents`` on every topic, one after another.

    Args:
        before: what an earlier mapping of the same documents came to. Its topics are not mapped
            again, where the models are still those that mapped it.
        part: its only topic was stopped in its midst, so what was not judged of it is judged.

    Raises:
        StoppedError: it was stopped before anything was done that could be kept.
    """
    if before is not None and dict(before.run.models) != models.names:
        before = None
    judge = Remembering(models.classifier)
    found = None if part else before
    if part and before is not None:
        _recall(judge, before)
    use, threshold = _settings(before)
    speakers: Sequence[Speaker]
    statements: Sequence[Statement]
    if found is not None:
        speakers, statements = found.speakers, found.statements
    else:
        speakers, statements = extract(
            documents,
            attributor=models.attributor,
            progress=lambda done, total: report(READING, done, total),
        )
    done = {topic.id for topic in found.topics} if found is not None else set()
    todo = [topic for topic in topics if topic.id not in done]

    def mapped(
        topic: Topic, spoken: Sequence[Statement], told: Report, *, linked: bool = True
    ) -> Debate:
        voices = {statement.speaker for statement in spoken}
        return map_read(
            documents,
            [speaker for speaker in speakers if speaker.id in voices],
            spoken,
            [topic],
            title=title,
            classifier=judge,
            encoder=models.encoder,
            attributor=models.attributor,
            relation_classifier=models.relation_classifier if linked else None,
            use=use,
            threshold=threshold,
            progress=told,
        )

    for number, topic in enumerate(todo):
        place = "" if len(todo) == 1 else f"Motion {number + 1} of {len(todo)}: "

        def tell(stage: str, count: int, total: int, place: str = place) -> None:
            report(f"{place}{stage[0].lower()}{stage[1:]}" if place else stage, count, total)

        try:
            more = mapped(topic, statements, tell)
        except StoppedError:
            left = tuple(one.motion for one in todo[number:])
            if found is not None:
                return Mapped(found, Unfinished(left, len(found.topics)))
            kept, count = _judged(documents, statements, topic, judge)
            if not kept:
                raise
            partial = mapped(topic, kept, _keeping(report), linked=False)
            names = {**partial.run.models, "relation": models.names["relation"]}
            run = replace(partial.run, models=names)
            return Mapped(replace(partial, run=run), Unfinished(left[1:], 0, sources=count))
        found = more if found is None else joined(found, more)
    assert found is not None
    return Mapped(found)


def _settings(before: Debate | None) -> tuple[Use | None, float | None]:
    """What an earlier mapping was labelled for, or else its threshold."""
    settings = before.run.settings if before is not None else {}
    use = next((one for one in USES if one == settings.get("use")), None)
    told = use is None and "threshold" in settings
    return use, threshold_in(settings) if told else None


def _keeping(report: Report) -> Report:
    return lambda _stage, done, total: report("Keeping what is done", done, total)


def _recall(judge: Remembering, before: Debate) -> None:
    """Take over what an earlier mapping judged."""
    statements = {statement.id: statement for statement in before.statements}
    motions = {topic.id: topic.motion for topic in before.topics}
    for stance in before.stances:
        statement = statements[stance.statement]
        key = (statement.text, motions[stance.topic], statement.context)
        judge.known[key] = (stance.pro, stance.con, stance.none)


def _judged(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    topic: Topic,
    judge: Remembering,
) -> tuple[list[Statement], int]:
    """The statements of the sources that are judged to the last, and how many sources those are."""
    held = {document.id for document in documents if document.text.strip()} & {
        statement.document for statement in statements
    }
    for statement in statements:
        if (statement.text, topic.motion, statement.context) not in judge.known:
            held.discard(statement.document)
    return [statement for statement in statements if statement.document in held], len(held)
