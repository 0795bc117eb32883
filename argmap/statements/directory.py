"""Who is known in one document: people, bodies and offices by every name the text gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from argmap.statements import lexicon as lx
from argmap.statements.attributions import ReadSentence
from argmap.statements.names import (
    body_key,
    gender_of,
    holds,
    initials,
    is_common,
    is_surname,
    own_key,
    person_key,
    role_text,
    surface,
    without_initials,
)
from argmap.statements.phrases import Mention


@dataclass(slots=True, eq=False)
class Entity:
    """One holder of views in one document, growing while the document is read."""

    kind: str  # "person", "body", "spokesperson", "role" or "group"
    name: str
    order: int
    titles: set[str] = field(default_factory=set)
    roles: dict[str, int] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    gender: str | None = None
    full: bool = False

    @property
    def words(self) -> list[str]:
        return self.name.split()

    def add_role(self, role: str | None) -> None:
        if role:
            self.roles[role] = self.roles.get(role, 0) + 1


class Directory:
    """Entities of one document and the names that lead to them.

    Full names and bodies are taken in at once, so that a short form may come first.
    """

    def __init__(self, sentences: Sequence[ReadSentence]) -> None:
        self.entities: list[Entity] = []
        self._people: dict[str, Entity] = {}
        self._bodies: dict[str, Entity] = {}
        self._others: dict[str, Entity] = {}
        for sentence in sentences:
            for mention in sentence.mentions:
                if mention.kind == "person" and not is_surname(mention.name):
                    self._introduce(mention)
        for sentence in sentences:
            for mention in sentence.mentions:
                if mention.kind == "organisation" and not is_common(mention):
                    self.body(mention)

    # --- introducing ---------------------------------------------------------------------

    def _new(self, kind: str, name: str) -> Entity:
        entity = Entity(kind, name, len(self.entities))
        self.entities.append(entity)
        return entity

    def _introduce(self, mention: Mention) -> Entity:
        key = person_key(mention.name)
        entity = self._people.get(key)
        if entity is None:
            entity = self._new("person", without_initials(mention.name))
            entity.full = True
            self._people[key] = entity
            entity.gender = gender_of(entity.words[:1])
        self._learn(entity, mention)
        return entity

    def _learn(self, entity: Entity, mention: Mention) -> None:
        entity.aliases.add(surface(mention))
        if mention.title:
            title = mention.title.rstrip(".")
            entity.titles.add(title)
            entity.gender = lx.TITLES.get(title) or entity.gender
        entity.add_role(role_text(mention.role))

    def body(self, mention: Mention) -> Entity:
        name = mention.name
        keys = [body_key(name)]
        if mention.alias:
            keys.append(body_key(mention.alias))
        elif short := initials(name):
            keys.append(short.lower())
        entity = next((self._bodies[key] for key in keys if key in self._bodies), None)
        if entity is None:
            entity = self._new("body", name)
        elif len(name) > len(entity.name):
            entity.name = name
        for key in keys:
            self._bodies.setdefault(key, entity)
        entity.aliases.add(name)
        if mention.alias:
            entity.aliases.add(mention.alias)
        return entity

    def named(self, mention: Mention) -> Entity | None:
        """The entity a mention names by itself, without looking at the words around it."""
        if mention.kind in ("person", "name"):
            if not is_surname(mention.name):
                entity = self._people.get(person_key(mention.name))
                if entity is None and mention.kind == "name":
                    entity = self._bodies.get(body_key(mention.name))
                return entity
            candidates = self._by_single_name(mention)
            if len(candidates) == 1:
                self._learn(candidates[0], mention)
                return candidates[0]
            if not candidates:
                return self._others.get(own_key(mention)) or self._bodies.get(
                    body_key(mention.name)
                )
            return None
        if mention.kind == "organisation" and not is_common(mention):
            return self._bodies.get(body_key(mention.name))
        if mention.kind == "role" and mention.definite:
            return self.by_role(mention)
        return None

    def _by_single_name(self, mention: Mention) -> list[Entity]:
        name = mention.name
        gender = lx.TITLES.get(mention.title.rstrip(".")) if mention.title else None
        people = [e for e in self.entities if e.kind == "person" and e.full]
        by_surname = [
            e for e in people if e.name.endswith(f" {name}") or name in e.words[-1].split("-")
        ]
        if mention.title in ("Sir", "Dame", "Lord", "Lady") and not by_surname:
            by_surname = [e for e in people if e.words[0] == name]
        found = [e for e in by_surname if gender is None or e.gender in (None, gender)]
        if len(found) > 1 and gender is not None:
            certain = [e for e in found if e.gender == gender]
            found = certain if len(certain) == 1 else found
        if len(found) > 1 and mention.role:
            found = [e for e in found if holds(e.roles, mention.role)] or found
        if not by_surname and mention.title is None:
            found = [e for e in people if e.words[0] == name]
        return found

    def ambiguous(self, mention: Mention) -> bool:
        return is_surname(mention.name) and len(self._by_single_name(mention)) > 1

    def own(self, mention: Mention) -> Entity:
        """A speaker of whom the document tells no full name."""
        key = own_key(mention)
        entity = self._others.get(key)
        if entity is None:
            kind = "person" if mention.title or mention.kind == "person" else "body"
            entity = self._others[key] = self._new(kind, surface(mention))
        self._learn(entity, mention)
        return entity

    def other(self, kind: str, mention: Mention) -> Entity:
        name = mention.name if kind != "spokesperson" else self._spoken_for(mention.name)
        key = f"{kind}:{name.lower()}"
        entity = self._others.get(key)
        if entity is None:
            entity = self._others[key] = self._new(kind, name[0].upper() + name[1:])
            last = name.split()[-1].lower()
            entity.gender = (
                lx.MALE if last.endswith("sman") else lx.FEMALE if last.endswith("swoman") else None
            )
        entity.aliases |= {name, mention.name}
        return entity

    def _spoken_for(self, name: str) -> str:
        """ "FNW spokesman" by the full name of the body, where the document tells it."""
        body, _, head = name.rpartition(" ")
        entity = self._bodies.get(body_key(body))
        return name if entity is None else f"{entity.name} {head}"

    def bodies_called(self, noun: str) -> list[Entity]:
        """The bodies whose name has the noun in it: "the college" of "Royal College of Clerks"."""
        word = noun.capitalize()
        return [e for e in self.entities if e.kind == "body" and word in e.words]

    def role_holders(self, mention: Mention) -> list[Entity]:
        return [e for e in self.entities if e.kind == "person" and holds(e.roles, mention.name)]

    def by_role(self, mention: Mention) -> Entity | None:
        holders = self.role_holders(mention)
        if len(holders) != 1:
            return None
        holders[0].aliases.add(f"the {mention.name}")
        return holders[0]
