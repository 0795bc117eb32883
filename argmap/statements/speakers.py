"""One list of speakers from every document's entities and the sources' own turns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from argmap.records import Document, Speaker
from argmap.statements import lexicon as lx
from argmap.statements.directory import Entity
from argmap.statements.names import body_key, gender_of, is_surname, person_key
from argmap.statements.tenures import SURNAME_DAYS, day_of, far_apart, surnames, tenures


@dataclass(slots=True)
class _Draft:
    id: str
    name: str
    aliases: set[str] = field(default_factory=set)
    roles: dict[str, int] = field(default_factory=dict)
    party: str | None = None


class Register:
    """Gives every entity of every document its speaker id; equal full names are one speaker."""

    def __init__(
        self, turns: Iterable[Speaker], sources: Sequence[tuple[Document, Sequence[Entity]]]
    ) -> None:
        self._drafts: dict[str, _Draft] = {}
        self._by_name: dict[str, str] = {}
        self._used: set[str] = set()
        for speaker in turns:
            self._add_source(speaker)
        sources = [(document, [*entities, *_heard_in(document)]) for document, entities in sources]
        documents = [entities for _, entities in sources]
        self._people = [
            e for entities in documents for e in entities if e.kind == "person" and e.full
        ]
        self._days = {e: day_of(document) for document, entities in sources for e in entities}
        self._tenures = {**tenures(sources), **surnames(sources, self._surnames_only(documents))}
        self._bodies: dict[str, str] = {}
        for entities in documents:
            for entity in entities:
                if entity.kind == "body":
                    for alias in {entity.name, *entity.aliases}:
                        key = body_key(alias)
                        if len(entity.name) > len(self._bodies.get(key, "")):
                            self._bodies[key] = entity.name

    def _surnames_only(self, documents: Sequence[Sequence[Entity]]) -> dict[Entity, bool]:
        """People of whom no document tells the full name, and whether two bear the surname."""
        full: dict[str, set[str]] = {}
        for person in self._people:
            full.setdefault(person.name.split()[-1], set()).add(person_key(person.name))
        return {
            entity: len(full.get(entity.name.split()[-1], ())) > 1
            for entities in documents
            for entity in entities
            if entity.kind == "person" and not entity.full and self._full_name(entity) is None
        }

    def _add_source(self, speaker: Speaker) -> None:
        draft = self._drafts.get(speaker.id)
        if draft is None:
            draft = self._drafts[speaker.id] = _Draft(speaker.id, speaker.name, party=speaker.party)
            self._by_name.setdefault(person_key(speaker.name), speaker.id)
        draft.aliases |= {speaker.name, *speaker.aliases}
        draft.party = draft.party or speaker.party
        if speaker.role:
            draft.roles[speaker.role] = draft.roles.get(speaker.role, 0) + 1

    def use(self, speaker_id: str) -> str:
        """Mark a source's own speaker as one with statements."""
        self._used.add(speaker_id)
        return speaker_id

    def speaker_of(self, entity: Entity) -> str:
        """The id of the speaker that ``entity`` is, which then belongs to the result."""
        tenure = self._tenures.get(entity)
        if tenure is not None and tenure.holder is not None:
            held = self.speaker_of(tenure.holder)
            self._drafts[held].aliases |= entity.aliases
            return held
        name = self._canonical(entity) if tenure is None else tenure.name
        key = person_key(name) if entity.kind == "person" else body_key(name)
        speaker_id = self._by_name.get(key)
        if speaker_id is None:
            speaker_id = slug(name)
            self._by_name[key] = speaker_id
        draft = self._drafts.setdefault(speaker_id, _Draft(speaker_id, name))
        draft.aliases |= {name, *entity.aliases}
        if speaker_id not in self._used or not entity.aliases <= draft.aliases:
            self._used.add(speaker_id)
        return speaker_id

    def count_roles(self, entity: Entity, speaker_id: str) -> None:
        """Add the roles of one document's entity, once."""
        roles = self._drafts[speaker_id].roles
        for role, count in entity.roles.items():
            roles[role] = roles.get(role, 0) + count

    def speakers(self) -> tuple[Speaker, ...]:
        """Every speaker with a statement, sorted by id."""
        return tuple(
            Speaker(
                id=draft.id,
                name=draft.name,
                aliases=tuple(sorted(draft.aliases)),
                role=_best_role(draft.roles),
                party=draft.party,
            )
            for draft in sorted(self._drafts.values(), key=lambda draft: draft.id)
            if draft.id in self._used
        )

    def _canonical(self, entity: Entity) -> str:
        if entity.kind == "body":
            name = self._bodies.get(body_key(entity.name), entity.name)
            return name[0].upper() + name[1:]
        if entity.kind == "person" and not entity.full:
            return self._full_name(entity) or entity.name
        if entity.kind == "spokesperson":
            body, _, head = entity.name.rpartition(" ")
            full = self._bodies.get(body_key(body), body)
            return f"{full[0].upper()}{full[1:]} {head}"
        return entity.name

    def _full_name(self, entity: Entity) -> str | None:
        """The full name another document gives a person known here by surname alone.

        Only if a single full name in all documents has the surname, title or role agree, and no
        dates that are known lie too far apart for it.
        """
        surname = entity.name.split()[-1]
        bearers = [e for e in self._people if e.name.split()[-1] == surname]
        if len({person_key(e.name) for e in bearers}) != 1:
            return None
        day = self._days.get(entity)
        if all(far_apart(self._days.get(e), day, SURNAME_DAYS) for e in bearers):
            return None
        titles = {title for e in bearers for title in e.titles}
        genders = {e.gender for e in bearers if e.gender}
        told = {lx.TITLES.get(title) for title in entity.titles} - {None}
        roles = {role.lower() for e in bearers for role in e.roles}
        if told and genders and not told & genders:
            return None
        if entity.titles & titles or {role.lower() for role in entity.roles} & roles:
            return bearers[0].name
        return None


def _heard_in(document: Document) -> list[Entity]:
    """The speakers of a document's own turns as holders of surnames and offices."""
    found: dict[str, Entity] = {}
    for turn in document.turns:
        speaker = turn.speaker
        if speaker is None or is_surname(person_key(speaker.name)):
            continue
        entity = found.get(speaker.id)
        if entity is None:
            entity = found[speaker.id] = Entity("person", speaker.name, -1, full=True)
            words = speaker.name.split()
            entity.titles |= {word.rstrip(".") for word in words[:1] if word in lx.TITLES}
            entity.gender = gender_of(words)
        entity.add_role(speaker.role)
    return list(found.values())


def slug(name: str) -> str:
    """Readable id of a name: "Steve Barclay" -> "steve-barclay"."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_only)
    if not words:
        # A name in another script keeps its own letters.
        words = re.findall(r"\w+", name.lower())
    return "-".join(words)


def _best_role(roles: dict[str, int]) -> str | None:
    """The most common role; of equally common ones the longest, then the first by letter."""
    if not roles:
        return None
    return min(roles, key=lambda role: (-roles[role], -len(role), role))
