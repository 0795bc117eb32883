"""What the Read page shows of a source: labels, speakers, sureness, words; kept in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from argmap.charts import SIGNS
from argmap.dashboard import session, words
from argmap.dashboard.search import matching
from argmap.dashboard.session import Open
from argmap.records import LABELS, Document, Label, Statement

_ALL = (0, 100)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; everything is empty where nothing is filtered.

    Attributes:
        sure: least and most per cent that the label's probability may be.
    """

    labels: tuple[Label, ...] = ()
    speakers: tuple[str, ...] = ()
    corrected: bool = False
    sure: tuple[int, int] = _ALL
    search: str = ""

    @property
    def any(self) -> bool:
        """Whether anything but words to search for is asked."""
        return bool(self.labels or self.speakers or self.corrected or self.sure != _ALL)

    def passing(self, found: Open, own: tuple[Statement, ...]) -> tuple[Statement, ...]:
        """The statements that pass, the search aside."""
        return matching(
            own,
            found.stances,
            labels=self.labels,
            speakers=self.speakers,
            corrected=self.corrected,
            sure=None if self.sure == _ALL else (self.sure[0] / 100, self.sure[1] / 100),
        )


def wanted(present: tuple[str, ...]) -> Filters:
    """What the address asks for; whatever of it makes no sense is passed over.

    Args:
        present: ids of the speakers of the source.
    """
    labels = (session.wanted("labels") or "").split(",")
    voices = (session.wanted("voices") or "").split(",")
    return Filters(
        labels=tuple(label for label in LABELS if label in labels),
        # A speaker who was merged into another can be chosen no more.
        speakers=tuple(speaker for speaker in present if speaker in voices),
        corrected=session.wanted("only") == "corrected",
        sure=_range(session.wanted("sure")),
        search=session.wanted("find") or "",
    )


def _range(text: str | None) -> tuple[int, int]:
    first, dash, last = (text or "").partition("-")
    if not dash or not first.isdecimal() or not last.isdecimal():
        return _ALL
    least, most = min(int(first), 100), min(int(last), 100)
    return (least, most) if least <= most else _ALL


def show(found: Open, document: Document, own: tuple[Statement, ...]) -> Filters:
    """Draw the controls and give what they ask for."""
    names = found.speaker_names
    present = tuple(
        sorted({s.speaker for s in own if s.speaker}, key=lambda i: (names[i].casefold(), i))
    )
    now = wanted(present)
    place = found.info.id
    with st.container(horizontal=True, vertical_alignment="bottom", key="read-filters"):
        key = f"filter-search-{place}"
        _set(key, now.search)
        st.text_input(
            "Search in the source",
            key=key,
            live=True,
            icon=":material/search:",
            on_change=_typed,
            args=(key,),
        )
        key = f"filter-labels-{place}"
        _set(key, list(now.labels))
        st.pills(
            "Show",
            list(LABELS),
            selection_mode="multi",
            format_func=lambda label: words.plain(f"{SIGNS[label]} {words.LABEL_WORDS[label]}"),
            key=key,
            on_change=_labels_picked,
            args=(key,),
        )
        key = f"filter-speakers-{document.id}"
        _set(key, list(now.speakers))
        st.multiselect(
            "Speakers",
            present,
            format_func=names.__getitem__,
            key=key,
            placeholder="Everyone",
            on_change=_speakers_picked,
            args=(key,),
            width=260,
        )
        more = (now.sure != _ALL) + now.corrected
        with st.popover(f"More ({more} set)" if more else "More", icon=":material/tune:"):
            key = f"filter-sure-{place}"
            _set(key, now.sure)
            st.slider(
                "How sure of the label",
                *_ALL,
                format="%d%%",
                key=key,
                on_change=_sure_picked,
                args=(key,),
                help="Lower the right end to see what the model was least sure of.",
            )
            key = f"filter-corrected-{place}"
            _set(key, now.corrected)
            st.toggle(
                "Only what a person corrected", key=key, on_change=_corrected_picked, args=(key,)
            )
        if now.any or now.search:
            st.button("Clear", icon=":material/close:", key="filters-clear", on_click=_clear)
    return now


def _set(key: str, value: object) -> None:
    # Set only where it differs: a field that is being typed in must not be written over.
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _typed(key: str) -> None:
    session.choose(find=st.session_state[key] or None, place=None)


def _labels_picked(key: str) -> None:
    session.choose(labels=",".join(cast("list[str]", st.session_state[key])) or None)


def _speakers_picked(key: str) -> None:
    session.choose(voices=",".join(cast("list[str]", st.session_state[key])) or None)


def _sure_picked(key: str) -> None:
    least, most = st.session_state[key]
    session.choose(sure=None if (least, most) == _ALL else f"{least}-{most}")


def _corrected_picked(key: str) -> None:
    session.choose(only="corrected" if st.session_state[key] else None)


def _clear() -> None:
    session.choose(labels=None, voices=None, only=None, sure=None, find=None)
