"""Pairs of speakers that may be one: offered to the reader, never merged unasked.

An offer that is wrong costs trust and one that is missing costs a minute, so a pair is offered
only where everything that is known of the two agrees.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from argmap.corrections.log import standing
from argmap.corrections.spellings import closeness, folded, misspelt, same_first_name
from argmap.records import Debate, Speaker
from argmap.statements import lexicon as lx
from argmap.statements.names import body_key, gender_of, holds, initials
from argmap.statements.tenures import OFFICE_DAYS

_TITLES = frozenset(title.rstrip(".") for title in lx.TITLES)
#: What an offer is worth that does not rest on spelling.
_INITIAL, _SHORT_FORM, _ABBREVIATION, _SAME_ROLE, _SURNAME = 0.8, 0.85, 0.85, 0.6, 0.7
#: What the same office or body told of both adds.
_AGREES = 0.05
#: "(2015)", "(first source)": what tells several holders of one office apart
_NOTE = re.compile(r"\s\([^()]*\)$")
_RECORDS = frozenset({"hansard", "parlamint"})


@dataclass(frozen=True, slots=True)
class MergeOffer:
    """Two speakers that may be one.

    Attributes:
        speaker, into: ids; ``into`` has more statements, so it is the one to keep.
        why: the reasons in words, the first the chief one.
        score: 0 to 1, to sort by; not a probability.
    """

    speaker: str
    into: str
    why: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Name:
    """A speaker's name in parts, folded."""

    speaker: Speaker
    first: str | None
    last: str
    gender: str | None
    kind: str  # "person", "surname", "role" or "body"


def suggest_merges(debate: Debate) -> tuple[MergeOffer, ...]:
    """The pairs of speakers that may be one, the likeliest first.

    Pure. A pair that a reader said is two (an edit ``"distinct"`` that stands) is not offered;
    neither are two whom one source tells apart itself (two members in a day of Hansard), two of
    different parties, or people with clearly different first names.
    """
    refused = {
        frozenset((edit.speaker, edit.into))
        for edit in standing(debate.edits)
        if edit.kind == "distinct"
    }
    apart, official = _told_apart(debate)
    counts = Counter(s.speaker for s in debate.statements if s.speaker is not None)
    names = [_parts(speaker) for speaker in debate.speakers]
    offers: list[MergeOffer] = []
    days = _days(debate)
    for one, other in combinations(names, 2):
        first, second = one.speaker, other.speaker
        pair = frozenset((first.id, second.id))
        if pair in refused or pair in apart:
            continue
        if first.party and second.party and folded(first.party) != folded(second.party):
            continue
        if pair <= official and (one.first, one.last) != (other.first, other.last):
            continue  # an official record does not misspell its members
        found = _compare(one, other, names, days)
        if found is None:
            continue
        score, why = found
        goes, stays = sorted((first, second), key=lambda s: (counts[s.id], len(s.name), s.id))
        offers.append(MergeOffer(goes.id, stays.id, why, round(min(score, 0.99), 3)))
    return tuple(sorted(offers, key=lambda o: (-o.score, o.speaker, o.into)))


def _parts(speaker: Speaker) -> _Name:
    told = _NOTE.sub("", speaker.name)
    words = told.split()
    title = words[0] if words and words[0].rstrip(".") in _TITLES else None
    bare = words[1:] if title and len(words) > 1 else words
    gender = gender_of(words)
    whole = folded(" ".join(bare))
    last = folded(bare[-1]) if bare else whole
    if _is_body(bare):
        return _Name(speaker, None, whole, None, "body")
    if _is_role(told):
        return _Name(speaker, None, whole, None, "role")
    if len(bare) == 1:
        return _Name(speaker, None, last, gender, "surname" if title else "body")
    return _Name(speaker, folded(bare[0]), last, gender, "person")


def _is_body(bare: list[str]) -> bool:
    if len(bare) > 1 and bare[0] in lx.FIRST_NAMES and bare[-1] not in lx.ORGANISATION_WORDS:
        return False
    return any(
        word in lx.ORGANISATION_WORDS or word in lx.KNOWN_ORGANISATIONS or _acronym(word)
        for word in bare
    ) or any(word.lower() in ("of", "for", "and") for word in bare)


