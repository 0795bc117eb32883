"""Edits of key points: which sentences make the same point, and what heads it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from argmap.corrections.labels import Labels
from argmap.corrections.quoting import (
    MOTION_GONE,
    SENTENCE_GONE,
    SENTENCES_GONE,
    in_quotes,
    on,
    sentences,
    there,
)
from argmap.records import Debate, Edit, KeyPoint, Side, content_id
from argmap.wording import SIDE_WORDS

_POINT_GONE = "The key point is not there any more."
_HEADING = 80


class Points:
    """The key points while the log is replayed.

    A person puts a sentence into a point of the side that it takes, into a new point, or out of
    any. A sentence whose label leaves the point's side leaves the point: it stands loose on its
    new side, or nowhere where it takes none; once the label is set back, it is in its point again.
    Where the heading sentence left, the strongest one left heads the point, unless a person wrote
    the heading. A point without sentences goes, and its sub-points stand by themselves.
    """

    def __init__(self, debate: Debate, labels: Labels) -> None:
        self._statements = {statement.id: statement for statement in debate.statements}
        self._topics = {topic.id: topic for topic in debate.topics}
        self._labels = labels
        self._points = {point.id: point for point in debate.key_points}
        self._as_mapped = debate.key_points
        self._home: dict[tuple[str, str], str] = {}
        for point in debate.key_points:
            for own in point.statements:
                # A sentence belongs to one key point: the first that claims it.
                self._home.setdefault((own, point.topic), point.id)
        #: Where a person put a sentence; ``None`` is out of any point.
        self._put: dict[tuple[str, str], str | None] = {}
        self._headings: dict[str, str] = {}
        self._changed: set[str] = set()

    # --- what it says ---------------------------------------------------------------------

    def words(self, edit: Edit) -> str:
        where = on(edit, self._topics)
        if not edit.statements and edit.point is not None:
            return f"The key point {self._named(edit.point)} is headed “{edit.name}” {where}"
        who = sentences(edit, self._statements)
        if edit.point is not None:
            return f"{who} moved into the key point {self._named(edit.point)} {where}"
        if edit.name is not None:
            return f"{who} moved into a new key point “{edit.name}” {where}"
        return f"{who} taken out of any key point {where}"

    def _named(self, identifier: str) -> str:
        point = self._points.get(identifier)
        text = self._headings.get(identifier, point.text if point else identifier)
        return in_quotes(text, _HEADING)

    # --- whether it fits ------------------------------------------------------------------

    def problem(self, edit: Edit) -> str | None:
        """Why ``edit`` can have no effect here, or ``None``."""
        if edit.topic not in self._topics:
            return MOTION_GONE
        if edit.point is not None:
            point = self._points.get(edit.point)
            if point is None or point.topic != edit.topic:
                return _POINT_GONE
        if edit.name is not None and not edit.name.strip():
            return "A key point needs a heading."
        if not edit.statements:
            if edit.point is None:
                return "It names no sentence."
            return None if edit.name is not None else "It gives no heading and names no sentence."
        if edit.point is not None and edit.name is not None:
            return "It names a key point and the heading of a new one."
        if self._fitting(edit):
            return None
        if not there(edit, self._statements):
            return SENTENCE_GONE if len(edit.statements) == 1 else SENTENCES_GONE
        return self._unfit(edit)

    def _unfit(self, edit: Edit) -> str:
        """Why none of the sentences, of which some are there, can go where the edit says."""
        one = len(edit.statements) == 1
        if edit.point is None and edit.name is None:
            return f"{'It stands' if one else 'They stand'} in no key point."
        known = there(edit, self._statements)
        sides = {self._labels.side(own, edit.topic or "") for own in known}
        if edit.point is not None and self._points[edit.point].side in sides:
            return f"{'It stands' if one else 'They stand'} in that key point already."
        if sides == {None}:
            takes = "The sentence takes" if one else "The sentences take"
            return f"{takes} no side on the motion. Correct the label first."
        takes = "The sentence takes" if one else "The sentences take"
        own_side = SIDE_WORDS[self._points[edit.point or ""].side]
        return (
            f"{takes} another side than the key point, which is {own_side} the motion. "
            "Correct the label first."
        )

    def _side(self, edit: Edit) -> Side | None:
        """The side of the point that the edit's sentences go into."""
        if edit.point is not None:
            return self._points[edit.point].side
        taken = (self._labels.side(own, edit.topic or "") for own in there(edit, self._statements))
        return next((side for side in taken if side is not None), None)

    def _fitting(self, edit: Edit) -> list[str]:
        topic = edit.topic or ""
        known = there(edit, self._statements)
        if edit.point is None and edit.name is None:
            return [own for own in known if self._where(own, topic) is not None]
        side = self._side(edit)
        return [
            own
            for own in known
            if side is not None
            and self._labels.side(own, topic) == side
            and (edit.point is None or self._where(own, topic) != edit.point)
        ]

    def _where(self, statement: str, topic: str) -> str | None:
        """The key point that the statement stands in as the log stands now."""
        key = (statement, topic)
        point = self._put[key] if key in self._put else self._home.get(key)
        if point is None:
            return None
        # What was mapped stands as it was; what a label turned has left its point.
        stays = self._labels.side(statement, topic) == self._points[point].side
        moved = key in self._put or key in self._labels.turned
        return point if stays or not moved else None

    # --- what it does ---------------------------------------------------------------------

    def apply(self, edit: Edit) -> str | None:
        """Do it; a sentence about the part that could not be done, if any."""
        topic = edit.topic or ""
        if not edit.statements:
            self._headings[edit.point or ""] = (edit.name or "").strip()
            self._changed.add(edit.point or "")
            return None
        kept = self._fitting(edit)
        into = edit.point
        if into is None and edit.name is not None:
            into = new_point_id(edit)
            name = edit.name.strip()
            side = self._side(edit) or "pro"
            self._points[into] = KeyPoint(into, topic, side, name, (), corrected=True)
            self._headings[into] = name
        for own in kept:
            before = self._where(own, topic)
            self._changed |= {point for point in (before, into) if point is not None}
            # Last put stands last.
            self._put.pop((own, topic), None)
            self._put[own, topic] = into
        missing = len(set(edit.statements)) - len(kept)
        if missing:
            return (
                f"{missing} of its sentences are not there any more, take another side or none, "
                "or stood so already."
            )
        return None

    def key_points(self) -> tuple[KeyPoint, ...]:
        """Those of the map in their order, what a person made after the others of its side."""
        turned = self._labels.turned
        if not turned and not self._put and not self._headings:
            return self._as_mapped
        added: dict[str, list[str]] = {}
        for (own, topic), into in self._put.items():
            if into is not None and self._labels.side(own, topic) == self._points[into].side:
                added.setdefault(into, []).append(own)
        found: dict[str, KeyPoint] = {}
        for point in self._points.values():
            kept = [own for own in point.statements if self._stays(own, point, turned)]
            members = tuple(dict.fromkeys([*kept, *added.get(point.id, ())]))
            if members:
                found[point.id] = self._with(point, members)
        whole = [
            replace(point, parent=None)
            if point.parent is not None and point.parent not in found
            else point
            for point in found.values()
        ]
        return _in_order(whole, {point.id for point in self._as_mapped})

    def _stays(self, own: str, point: KeyPoint, turned: Set[tuple[str, str]]) -> bool:
        key = (own, point.topic)
        if key in self._put and self._put[key] != point.id:
            return False
        return (key not in turned and key not in self._put) or self._labels.side(
            own, point.topic
        ) == point.side

    def _with(self, point: KeyPoint, members: tuple[str, ...]) -> KeyPoint:
        text = self._headings.get(point.id, point.text)
        if point.id not in self._headings and members[0] != next(iter(point.statements), None):
            first = self._statements[point.statements[0]]
            # A heading that is not the sentence's own was written by a person, and stays.
            if not point.corrected or first.text == point.text:
                text = self._statements[members[0]].text
        changed = point.corrected or point.id in self._changed
        return replace(point, text=text, statements=members, corrected=changed)


def _in_order(points: list[KeyPoint], mapped: set[str]) -> tuple[KeyPoint, ...]:
    found = [point for point in points if point.id in mapped]
    for point in points:
        if point.id in mapped:
            continue
        alike = [
            place
            for place, other in enumerate(found)
            if (other.topic, other.side) == (point.topic, point.side)
        ]
        found.insert(alike[-1] + 1 if alike else len(found), point)
    return tuple(found)


def new_point_id(edit: Edit) -> str:
    """The id of the key point that ``edit`` makes."""
    return content_id("k", edit.id)
