"""What one server process loads once and every browser shares: models, store, open debates."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from argmap.corrections import (
    Agreements,
    MergeOffer,
    Replay,
    agreement,
    refitted,
    replay,
    suggest_merges,
)
from argmap.dashboard import who
from argmap.dashboard.queueing import Queue
from argmap.errors import StoreError
from argmap.records import ArgumentTree, Debate, SpeakerStance
from argmap.resources import home_dir
from argmap.stance import Refit
from argmap.store import SameSentence, SessionInfo, Store, remembered, unknown
from argmap.structure import (
    By,
    Change,
    Comparand,
    Comparison,
    Exchanges,
    Gaps,
    Semantics,
    Strength,
    build_tree,
    change_of,
    contrast,
    find_gaps,
    summarise_speakers,
    weigh,
    who_answers_whom,
)
from argmap.structure import (
    comparands as _find_comparands,
)

if TYPE_CHECKING:
    from argmap.nlp import Attributor, PairClassifier, PointEncoder

#: Debates kept in memory in each of the forms below. The least recently looked at goes first, so
#: twenty readers keep theirs, and what a correction has just put out of date goes. One takes
#: about 1.6 kB a statement: at 2,000 statements each, 150 MB in all.
DEBATES = 48
#: What is worked out of one motion, speaker or choice, kept in memory: a tenth of a debate each.
VIEWS = 96
T = TypeVar("T")


# show_spinner is off throughout: jobs call these from threads that draw nothing.
@st.cache_resource(show_spinner=False)
def classifier() -> PairClassifier:
    """The default stance model. Takes seconds the first time; raises ``ModelError``."""
    from argmap.nlp import load_classifier

    return remembered(load_classifier())


# Two, so that going back and forth between two models loads each once; large ones fill memory.
@st.cache_resource(show_spinner=False, max_entries=2)
def chosen(model_id: str) -> PairClassifier:
    """The stance model of that id or folder; raises ``ModelError``."""
    from argmap.nlp import load_classifier

    return remembered(load_classifier(model_id))


def judge(model_id: str) -> PairClassifier:
    """The stance model that judged a debate, by the id in its run; raises ``ModelError``."""
    default = classifier()
    return default if default.model_id == model_id else chosen(model_id)


@st.cache_resource(show_spinner=False)
def queue() -> Queue:
    """Where the work on the models waits for its turn; one job has all cores to itself."""
    return Queue(at_once=1)


@st.cache_resource(show_spinner=False)
def encoder() -> PointEncoder:
    """The key-point model. Takes seconds the first time; raises ``ModelError``."""
    from argmap.nlp import load_point_encoder

    return load_point_encoder()


@st.cache_resource(show_spinner=False)
def attributor() -> Attributor:
    """The attribution model. Takes seconds the first time; raises ``ModelError``."""
    from argmap.nlp import load_attributor

    return load_attributor()


@st.cache_resource(show_spinner=False)
def relation_classifier() -> PairClassifier:
    """The relation model. Takes seconds the first time; raises ``ModelError``."""
    from argmap.nlp import load_relation_classifier

    return load_relation_classifier()


@st.cache_resource(show_spinner=False)
def _store(home: str) -> Store:
    return Store()


# Nobody opens the database while its file is put aside.
_opening = threading.RLock()


def whole_store() -> Store:
    """The sessions of this machine, whosever they are: for what no user asked for."""
    with _opening:
        return _store(str(home_dir()))


def with_store_closed(work: Callable[[], T]) -> T:
    """Do ``work`` while this server does not have the database open, and nobody can open it."""
    with _opening:
        with suppress(StoreError):
            whole_store().close()
        _store.clear()
        return work()


def store() -> Store:
    """The sessions of this machine, as whoever is at this browser sees them.

    Raises ``StoreError`` where users sign in and nobody has.
    """
    user = who.user()
    return whole_store() if user is None else whole_store().seen_by(user)


def _seen(session_id: str) -> None:
    """Refuse whoever may not see a session: what is kept below is shared by all users.

    Raises ``StoreError``, the same as for a session that does not exist.
    """
    if who.user() is not None and not store().sees(session_id):
        raise unknown(session_id)


@st.cache_resource(show_spinner=False, max_entries=DEBATES)
def _mapped(home: str, session_id: str, updated: datetime) -> Debate:
    return whole_store().load(session_id)


def mapped(session_id: str, updated: datetime) -> Debate:
    """A stored debate as it was mapped, with the log of corrections. Raises ``StoreError``."""
    _seen(session_id)
    return _mapped(str(home_dir()), session_id, updated)


@st.cache_resource(show_spinner=False, max_entries=DEBATES)
def _replayed(home: str, session_id: str, updated: datetime) -> Replay:
    found = mapped(session_id, updated)
    return replay(found, found.edits)


def replayed(session_id: str, updated: datetime) -> Replay:
    """What its readers' corrections made of a stored debate. Raises ``StoreError``."""
    _seen(session_id)
    return _replayed(str(home_dir()), session_id, updated)


def debate(session_id: str, updated: datetime) -> Debate:
    """A stored debate as its readers corrected it, the one that every page shows.

    ``updated`` makes a changed one load afresh. Raises ``StoreError``.
    """
    return replayed(session_id, updated).debate


@st.cache_resource(show_spinner=False, max_entries=DEBATES)
def _offers(home: str, session_id: str, updated: datetime) -> tuple[MergeOffer, ...]:
    return suggest_merges(debate(session_id, updated))


