"""What each correction found and what it left, in words: the log's columns before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from argmap.corrections import EditOutcome, new_point_id, new_speaker_id
from argmap.dashboard import words
from argmap.records import Debate, Edit
from argmap.wording import RELATION_WORDS

_Key = tuple[str, ...]
_SEVERAL = "several"
_NO_POINT, _NO_LINK, _NOBODY = "no key point", "no link", "nobody named"


def turns(mapped: Debate, outcomes: Sequence[EditOutcome]) -> Mapping[str, tuple[str, str]]:
    """By the event's id, what stood before it and what it put there; a step back has neither.

    Args:
        mapped: the debate as it was mapped, before any correction.
        outcomes: the whole log, in order.
    """
    past = _Past(mapped)
    found: dict[str, tuple[str, str]] = {}
    for outcome in outcomes:
        edit = outcome.edit
        if edit.kind == "undo":
            past.gone.add(edit.target or "")
        elif edit.kind == "redo":
            past.gone.discard(edit.target or "")
        else:
            put = past.puts(edit)
            found[edit.id] = (_one(past.at(key) for key, _ in put), _one(value for _, value in put))
            for key, value in (*put, *past.makes(edit)):
                past.log[key].append((edit.id, value))
    return found


def _one(values: Iterable[str]) -> str:
    different = list(dict.fromkeys(values))
    return different[0] if len(different) == 1 else _SEVERAL if different else ""


class _Past:
    """What stood where, while the log is read."""

    def __init__(self, mapped: Debate) -> None:
        self.log: defaultdict[_Key, list[tuple[str, str]]] = defaultdict(list)
        self.gone: set[str] = set()
        self._mapped: dict[_Key, str] = {}
        for stance in mapped.stances:
            self._mapped["label", stance.statement, stance.topic] = (
                f"{words.LABEL_WORDS[stance.label]} (model)"
            )
        for point in mapped.key_points:
            self._mapped["heading", point.id] = point.text
            for member in point.statements:
                self._mapped["point", member, point.topic] = point.text
        for relation in mapped.relations:
            ends = (relation.source, relation.target, relation.topic)
            self._mapped["link", *ends] = RELATION_WORDS[relation.shown]
        for speaker in mapped.speakers:
            self._mapped["name", speaker.id] = speaker.name
        for statement in mapped.statements:
            self._mapped["speaker", statement.id] = statement.speaker or ""

    def at(self, key: _Key) -> str:
        """What stands there now, in words."""
        for edit, value in reversed(self.log[key]):
            if edit not in self.gone:
                return value
        value = self._mapped.get(key, "")
        if key[0] == "speaker":
            return self._name(value)
        return value or {"point": _NO_POINT, "link": _NO_LINK}.get(key[0], "")

    def _name(self, speaker: str | None) -> str:
        return (self.at(("name", speaker)) or speaker) if speaker else _NOBODY

    def makes(self, edit: Edit) -> list[tuple[_Key, str]]:
        """The name of what an event makes, which later ones may speak of."""
        if edit.name is None or not edit.statements:
            return []
        if edit.kind == "point":
            return [(("heading", new_point_id(edit)), edit.name)]
        return [(("name", new_speaker_id(edit)), edit.name)]

    def puts(self, edit: Edit) -> list[tuple[_Key, str]]:
        """Which places an event changes, and what it puts there."""
        topic = edit.topic or ""
        match edit.kind:
            case "label":
                label = words.LABEL_WORDS[edit.label] if edit.label else ""
                return [(("label", own, topic), label) for own in edit.statements]
            case "point" if edit.statements:
                into = edit.name or (self.at(("heading", edit.point)) if edit.point else _NO_POINT)
                return [(("point", own, topic), into) for own in edit.statements]
            case "point":
                return [(("heading", edit.point or ""), edit.name or "")]
            case "relation" if len(edit.statements) == 2:
                kind = edit.relation
                told = _NO_LINK if kind is None or kind == "none" else RELATION_WORDS[kind]
                return [(("link", *edit.statements, topic), told)]
            case "rename" | "merge":
                told = self._name(edit.into) if edit.kind == "merge" else edit.name or ""
                return [(("name", edit.speaker or ""), told)]
            case "split" | "not_said_by":
                told = edit.name or self._name(edit.into)
                return [(("speaker", own), told) for own in edit.statements]
        return []
