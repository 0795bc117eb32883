"""How the dashboard words things: times, sizes, and text made safe for labels.

Streamlit renders Markdown in labels, captions, alerts, toasts and progress texts. Whatever
comes from a document or from the user passes through :func:`plain` on its way there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from argmap.records import Division
from argmap.store import Unfinished
from argmap.structure import SpeakerVote
from argmap.wording import (
    LABEL_WORDS,
    SEMANTICS_WORDS,
    basis,
    citation,
    count,
    day,
    leaning,
    moved,
    paragraphs,
    percent,
    place_line,
    row_place,
    shared,
    shorten,
    signed,
    source_line,
    speaker_line,
    voice,
)

__all__ = [
    "LABEL_WORDS",
    "SEMANTICS_WORDS",
    "basis",
    "citation",
    "count",
    "day",
    "distinct",
    "division_line",
    "duration",
    "leaning",
    "moment",
    "moved",
    "paragraphs",
    "percent",
    "place_line",
    "plain",
    "row_place",
    "shared",
    "shorten",
    "signed",
    "size",
    "source_line",
    "speaker_line",
    "stopped",
    "voice",
    "vote_line",
]


_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# An escaped mark stands behind its backslash.
_ADDRESS = re.compile(r"(?:https?|ftp|www)(?=\\[:.])|@", re.I)
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """``text`` on one line, escaped so that Markdown shows exactly these characters.

    CommonMark lets every ASCII punctuation mark be escaped with a backslash, which also takes
    the meaning from Streamlit's own directives, emoji codes and mathematics. Addresses are made
    links (GitHub's "autolink literals") after that, so an unseen word joiner parts them.
    """
    line = _PUNCTUATION.sub(r"\\\1", _SPACE.sub(" ", text).strip())
    return _ADDRESS.sub("\\g<0>\u2060", line)


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id, numbered where two are alike: a list tells its options by their words alone."""
    taken, used = set(names.values()), set[str]()
    told: dict[str, str] = {}
    for own, name in names.items():
        label, number = name, 1
        while label in used or (number > 1 and label in taken):
            number += 1
            label = f"{name} ({number})"
        used.add(label)
        told[own] = label
    return told


def size(number: int) -> str:
    """A number of bytes: ``12 kB``, ``3.4 MB``."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB"


def moment(value: datetime) -> str:
    """A stored (UTC) time in the machine's own zone: ``3 May 2026, 14:05``."""
    local = value.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def duration(seconds: float) -> str:
    """A rough time left: ``5 s``, ``1 min 20 s``, ``12 min``."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes >= 5 or rest == 0:
        return f"{minutes} min"
    return f"{minutes} min {rest} s"


def division_line(division: Division) -> str:
    """A division as a list offers it: ``Division 203, 19:30: ayes 242, noes 309. ...``"""
    head = f"Division {division.number}" if division.number else "Division"
    when = ", ".join(part for part in (day(division.date), division.time) if part)
    totals = f"ayes {division.ayes}, noes {division.noes}" if division.ayes is not None else ""
    known = (f"{head}, {when}" if when else head, totals)
    line = ": ".join(part for part in known if part)
    return f"{line}. {division.question}" if division.question else line


def vote_line(vote: SpeakerVote) -> str:
    """A speaker's vote in words; a vote that is not there is not guessed at."""
    if vote.side is None:
        return "did not vote, or not known"
    if vote.side == "both":
        return "voted in both lobbies"
    if vote.side == "abstain":
        return "abstained"
    how: list[str] = [vote.side]
    if vote.teller:
        how.append("teller")
    if vote.proxy:
        how.append("by proxy")
    return f"voted {'for' if vote.position == 'pro' else 'against'} ({', '.join(how)})"


def stopped(left: Unfinished, documents: int) -> str:
    """How far a mapping came: ``stopped: 2 of 5 motions``, ``stopped: 3 of 12 sources``."""
    if left.sources is None:
        return f"stopped: {left.done} of {count(left.total, 'motion')}"
    done = f"stopped: {left.sources} of {count(documents, 'source')}"
    more = len(left.motions)
    return f"{done}, {count(more, 'more motion')} to come" if more else done