def offers(session_id: str, updated: datetime) -> tuple[MergeOffer, ...]:
    """The pairs of speakers of a stored debate that may be one."""
    _seen(session_id)
    return _offers(str(home_dir()), session_id, updated)


@st.cache_resource(show_spinner=False, max_entries=VIEWS)
def _tree(home: str, session_id: str, updated: datetime, topic_id: str) -> ArgumentTree:
    return build_tree(debate(session_id, updated), topic_id)


def tree(session_id: str, updated: datetime, topic_id: str) -> ArgumentTree:
    """The argument tree of one motion of a stored debate."""
    _seen(session_id)
    return _tree(str(home_dir()), session_id, updated, topic_id)


@st.cache_resource(show_spinner=False, max_entries=DEBATES)
def _speakers(home: str, session_id: str, updated: datetime) -> tuple[SpeakerStance, ...]:
    return summarise_speakers(debate(session_id, updated))


def speakers(session_id: str, updated: datetime) -> tuple[SpeakerStance, ...]:
    """Every speaker's position on every motion of a stored debate."""
    _seen(session_id)
    return _speakers(str(home_dir()), session_id, updated)


@st.cache_resource(show_spinner=False, max_entries=DEBATES)
def _exchanges(home: str, session_id: str, updated: datetime, topic_id: str) -> Exchanges:
    return who_answers_whom(debate(session_id, updated), topic_id)


def exchanges(session_id: str, updated: datetime, topic_id: str) -> Exchanges:
    """Who answers whom on one motion of a stored debate."""
    _seen(session_id)
    return _exchanges(str(home_dir()), session_id, updated, topic_id)


@st.cache_resource(show_spinner=False, max_entries=VIEWS)
def _change(
    home: str, session_id: str, updated: datetime, topic_id: str, speaker: str, paired: bool
) -> Change:
    found = debate(session_id, updated)
    if not paired:
        return change_of(found, topic_id, speaker, encoder=None)
    reader = encoder()
    with queue().brief():
        return change_of(found, topic_id, speaker, encoder=reader)


def change(
    session_id: str, updated: datetime, topic_id: str, speaker: str, *, paired: bool
) -> Change:
    """One speaker's words over time. Raises ``InputError`` and, ``paired``, ``ModelError``.

    Args:
        paired: with the pairs of opposite sentences, for which a model reads them.
    """
    _seen(session_id)
    return _change(str(home_dir()), session_id, updated, topic_id, speaker, paired)


@st.cache_resource(show_spinner="Weighing the arguments", max_entries=VIEWS)
def _stands(
    home: str, session_id: str, updated: datetime, topic_id: str, semantics: Semantics
) -> tuple[Strength, Gaps]:
    found = debate(session_id, updated)
    strength = weigh(found, topic_id, semantics=semantics)
    return strength, find_gaps(found, strength)


def stands(
    session_id: str, updated: datetime, topic_id: str, semantics: Semantics
) -> tuple[Strength, Gaps]:
    """What stands after the attacks on one motion of a stored debate, and what was not answered."""
    _seen(session_id)
    return _stands(str(home_dir()), session_id, updated, topic_id, semantics)


@st.cache_resource(show_spinner=False, max_entries=VIEWS)
def _comparands(home: str, session_id: str, updated: datetime, by: By) -> tuple[Comparand, ...]:
    return _find_comparands(debate(session_id, updated), by)


def comparands(session_id: str, updated: datetime, by: By) -> tuple[Comparand, ...]:
    """Who or what of one kind can be compared in a stored debate."""
    _seen(session_id)
    return _comparands(str(home_dir()), session_id, updated, by)


@st.cache_resource(show_spinner="Comparing", max_entries=VIEWS)
def _comparison(
    home: str, session_id: str, updated: datetime, topic_id: str, by: By, a: str, b: str
) -> Comparison:
    found, reader = debate(session_id, updated), encoder()
    with queue().brief():
        return contrast(found, topic_id, by, a, b, encoder=reader)


def comparison(
    session_id: str, updated: datetime, topic_id: str, by: By, a: str, b: str
) -> Comparison:
    """Two of a stored debate side by side. Raises ``InputError`` and ``ModelError``."""
    _seen(session_id)
    return _comparison(str(home_dir()), session_id, updated, topic_id, by, a, b)


@st.cache_resource(show_spinner="Comparing your labels with the model's", max_entries=DEBATES)
def _agreements(home: str, session_id: str, updated: datetime) -> tuple[Agreements, Refit]:
    found = debate(session_id, updated)
    return agreement(found), refitted(found)


def agreements(session_id: str, updated: datetime) -> tuple[Agreements, Refit]:
    """How far persons and model agree on a stored debate, and the thresholds this gives."""
    _seen(session_id)
    return _agreements(str(home_dir()), session_id, updated)


@st.cache_resource(
    show_spinner="Looking for this sentence in your other debates", max_entries=VIEWS
)
def _elsewhere(
    home: str,
    user: str | None,
    motion: str,
    text: str,
    but: str,
    others: tuple[tuple[str, datetime], ...],
) -> tuple[SameSentence, ...]:
    kept = {session_id for session_id, _ in others}
    found = store().same_sentence(motion, text, but=but)
    return tuple(place for place in found if place.session in kept)


def elsewhere(
    motion: str, text: str, *, but: str, others: Sequence[SessionInfo]
) -> tuple[SameSentence, ...]:
    """Where a sentence stands in ``others``, on the same motion; they are read once a change.

    Raises ``StoreError``.
    """
    stamps = tuple((info.id, info.updated) for info in others)
    return _elsewhere(str(home_dir()), who.user(), motion, text, but, stamps)
