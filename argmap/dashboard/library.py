"""The debates at hand: mapping new ones, and keeping the bundled ones mapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from argmap.bundled import BundledDebate, bundled_debates
from argmap.dashboard import models
from argmap.dashboard.jobs import Job, Report
from argmap.dashboard.mapping import Models, map_motions
from argmap.dashboard.unkept import Place, keep
from argmap.errors import ArgmapError, InputError, StoreError
from argmap.imports import read_debate
from argmap.nlp import PairClassifier
from argmap.pipeline import input_hashes, map_debate, model_names, relabel
from argmap.records import Debate, Document, Side, Topic
from argmap.resources import home_dir
from argmap.stance import Use, make_topic
from argmap.store import BUNDLED as BUNDLED
from argmap.store import SessionInfo, Store, Unfinished
from argmap.structure import carry_decisions, decide

_LOADING = "Loading the model"
# What the job of the bundled debates says before it has found one to map.
_BEFORE_MAPPING = ("Starting", _LOADING)


def start_mapping(
    documents: Sequence[Document],
    topics: Sequence[Topic],
    *,
    title: str,
    session_id: str | None = None,
    model_id: str | None = None,
    keep_as: str | None = None,
    owner: str = "",
) -> Job:
    """Map in the background, in its turn; keep the result, over ``session_id`` where given.

    A stop keeps the motions, or the sources, that are done, as a session that can be gone on
    with. Over a session that is there already, it keeps them only under ``keep_as``.

    Args:
        model_id: the stance model, by id or folder; the default one where none is given.
        keep_as: a title under which the session that is written over is kept as it was.
        owner: whose turn it takes.
    """
    store = models.store()

    def work(report: Report) -> str:
        report(_LOADING, 0, 0)
        found = map_motions(
            documents,
            topics,
            title=title,
            models=_models(models.classifier() if model_id is None else models.chosen(model_id)),
            report=report,
        )
        there = session_id is not None and any(s.id == session_id for s in store.sessions())
        if found.unfinished is not None and there and keep_as is None:
            # What the reader has is whole; half of a new one is no fair exchange for it.
            return keep(
                store,
                replace(found.debate, title=f"{title}, stopped"),
                Place(unfinished=found.unfinished),
            )
        debate = found.debate
        if there and session_id is not None:
            before = store.load(session_id)
            debate = carry_decisions(before, debate)
            if keep_as is not None:
                store.save(replace(before, title=keep_as))
        return keep(store, debate, Place(session_id, unfinished=found.unfinished))

    return Job(
        title,
        work,
        queue=models.queue(),
        owner=owner,
        kind="map",
        size=float(sum(len(one.text) for one in documents) * (1 + len(topics))),
    )


def go_on(info: SessionInfo, *, owner: str = "") -> Job:
    """Map in the background, in its turn, what a stop left of a session's motions and sources."""
    store = models.store()

    def work(report: Report) -> str:
        report(_LOADING, 0, 0)
        before = store.load(info.id)
        left = info.unfinished or Unfinished((), len(before.topics))
        stance, _, _ = before.run.models.get("stance", "").rpartition("@")
        found = map_motions(
            before.documents,
            (*before.topics, *(make_topic(motion) for motion in left.motions)),
            title=before.title,
            models=_models(models.judge(stance) if stance else models.classifier()),
            report=report,
            before=before,
            part=left.sources is not None,
        )
        report("Keeping the result", 0, 0)
        return keep(
            store,
            _as_it_is_now(store, info.id, found.debate, before),
            Place(info.id, info.origin, found.unfinished),
        )

    return Job(info.title, work, queue=models.queue(), owner=owner, kind="rest")


def _as_it_is_now(store: Store, session_id: str, made: Debate, before: Debate) -> Debate:
    """What a job made, with the name and the decided divisions that were given meanwhile."""
    try:
        now = store.load(session_id)
    except StoreError:
        now = before  # deleted meanwhile, or not to be read: what the job began with is kept
    return replace(carry_decisions(now, replace(made, decisions=())), title=now.title)


def _models(classifier: PairClassifier) -> Models:
    """The models of a mapping; raises ``ModelError``."""
    return Models(
        classifier=classifier,
        encoder=models.encoder(),
        attributor=models.attributor(),
        relation_classifier=models.relation_classifier(),
    )


def start_relabel(info: SessionInfo, threshold: float, *, use: Use | None, owner: str = "") -> Job:
    """Give a stored debate the labels of another threshold in the background, in its turn.

    No sentence is judged again, and what its readers corrected stays.
    """
    store = models.store()

    def work(report: Report) -> str:
        report(_LOADING, 0, 0)
        before = store.load(info.id)
        debate = relabel(
            before,
            threshold=threshold,
            use=use,
            encoder=models.encoder(),
            relation_classifier=models.relation_classifier(),
            progress=report,
        )
        report("Keeping the result", 0, 0)
        return keep(
            store,
            _as_it_is_now(store, info.id, debate, before),
            Place(info.id, info.origin, info.unfinished),
        )

    return Job(
        info.title,
        work,
        told=f"“{info.title}” is labelled from {threshold:.2f} on.",
        queue=models.queue(),
        owner=owner,
        kind="relabel",
        size=float(info.statements),
    )


