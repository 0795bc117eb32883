"""What one server process loads once and every browser shares: models, store, open debates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from argmap.records import ArgumentTree, Debate, SpeakerStance
from argmap.resources import home_dir
from argmap.store import Store
from argmap.structure import build_tree, summarise_speakers

if TYPE_CHECKING:
    from argmap.nlp import Attributor, Encoder, PairClassifier


# show_spinner is off throughout: jobs call these from threads that draw nothing.
@st.cache_resource(show_spinner=False)
def classifier() -> PairClassifier:
    """The default stance model. Takes seconds the first time; raises ``ModelError``."""
    from argmap.nlp import load_classifier

    return load_classifier()


@st.cache_resource(show_spinner=False)
def encoder() -> Encoder:
    """The text encoder. Takes seconds the first time; raises ``ModelError``."""
    from argmap.nlp import load_encoder

    return load_encoder()


@st.cache_resource(show_spinner=False)
def attributor() -> Attributor:
    """The attribution model. Takes seconds the first time; raises ``ModelError``."""
    from argmap.nlp import load_attributor

    return load_attributor()


@st.cache_resource(show_spinner=False)
def _store(home: str) -> Store:
    return Store()


def store() -> Store:
    """The sessions of this machine."""
    return _store(str(home_dir()))


@st.cache_resource(show_spinner=False, max_entries=16)
def _debate(home: str, session_id: str, updated: datetime) -> Debate:
    return store().load(session_id)


def debate(session_id: str, updated: datetime) -> Debate:
    """A stored debate; ``updated`` makes a changed one load afresh. Raises ``StoreError``."""
    return _debate(str(home_dir()), session_id, updated)


@st.cache_resource(show_spinner=False, max_entries=32)
def _tree(home: str, session_id: str, updated: datetime, topic_id: str) -> ArgumentTree:
    return build_tree(debate(session_id, updated), topic_id)


def tree(session_id: str, updated: datetime, topic_id: str) -> ArgumentTree:
    """The argument tree of one motion of a stored debate."""
    return _tree(str(home_dir()), session_id, updated, topic_id)


@st.cache_resource(show_spinner=False, max_entries=16)
def _speakers(home: str, session_id: str, updated: datetime) -> tuple[SpeakerStance, ...]:
    return summarise_speakers(debate(session_id, updated))


def speakers(session_id: str, updated: datetime) -> tuple[SpeakerStance, ...]:
    """Every speaker's position on every motion of a stored debate."""
    return _speakers(str(home_dir()), session_id, updated)