def _is_role(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[-1].lower() in lx.ROLE_HEADS and words[0] not in lx.FIRST_NAMES


def _acronym(word: str) -> bool:
    return 2 <= len(word) <= 6 and word.isupper() and word.isalpha()


def _told_apart(debate: Debate) -> tuple[set[frozenset[str | None]], set[str | None]]:
    """Pairs that one source names as two in its own turns; ids that an official record gives."""
    found: set[frozenset[str | None]] = set()
    official: set[str | None] = set()
    for document in debate.documents:
        ids = {turn.speaker.id for turn in document.turns if turn.speaker is not None}
        found |= {frozenset(pair) for pair in combinations(sorted(ids), 2)}
        if document.kind in _RECORDS:
            official |= ids
    return found, official


def _days(debate: Debate) -> Mapping[str, list[date]]:
    """On which days each speaker is heard, as far as the documents are dated."""
    dates: dict[str, date] = {}
    for document in debate.documents:
        try:
            dates[document.id] = date.fromisoformat((document.date or "")[:10])
        except ValueError:
            continue
    heard: defaultdict[str, set[date]] = defaultdict(set)
    for statement in debate.statements:
        if statement.speaker is not None and statement.document in dates:
            heard[statement.speaker].add(dates[statement.document])
    return {speaker: sorted(days) for speaker, days in heard.items()}


def _compare(
    one: _Name, other: _Name, names: list[_Name], days: Mapping[str, list[date]]
) -> tuple[float, tuple[str, ...]] | None:
    if one.gender and other.gender and one.gender != other.gender:
        return None
    kinds = {one.kind, other.kind}
    if kinds == {"person"}:
        found = _people(one, other)
    elif kinds == {"person", "surname"} or kinds == {"surname"}:
        found = _surname(one, other, names)
    elif kinds == {"body"} or (
        kinds == {"person", "body"} and min(_length(one), _length(other)) > 2
    ):
        found = _bodies(one, other)
    elif kinds == {"person", "role"}:
        return _office(one, other, names, days)
    elif kinds == {"role"}:
        return _same_office(one, other, days)
    else:
        return None
    if found is None:
        return None
    score, why = found
    if _same_role(one.speaker, other.speaker):
        return score + _AGREES, (why, "the same role is told of both")
    return score, (why,)


def _length(name: _Name) -> int:
    return len(name.speaker.name.split())


def _people(one: _Name, other: _Name) -> tuple[float, str] | None:
    how = same_first_name(one.first or "", other.first or "")
    if how is None:
        return None
    whole = closeness(f"{one.first} {one.last}", f"{other.first} {other.last}")
    if one.last == other.last:
        match how:
            case "same":  # they differ in a middle name or a title
                return 0.9, "the same first name and surname"
            case "initial":
                return _INITIAL, "the same surname, and the initial fits"
            case "short":
                return _SHORT_FORM, "the same surname, and a short form of the first name"
            case _:
                return whole, "the same surname, and nearly the same first name"
    if how in ("same", "short") and misspelt(one.last, other.last):
        return whole, "nearly the same spelling"
    return None


def _surname(one: _Name, other: _Name, names: list[_Name]) -> tuple[float, str] | None:
    """ "Mr Pryce" and the one person of that surname."""
    if one.kind == other.kind:
        if misspelt(one.last, other.last):
            return closeness(one.last, other.last), "nearly the same spelling"
        return None
    full = one if one.kind == "person" else other
    short = other if full is one else one
    if full.last != short.last:
        return None
    bearers = [name for name in names if name.kind == "person" and name.last == full.last]
    return (_SURNAME, "the only full name here with that surname") if len(bearers) == 1 else None


def _bodies(one: _Name, other: _Name) -> tuple[float, str] | None:
    first, second = body_key(one.speaker.name), body_key(other.speaker.name)
    for long, short in ((one, other), (other, one)):
        letters = initials(long.speaker.name)
        if letters and folded(letters) == short.last and len(letters) > 2:
            return _ABBREVIATION, "the letters are the initials of the name"
    words, others = folded(first).split(), folded(second).split()
    plain = [w for w in words if w not in ("of", "for", "the", "and")]
    bare = [w for w in others if w not in ("of", "for", "the", "and")]
    if plain == bare:
        return 0.9, "the same name but for small words"
    if len(plain) != len(bare) or len(plain) < 2:
        return None
    unequal = [(a, b) for a, b in zip(plain, bare, strict=True) if a != b]
    if len(unequal) == 1 and misspelt(*unequal[0]):
        return closeness(" ".join(plain), " ".join(bare)), "nearly the same spelling"
    return None


def _office(
    one: _Name, other: _Name, names: list[_Name], days: Mapping[str, list[date]]
) -> tuple[float, tuple[str, ...]] | None:
    """An office without a name and the one person who is said to hold it at the time."""
    person, office = (one, other) if one.kind == "person" else (other, one)
    if office.last.split()[-1] in lx.SPOKESPEOPLE:
        return None
    held = _NOTE.sub("", office.speaker.name)
    holders = [
        name
        for name in names
        if name.kind == "person" and name.speaker.role and holds([name.speaker.role], held)
    ]
    if len(holders) != 1 or holders[0] is not person:
        return None
    if not _may_meet(one, other, days):
        return None
    return _SAME_ROLE, ("the only person here with that role",)


def _same_office(
    one: _Name, other: _Name, days: Mapping[str, list[date]]
) -> tuple[float, tuple[str, ...]] | None:
    """One office in two sources that name nobody."""
    if one.last != other.last or not _may_meet(one, other, days):
        return None
    return _SAME_ROLE, ("the same office, without a name",)


def _may_meet(one: _Name, other: _Name, days: Mapping[str, list[date]]) -> bool:
    """Whether both are heard within one holder's time, as far as the dates are known."""
    first, second = days.get(one.speaker.id, []), days.get(other.speaker.id, [])
    if not first or not second:
        return True
    return min(abs((a - b).days) for a in first for b in second) <= OFFICE_DAYS


def _same_role(first: Speaker, second: Speaker) -> bool:
    if not first.role or not second.role:
        return False
    return holds([first.role], second.role) or holds([second.role], first.role)