def set_division(info: SessionInfo, topic: str, division: str | None, *, aye: Side) -> None:
    """Keep which division decides a motion of a stored debate; ``None`` for none.

    Raises:
        StoreError: the debate cannot be read or kept; it stays as it was.
    """
    models.store().change(info.id, lambda debate: decide(debate, topic, division, aye=aye))


def open_file(store: Store, data: bytes, *, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Keep the debate of a project file or argument graph as a session of its own.

    Returns:
        The session's id, the debate's title, and what could not be taken over as it stood.

    Raises:
        InputError: the file cannot be read, or has no motion to show.
        StoreError: the debate cannot be kept.
    """
    found = read_debate(data, name=name)
    if not found.debate.topics:
        raise InputError(
            f"{name}: There is no motion in it, so there is nothing to draw. Map its documents "
            "again on a motion, or open another file."
        )
    return store.save(found.debate), found.debate.title, found.notes


def bundled_job() -> Job:
    """The one job of this process that maps the bundled debates which are new or changed."""
    return _bundled_job(str(home_dir()))


def only_checking(job: Job) -> bool:
    """Whether the bundled debates are all kept and ``job`` has not found one to map again.

    A server that starts again loads the model to see whether it is still the one they were
    mapped with; there is nothing to wait for in that.
    """
    try:
        if job.progress.stage not in _BEFORE_MAPPING:
            return False
        kept = {info.id for info in models.store().sessions()}
        return all(bundled_session(bundled) in kept for bundled in bundled_debates())
    except ArgmapError:
        # What is wrong with the store or the corpus, the job says itself.
        return False


def retry_bundled() -> None:
    """Forget the job, so that the next :func:`bundled_job` starts again."""
    _bundled_job.clear()


@st.cache_resource(show_spinner=False)
def _bundled_job(home: str) -> Job:
    # What is bundled is nobody's.
    store = models.whole_store()

    def work(report: Report) -> None:
        report(_LOADING, 0, 0)
        classifier, encoder = models.classifier(), models.encoder()
        attributor = models.attributor()
        relation_classifier = models.relation_classifier()
        used = model_names(classifier, encoder, attributor, relation_classifier)
        due = outdated(store, bundled_debates(), used=used)
        for index, bundled in enumerate(due):
            place = f"{bundled.title} ({index + 1} of {len(due)})"

            def tell(stage: str, done: int, total: int, place: str = place) -> None:
                report(f"{place}: {stage[0].lower()}{stage[1:]}", done, total)

            debate = map_debate(
                bundled.documents,
                bundled.topics,
                title=bundled.title,
                classifier=classifier,
                encoder=encoder,
                attributor=attributor,
                relation_classifier=relation_classifier,
                progress=tell,
            )
            tell("Keeping the result", 0, 0)
            store.save(debate, session_id=bundled_session(bundled), origin=BUNDLED)

    return Job("the bundled debates", work, queue=models.queue(), owner=BUNDLED)


def bundled_session(bundled: BundledDebate) -> str:
    """The id of the session that keeps a bundled debate."""
    return f"bundled-{bundled.id}"


def outdated(
    store: Store, debates: Sequence[BundledDebate], *, used: Mapping[str, str]
) -> tuple[BundledDebate, ...]:
    """The bundled debates to map; ``used`` names the models they would be mapped with.

    A debate is due where it is not kept or cannot be read, or where a model, a text or a motion
    is another one than when it was mapped.
    """
    kept = {info.id for info in store.sessions()}
    due: list[BundledDebate] = []
    for bundled in debates:
        session_id = bundled_session(bundled)
        try:
            fits = session_id in kept and _fits(store.load(session_id), bundled, used)
        except StoreError:
            # Nothing of the user's is in it, so mapping it again mends it.
            fits = False
        if not fits:
            due.append(bundled)
    return tuple(due)


def _fits(debate: Debate, bundled: BundledDebate, used: Mapping[str, str]) -> bool:
    return (
        dict(debate.run.inputs) == input_hashes(bundled.documents)
        and dict(debate.run.models) == dict(used)
        and [t.motion for t in debate.topics] == [t.motion for t in bundled.topics]
    )


def ordered(sessions: Sequence[SessionInfo]) -> tuple[SessionInfo, ...]:
    """The user's own debates first, the latest on top, then the bundled ones by title."""
    own = sorted(
        (info for info in sessions if info.origin != BUNDLED),
        key=lambda info: (info.updated, info.id),
        reverse=True,
    )
    bundled = sorted(
        (info for info in sessions if info.origin == BUNDLED), key=lambda info: info.title
    )
    return (*own, *bundled)
