"""The debates at hand: mapping new ones, and keeping the bundled ones mapped."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.bundled import BundledDebate, bundled_debates
from argmap.dashboard import models
from argmap.dashboard.jobs import Job, Report
from argmap.errors import ArgmapError, StoreError
from argmap.nlp import Encoder, PairClassifier
from argmap.pipeline import input_hashes, map_debate, model_names
from argmap.records import Debate, Document, Topic
from argmap.resources import home_dir
from argmap.store import SessionInfo, Store

BUNDLED = "bundled"
_LOADING = "Loading the model"
# What the job of the bundled debates says before it has found one to map.
_BEFORE_MAPPING = ("Starting", _LOADING)


def start_mapping(
    documents: Sequence[Document],
    topics: Sequence[Topic],
    *,
    title: str,
    session_id: str | None = None,
) -> Job:
    """Map in the background and keep the result; over ``session_id`` where one is given."""
    store = models.store()

    def work(report: Report) -> str:
        report(_LOADING, 0, 0)
        classifier, encoder = models.classifier(), models.encoder()
        debate = map_debate(
            documents,
            topics,
            title=title,
            classifier=classifier,
            encoder=encoder,
            progress=report,
        )
        report("Keeping the result", 0, 0)
        return store.save(debate, session_id=session_id)

    return Job(title, work)


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
    store = models.store()

    def work(report: Report) -> None:
        report(_LOADING, 0, 0)
        classifier, encoder = models.classifier(), models.encoder()
        due = outdated(store, bundled_debates(), classifier=classifier, encoder=encoder)
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
                progress=tell,
            )
            tell("Keeping the result", 0, 0)
            store.save(debate, session_id=bundled_session(bundled), origin=BUNDLED)

    return Job("the bundled debates", work)


def bundled_session(bundled: BundledDebate) -> str:
    """The id of the session that keeps a bundled debate."""
    return f"bundled-{bundled.id}"


def outdated(
    store: Store,
    debates: Sequence[BundledDebate],
    *,
    classifier: PairClassifier,
    encoder: Encoder,
) -> tuple[BundledDebate, ...]:
    """The bundled debates to map.

    A debate is due where it is not kept or cannot be read, or where a model, a text or a motion
    is another one than when it was mapped.
    """
    kept = {info.id for info in store.sessions()}
    due: list[BundledDebate] = []
    for bundled in debates:
        session_id = bundled_session(bundled)
        try:
            fits = session_id in kept and _fits(
                store.load(session_id), bundled, classifier=classifier, encoder=encoder
            )
        except StoreError:
            # Nothing of the user's is in it, so mapping it again mends it.
            fits = False
        if not fits:
            due.append(bundled)
    return tuple(due)


def _fits(
    debate: Debate, bundled: BundledDebate, *, classifier: PairClassifier, encoder: Encoder
) -> bool:
    return (
        dict(debate.run.inputs) == input_hashes(bundled.documents)
        and dict(debate.run.models) == model_names(classifier, encoder)
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
