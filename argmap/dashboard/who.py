"""Who is at this browser, on a server where users sign in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from argmap.dashboard import gatekeeper
from argmap.dashboard.attempts import Attempts
from argmap.errors import ArgmapError, InputError, StoreError
from argmap.store import user_name
from argmap.store.accounts import Accounts

_SIGNED_IN, _STATE_OF = "argmap-signed-in", "argmap-state-of"


@dataclass(frozen=True, slots=True)
class _SignedIn:
    """A user, and the stamp that their password had when they gave it."""

    name: str
    stamp: str


# The file is read at each question; kept is what a name of nobody's is held against.
@st.cache_resource(show_spinner=False)
def _accounts(path: str) -> Accounts:
    from pathlib import Path

    return Accounts(Path(path))


@st.cache_resource(show_spinner=False)
def _attempts() -> Attempts:
    return Attempts()


def shared() -> bool:
    """Whether users sign in here. Raises ``InputError`` where that is not said whole."""
    return gatekeeper.from_environment().way != "none"


def user() -> str | None:
    """The user at this browser; ``None`` where nobody signs in here.

    Raises:
        StoreError: nobody is signed in.
        InputError: how users sign in is not said whole.
    """
    gate = gatekeeper.from_environment()
    found: str | None = None
    match gate.way:
        case "none":
            return None
        case "password":
            kept = st.session_state.get(_SIGNED_IN)
            # Whoever is taken out of the file, or given another password, is signed out by it.
            if isinstance(kept, _SignedIn) and kept.stamp == _accounts(str(gate.users)).stamp(
                kept.name
            ):
                found = kept.name
        case "header":
            if gate.trusts(_header, _peer()):
                found = gate.named(_header)
    if found is None:
        raise StoreError("Nobody is signed in. Sign in, and try again.")
    return found


def _header(name: str) -> Sequence[str]:
    return st.context.headers.get_all(name)


def _peer() -> str:
    # Streamlit gives none for this machine; where it knows of no request there is no header.
    return st.context.ip_address or "127.0.0.1"


def name() -> str | None:
    """The user at this browser, where there is one."""
    try:
        return user()
    except ArgmapError:
        return None


def known(typed: str) -> bool:
    """Whether there is such a user, as far as can be told: only the proxy knows its own.

    Raises:
        StoreError: the name cannot be a user's, or the file of users cannot be read.
    """
    gate = gatekeeper.from_environment()
    folded = user_name(typed)
    return gate.way != "password" or folded in _accounts(str(gate.users)).names()


def sign_in(typed: str, password: str) -> str | None:
    """Try to sign in; what went wrong in words, or ``None`` where it went well.

    Raises:
        StoreError: the file of users cannot be read.
    """
    gate = gatekeeper.from_environment()
    folded = typed.strip().casefold()
    if not folded or not password:
        return "Type your user name and your password."
    wait = _attempts().take(folded)
    if wait:
        return f"Too many tries. Wait {max(1, round(wait)):,} s and try again."
    accounts = _accounts(str(gate.users))
    admitted = accounts.admit(typed, password)
    stamp = accounts.stamp(admitted) if admitted else None
    if admitted is None or stamp is None:
        return "No user of this server has that name and password."
    _attempts().passed(folded)
    st.session_state[_SIGNED_IN] = _SignedIn(admitted, stamp)
    return None


def sign_out() -> None:
    """Forget the user and all that this browser holds of theirs."""
    st.session_state.clear()
    st.query_params.clear()


def refused() -> str | None:
    """Why nobody at all is let in at this address, if so."""
    try:
        if shared() or gatekeeper.only_here(st.get_option("server.address")):
            return None
    except InputError as error:
        return str(error)
    return (
        "This server can be reached from other machines, and nobody has to sign in. Start it by "
        "argmap serve with --password or --user-header, or on this machine alone."
    )


def settle(found: str | None) -> None:
    """Let go of what the last user of this tab had open, where a proxy names another."""
    before = st.session_state.get(_STATE_OF)
    if before is not None and before != found:
        kept = st.session_state.get(_SIGNED_IN)
        st.session_state.clear()
        if kept is not None:
            st.session_state[_SIGNED_IN] = kept
    if found is not None:
        st.session_state[_STATE_OF] = found
