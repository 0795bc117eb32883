"""How the dashboard words things: times, sizes, and text made safe for labels.

Streamlit renders Markdown in labels, captions, alerts, toasts and progress texts. Whatever
comes from a document or from the user passes through :func:`plain` on its way there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from argmap.records import Division, Stance
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
    "model_share",
    "moment",
    "moved",
    "paragraphs",
    "percent",
    "place_line",
    "plain",
    "queued",
    "row_place",
    "shared",
    "shorten",
    "signed",
    "size",
    "source_line",
    "speaker_line",
    "stopped",
    "tame",
    "verdict",
    "voice",
    "vote_line",
]


_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# An escaped mark stands behind its backslash.
_ADDRESS = re.compile(r"(?:https?|ftp|www)(?=\\[:.])|@", re.I)
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SPACE = re.compile(r"\s+")
# Controls of C0 and C1, marks, embeddings, overrides and isolates of direction (Unicode's
# annex 9), and the marks of other protocols.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
# Embeddings, overrides and isolates: they hold until they are ended, or to the line's end.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """``text`` on one line, escaped so that Markdown shows exactly these characters.

    CommonMark lets every ASCII punctuation mark be escaped with a backslash, which also takes
    the meaning from Streamlit's own directives, emoji codes and mathematics. Addresses are made
    links (GitHub's "autolink literals") after that, so an unseen word joiner parts them. What
    would turn round the rest of the label, beyond the text itself, is left out.
    """
    bare = _TURNS.sub("", text)
    line = _PUNCTUATION.sub(r"\\\1", _SPACE.sub(" ", bare).strip())
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


def tame(text: str) -> str:
    """``text`` on one line without controls, such as those that turn a line's direction round.

    For what a reader types: a name with such a control in it would rearrange whatever stands
    beside it.
    """
    return _CONTROL.sub("", _SPACE.sub(" ", text)).strip()


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


def queued(ahead: int, seconds: float | None) -> str:
    """A place in the queue: ``third in the queue: two debates are mapped before yours``."""
    place = _PLACES[ahead] if ahead < len(_PLACES) else f"number {ahead + 1}"
    told = f"{_SMALL[ahead] if ahead < len(_SMALL) else f'{ahead:,}'} "
    told += "debate is mapped" if ahead == 1 else "debates are mapped"
    left = "" if seconds is None else f"; about {duration(seconds)}"
    return f"{place} in the queue: {told} before yours{left}"


def division_line(division: Division) -> str:
    """A division as a list offers it: ``Division 203, 19:30: ayes 242, noes 309. ...``"""
    head = f"Division {division.number}" if division.number else "Division"
    when = ", ".join(part for part in (day(division.date), division.time) if part)
    totals = f"ayes {division.ayes}, noes {division.noes}" if division.ayes is not None else ""
    known = (f"{head}, {when}" if when else head, totals)
    line = ": ".join(part for part in known if part)
    return f"{line}. {division.question}" if division.question else line


def model_share(stance: Stance) -> float:
    """How probable the model holds its most probable class, whatever a person said."""
    return max(stance.pro, stance.con, stance.none)


def verdict(stance: Stance, by: str) -> str:
    """Whose label it is, beside the model's: ``For (you), model: takes no side, 0.62``."""
    label = LABEL_WORDS[stance.label]
    if stance.model_label is None:
        return f"{label}, model, {model_share(stance):.2f}"
    model = LABEL_WORDS[stance.model_label].lower()
    return f"{label} ({by}), model: {model}, {model_share(stance):.2f}"


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
