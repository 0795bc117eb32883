"""Documents and motions in, a mapped debate out. The only module that knows the order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from argmap import __version__
from argmap.nlp import Attributor, Encoder, PairClassifier, PointEncoder
from argmap.records import Debate, Decision, Document, Run, Topic
from argmap.stance import Use, classify, relabelled, threshold_of
from argmap.statements import extract
from argmap.structure import find_key_points, find_relations

#: Called as ``progress(stage, done, total)``; may raise to stop the work.
StageProgress = Callable[[str, int, int], None]


def model_names(
    classifier: PairClassifier,
    encoder: Encoder,
    attributor: Attributor | None = None,
    relation_classifier: PairClassifier | None = None,
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
        threshold: least probability at which a label is given rather than ``"unclear"``; by
            default the one measured for ``use``.
        use: what the labels are for; by default ``"exploring"``.
        decisions: which division decides which topic, at most one a topic.
        progress: called with the stage's name ("Reading who says what", ...) and its counts.

    Raises:
        ModelError: no threshold was measured for ``use``, or on other weights.
    """
    threshold, use = (threshold, None) if threshold is not None else threshold_of(use, classifier)

    def stage(name: str) -> Callable[[int, int], None]:
        def report(done: int, total: int) -> None:
            if progress is not None:
                progress(name, done, total)

        return report

    speakers, statements = extract(
        documents, attributor=attributor, progress=stage("Reading who says what")
    )
    stances = classify(
        statements,
        topics,
        classifier=classifier,
        threshold=threshold,
        progress=stage("Judging each sentence"),
    )
    key_points = find_key_points(
        statements, stances, topics, encoder=encoder, progress=stage("Grouping into points")
    )
    relations = (
        find_relations(
            documents,
            statements,
            stances,
            topics,
            encoder=encoder,
            classifier=relation_classifier,
            progress=stage("Linking arguments"),
        )
        if relation_classifier is not None
        else ()
    )
    run = Run(
        argmap=__version__,
        models=model_names(classifier, encoder, attributor, relation_classifier),
        settings=_settings(threshold, use),
        inputs=input_hashes(documents),
    )
    return Debate(
        title=title,
        run=run,
        documents=tuple(documents),
        speakers=speakers,
        topics=tuple(topics),
        statements=statements,
        stances=stances,
        key_points=key_points,
        relations=relations,
        decisions=tuple(decisions),
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

    def stage(name: str) -> Callable[[int, int], None]:
        return lambda done, total: progress(name, done, total) if progress else None

    stances = relabelled(debate.stances, threshold=threshold)
    key_points = find_key_points(
        debate.statements,
        stances,
        debate.topics,
        encoder=encoder,
        progress=stage("Grouping into points"),
    )
    relations = (
        find_relations(
            debate.documents,
            debate.statements,
            stances,
            debate.topics,
            encoder=encoder,
            classifier=relation_classifier,
            progress=stage("Linking arguments"),
        )
        if relation_classifier is not None
        else ()
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


def _settings(threshold: float, use: Use | None) -> dict[str, str | float]:
    return {"threshold": threshold} if use is None else {"threshold": threshold, "use": use}
