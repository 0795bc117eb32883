"""Documents and motions in, a mapped debate out. The only module that knows the order."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from argmap import __version__, logs
from argmap.nlp import Attributor, Encoder, PairClassifier, PointEncoder, precision_of
from argmap.records import (
    Debate,
    Decision,
    Document,
    KeyPoint,
    Relation,
    Run,
    Speaker,
    Stance,
    Statement,
    Topic,
)
from argmap.stance import Relevance, Use, classify, relabelled, threshold_of
from argmap.statements import extract
from argmap.structure import find_key_points, find_relations

#: Called as ``progress(stage, done, total)``; may raise to stop the work.
StageProgress = Callable[[str, int, int], None]

#: The name of the first stage, in which the sources are read.
READING = "Reading who says what"


def model_names(
    classifier: PairClassifier,
    encoder: Encoder,
    attributor: Attributor | None = None,
    relation_classifier: PairClassifier | None = None,
    relevance: Relevance | None = None,
) -> dict[str, str]:
    """What a run writes down of its models, as id@revision."""
    names = {
        "stance": f"{classifier.model_id}@{classifier.revision}",
        "encoder": f"{encoder.model_id}@{encoder.revision}",
    }
    if attributor is not None:
        names["attribution"] = f"{attributor.model_id}@{attributor.revision}"
    if relation_classifier is not None:
        names["relation"] = f"{relation_classifier.model_id}@{relation_classifier.revision}"
    if relevance is not None:
        names["relevance"] = relevance.name
    return names


def input_hashes(documents: Sequence[Document]) -> dict[str, str]:
    """What a run writes down of its documents: the SHA-256 of each cleaned text by id."""
    return {
        document.id: hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        for document in documents
    }


def map_debate(
    documents: Sequence[Document],
    topics: Sequence[Topic],
    *,
    title: str,
    classifier: PairClassifier,
    encoder: PointEncoder,
    attributor: Attributor | None = None,
    relation_classifier: PairClassifier | None = None,
    relevance: Relevance | None = None,
    threshold: float | None = None,
    use: Use | None = None,
    decisions: Sequence[Decision] = (),
    progress: StageProgress | None = None,
) -> Debate:
    """Map ``documents`` on every topic.

    Deterministic: the same documents, topics, models and threshold give an equal ``Debate``.

    Args:
        attributor: who says what, beside the rules; ``None`` leaves it to the rules alone.
        relation_classifier: which statement supports or attacks which; ``None`` links none.
        relevance: which passages are off a motion and not put to the classifier; ``None`` asks
            it of every statement.
        threshold: least probability at which a label is given rather than ``"unclear"``; by
            default the one measured for ``use``.
        use: what the labels are for; by default ``"exploring"``.
        decisions: which division decides which topic, at most one a topic.
        progress: called with the stage's name ("Reading who says what", ...) and its counts.

    Raises:
        ModelError: no threshold was measured for ``use``, or on other weights.
    """
    if threshold is None:
        # Said before anything is read, which can take minutes.
        threshold_of(use, classifier)
    speakers, statements = extract(
        documents, attributor=attributor, progress=_stage(progress, READING)
    )
    return map_read(
        documents,
        speakers,
        statements,
        topics,
        title=title,
        classifier=classifier,
        encoder=encoder,
        attributor=attributor,
        relation_classifier=relation_classifier,
        relevance=relevance,
        threshold=threshold,
        use=use,
        decisions=decisions,
        progress=progress,
    )


def map_read(
    documents: Sequence[Document],
    speakers: Sequence[Speaker],
    statements: Sequence[Statement],
    topics: Sequence[Topic],
    *,
    title: str,
    classifier: PairClassifier,
    encoder: PointEncoder,
    attributor: Attributor | None = None,
    relation_classifier: PairClassifier | None = None,
    relevance: Relevance | None = None,
    threshold: float | None = None,
    use: Use | None = None,
    decisions: Sequence[Decision] = (),
    progress: StageProgress | None = None,
) -> Debate:
    """Map what was read of ``documents`` before, by ``extract``; else as :func:`map_debate`.

    Args:
        attributor: the one that it was read with, to be named in the run.
    """
    begun = time.monotonic()
    threshold, use = (threshold, None) if threshold is not None else threshold_of(use, classifier)
    off: frozenset[tuple[str, str]] = frozenset()
    if relevance is not None:
        off = relevance.off(
            statements, topics, progress=_stage(progress, "Looking for the motions")
        )
    stances = classify(
        statements,
        topics,
        classifier=classifier,
        threshold=threshold,
        off=off,
        sided=relevance.sided if relevance is not None else 0.0,
        progress=_stage(progress, "Judging each sentence"),
    )
    key_points, relations = _structured(
        documents, statements, stances, topics, encoder, relation_classifier, progress
    )
    run = Run(
        argmap=__version__,
        models=model_names(classifier, encoder, attributor, relation_classifier, relevance),
        settings=_settings(threshold, use) | _engine(classifier, relevance),
        inputs=input_hashes(documents),
    )
    logs.event(
        "mapped",
        sources=len(documents),
        motions=len(topics),
        statements=len(statements),
        speakers=len(speakers),
        seconds=round(time.monotonic() - begun, 3),
        revision=classifier.revision,
    )
    return Debate(
        title=title,
        run=run,
        documents=tuple(documents),
        speakers=tuple(speakers),
        topics=tuple(topics),
        statements=tuple(statements),
        stances=stances,
        key_points=key_points,
        relations=relations,
        decisions=tuple(decisions),
    )


def _structured(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    stances: Sequence[Stance],
    topics: Sequence[Topic],
    encoder: PointEncoder,
    relation_classifier: PairClassifier | None,
    progress: StageProgress | None,
) -> tuple[tuple[KeyPoint, ...], tuple[Relation, ...]]:
    """The points that the labelled statements make, and the links between them."""
    key_points = find_key_points(
        statements,
        stances,
        topics,
        encoder=encoder,
        progress=_stage(progress, "Grouping into points"),
    )
    relations = (
        find_relations(
            documents,
            statements,
            stances,
            topics,
            encoder=encoder,
            classifier=relation_classifier,
            progress=_stage(progress, "Linking arguments"),
        )
        if relation_classifier is not None
        else ()
    )
    return key_points, relations


def joined(first: Debate, more: Debate) -> Debate:
    """``first`` with the topics of ``more``, which was made of the same reading.

    Mapping topics one after another and joining them gives what mapping them at once gives.
    """
    return replace(
        first,
        topics=(*first.topics, *more.topics),
        stances=(*first.stances, *more.stances),
        key_points=(*first.key_points, *more.key_points),
        relations=(*first.relations, *more.relations),
        decisions=(*first.decisions, *more.decisions),
    )


def relabel(
    debate: Debate,
    *,
    threshold: float,
    use: Use | None,
    encoder: PointEncoder,
    relation_classifier: PairClassifier | None = None,
    progress: StageProgress | None = None,
) -> Debate:
    """The same debate with the labels that another threshold gives, its points and links anew.

    No sentence is judged again: the probabilities stay, and so do speakers, decisions and
    corrections, which are replayed over it; a label that a person gave stands at any threshold.
    The threshold may be a shipped one, or one refitted from a person's labels
    (``argmap.corrections.refitted``), which is for no ``use`` of the model's own. With the
    threshold it was mapped with, it comes out as it was.

    Raises:
        ValueError: its corrections are applied; pass it as it was mapped.
    """
    if debate.edited:
        raise ValueError("Labels are made anew of the debate as it was mapped, edits beside it.")

    stances = relabelled(debate.stances, threshold=threshold)
    key_points, relations = _structured(
        debate.documents,
        debate.statements,
        stances,
        debate.topics,
        encoder,
        relation_classifier,
        progress,
    )
    used = {"encoder": f"{encoder.model_id}@{encoder.revision}"}
    if relation_classifier is not None:
        used["relation"] = f"{relation_classifier.model_id}@{relation_classifier.revision}"
    kept = {k: v for k, v in debate.run.settings.items() if k not in ("threshold", "use")}
    run = replace(
        debate.run,
        models={**debate.run.models, **used},
        settings={**kept, **_settings(threshold, use)},
    )
    return replace(debate, run=run, stances=stances, key_points=key_points, relations=relations)


def _stage(progress: StageProgress | None, name: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(name, done, total) if progress else None


def _settings(threshold: float, use: Use | None) -> dict[str, str | float]:
    return {"threshold": threshold} if use is None else {"threshold": threshold, "use": use}


def _engine(classifier: PairClassifier, relevance: Relevance | None) -> dict[str, str | float]:
    """What of the computing can move a probability, so that a run can be made again."""
    found: dict[str, str | float] = {}
    if (precision := precision_of(classifier)) is not None:
        found["precision"] = precision
    if relevance is not None:
        found["off_motion_below"] = relevance.threshold
    return found
