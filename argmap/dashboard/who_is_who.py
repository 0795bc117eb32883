"""The Speakers page's controls for who is who: offers, renaming, merging, splitting, history."""

from __future__ import annotations

import streamlit as st

from argmap.corrections import MergeOffer
from argmap.dashboard import component, corrections, identity, models, render, said_by, words
from argmap.dashboard.session import Open

#: Offers shown at once, and sentences to tick at once.
_OFFERS = 6
_SENTENCES = 60
_LENGTH = 140
_LONGEST = 120


def show(found: Open) -> None:
    """Draw the step back and forth, the offers, and the tools for correcting."""
    corrections.bar(found, place="speakers")
    _offers(found)
    if not found.debate.speakers and not found.debate.edits:
        return
    with st.expander("Correct who is who", icon=":material/person_edit:", key="who-is-who"):
        component.show(
            render.heading(
                "",
                "A correction changes every page and every file you take away. What the rules "
                "read is kept beside it, and every correction can be undone.",
            )
        )
        corrections.author_field("speakers")
        rename, merge, split, history = st.tabs(["Rename", "Merge", "Split", "History"])
        with rename:
            _rename(found)
        with merge:
            _merge(found)
        with split:
            _split(found)
        with history:
            _history(found)


# --- offers ----------------------------------------------------------------------------------


def _offers(found: Open) -> None:
    offers = models.offers(found.info.id, found.info.updated)
    if not offers:
        return
    with st.container(border=True, key="merge-offers"):
        component.show(
            render.heading(
                "",
                f"{words.count(len(offers), 'pair')} of names that may be one speaker. "
                "Nothing is merged until you say so.",
            )
        )
        for offer in offers[:_OFFERS]:
            _offer(found, offer)
        if len(offers) > _OFFERS:
            st.text(f"{len(offers) - _OFFERS} more come up as you answer these.")


def _offer(found: Open, offer: MergeOffer) -> None:
    names = found.speaker_names
    key = f"{offer.speaker}-{offer.into}"
    component.show(identity.offer(offer, found.debate))
    with st.container(horizontal=True, key=f"offer-{key}"):
        for goes, stays in ((offer.speaker, offer.into), (offer.into, offer.speaker)):
            label = f"Same person: {words.shorten(names[stays], 40)}"
            st.button(
                words.plain(label),
                key=f"same-{goes}-{stays}",
                help="Keeps this name for both.",
                on_click=_decide,
                args=(found, "merge", goes, stays),
            )
        st.button(
            "Not the same",
            key=f"distinct-{key}",
            on_click=_decide,
            args=(found, "distinct", offer.speaker, offer.into),
        )


def _decide(found: Open, kind: str, speaker: str, into: str) -> None:
    corrections.record(
        found, "merge" if kind == "merge" else "distinct", speaker=speaker, into=into
    )


# --- tools -----------------------------------------------------------------------------------


def _pick(found: Open, label: str, *, key: str, without: str | None = None) -> str | None:
    """A speaker of the debate."""
    names = found.speaker_names
    known = sorted((i for i in names if i != without), key=lambda i: (names[i].casefold(), i))
    if not known:
        return None
    return st.selectbox(label, known, format_func=lambda i: names[i], key=key)


def _rename(found: Open) -> None:
    made = len(found.debate.edits)
    chosen = _pick(found, "Speaker to rename", key=f"rename-who-{found.info.id}-{made}")
    speaker = next((s for s in found.debate.speakers if s.id == chosen), None)
    if speaker is None:
        return
    key = f"rename-{made}-{speaker.id}"
    name = st.text_input("Name", value=speaker.name, max_chars=_LONGEST, key=f"{key}-name") or ""
    role = st.text_input("Role", value=speaker.role or "", max_chars=_LONGEST, key=f"{key}-role")
    party = st.text_input(
        "Party or body", value=speaker.party or "", max_chars=_LONGEST, key=f"{key}-party"
    )
    told = (name.strip(), (role or "").strip() or None, (party or "").strip() or None)
    st.button(
        "Save the name",
        key="do-rename",
        disabled=not told[0] or told == (speaker.name, speaker.role, speaker.party),
        on_click=_save_name,
        args=(found, speaker.id, *told),
    )


def _save_name(found: Open, speaker: str, name: str, role: str | None, party: str | None) -> None:
    corrections.record(found, "rename", speaker=speaker, name=name, role=role, party=party)


def _merge(found: Open) -> None:
    made = len(found.debate.edits)
    goes = _pick(found, "This name", key=f"merge-goes-{found.info.id}-{made}")
    if goes is None:
        return
    stays = _pick(
        found, "is the same speaker as", key=f"merge-stays-{found.info.id}-{made}", without=goes
    )
    st.button(
        "Merge them",
        key="do-merge",
        disabled=stays is None,
        on_click=_decide,
        args=(found, "merge", goes, stays or ""),
    )


def _split(found: Open) -> None:
    made = len(found.debate.edits)
    chosen = _pick(found, "Speaker to split", key=f"split-who-{found.info.id}-{made}")
    if chosen is None:
        return
    titles = {document.id: document.title for document in found.debate.documents}
    said = [s for s in found.debate.statements if s.speaker == chosen]
    if len(said) > _SENTENCES:
        needle = (st.text_input("Find a sentence", key=f"split-find-{made}") or "").casefold()
        said = [s for s in said if needle in s.text.casefold()][:_SENTENCES]
    ticked = []
    with st.container(height=320, key="split-sentences"):
        for statement in said:
            text = words.shorten(statement.text, _LENGTH)
            label = words.plain(f"{text} — {titles[statement.document]}")
            if st.checkbox(label, key=f"split-{made}-{chosen}-{statement.id}"):
                ticked.append(statement.id)
    into, name = said_by.speaker_choice(
        found, "These sentences are by", key=f"split-to-{made}-{chosen}", without=chosen
    )
    st.button(
        f"Move {words.count(len(ticked), 'sentence')}",
        key="do-split",
        disabled=not ticked or name == "",
        on_click=_move,
        args=(found, chosen, tuple(ticked), into, name),
    )


def _move(
    found: Open, speaker: str, statements: tuple[str, ...], into: str | None, name: str | None
) -> None:
    corrections.record(found, "split", speaker=speaker, statements=statements, into=into, name=name)


def _history(found: Open) -> None:
    outcomes = corrections.replayed(found).outcomes
    if not outcomes:
        st.text("Nothing has been corrected in this debate.")
        return
    component.show(identity.history(outcomes))
