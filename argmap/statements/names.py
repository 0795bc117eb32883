"""Keys and forms of names: what two spellings of one name share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from argmap.statements import lexicon as lx
from argmap.statements.phrases import Mention

_SYNONYMS = {
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "boss": "chief",
    "head": "chief",
    "mp": "mp",
    "tory": "conservative",
}
_SMALL_WORDS = lx.words("the of for and at in to a an its his her on with")


def person_key(name: str) -> str:
    """What two spellings of one full name share: case, initials and titles do not count."""
    words = [w for w in name.split() if w.rstrip(".") not in lx.TITLES or w in lx.FIRST_NAMES]
    return " ".join(without_initials(" ".join(words)).lower().split())


def body_key(name: str) -> str:
    """What two spellings of one body's name share."""
    words = name.lower().replace(".", "").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def without_initials(name: str) -> str:
    words = name.split()
    if len(words) <= 2:
        return name
    kept = [words[0], *(w for w in words[1:-1] if len(w.rstrip(".")) != 1), words[-1]]
    return " ".join(kept)


def initials(name: str) -> str | None:
    words = [w for w in name.split() if w.lower() not in _SMALL_WORDS]
    if len(words) < 2 or not all(w[0].isupper() for w in words):
        return None
    return "".join(w[0] for w in words)


def is_surname(name: str) -> bool:
    """Whether a person's name is one surname: "Hartley", "van der Meer"."""
    words = name.split()
    return len(words) == 1 or words[0] in lx.PARTICLES


def gender_of(words: Sequence[str]) -> str | None:
    """What a name's title or first name tells of its bearer's gender."""
    for word in words[:2]:
        told = lx.TITLES.get(word) or (
            lx.MALE if word in lx.MALE_NAMES else lx.FEMALE if word in lx.FEMALE_NAMES else None
        )
        if told is not None:
            return told
    return None


def is_common(mention: Mention) -> bool:
    words = mention.name.split()
    return words[-1] in lx.COMMON_BODIES and not any(w[0].isupper() for w in words)


def surface(mention: Mention) -> str:
    return f"{mention.title} {mention.name}" if mention.title else mention.name


def own_key(mention: Mention) -> str:
    return f"own:{(mention.title or '').rstrip('.').lower()}:{mention.name.lower()}"


def role_text(role: str | None) -> str | None:
    if not role:
        return None
    words = role.split()
    if words[0].lower() in ("the", "a", "an", "its", "his", "her"):
        words = words[1:]
    text = " ".join(words)
    return text[0].upper() + text[1:] if text else None


def _role_words(role: str) -> frozenset[str]:
    words = (w.lower().removesuffix("’s").removesuffix("'s") for w in role.split())
    return frozenset(_SYNONYMS.get(w, w) for w in words if w not in _SMALL_WORDS)


def holds(roles: Iterable[str], role: str) -> bool:
    """Whether one of the person's roles is the one meant."""
    wanted = _role_words(role)
    if not wanted:
        return False
    for held in roles:
        words = _role_words(held)
        if words & lx.ROLE_SHADES != wanted & lx.ROLE_SHADES:
            continue
        if wanted <= words:
            return True
        if (
            wanted <= lx.MINISTER_HEADS | {"cabinet"}
            and "minister" in wanted
            and (words & lx.MINISTER_HEADS)
        ):
            return True
    return False
