"""How alike two names are: letters, sound, initials and short forms of first names."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity, metaphone

from argmap.statements import lexicon as lx

#: A short form and the names it may stand for.
_SHORT = MappingProxyType(
    {
        short: frozenset(names.split())
        for short, names in {
            "alex": "alexander alexandra", "andy": "andrew", "angie": "angela", "barb": "barbara",
            "ben": "benjamin", "beth": "elizabeth bethany", "bill": "william", "bob": "robert",
            "cathy": "catherine", "charlie": "charles charlotte", "chris": "christopher christine",
            "dan": "daniel", "danny": "daniel", "dave": "david", "debbie": "deborah",
            "di": "diana diane", "don": "donald", "ed": "edward edmund edwin", "frank": "francis",
            "fred": "frederick", "geoff": "geoffrey", "greg": "gregory", "jackie": "jacqueline",
            "jacqui": "jacqueline", "jake": "jacob", "jeff": "jeffrey", "jen": "jennifer",
            "jenny": "jennifer", "jess": "jessica", "jim": "james", "jimmy": "james",
            "jo": "joanna joanne josephine", "joe": "joseph", "jon": "jonathan john",
            "josh": "joshua",
            "kate": "katherine catherine kathryn", "kathy": "katherine kathleen", "ken": "kenneth",
            "kim": "kimberley", "larry": "lawrence", "liz": "elizabeth", "maggie": "margaret",
            "matt": "matthew", "max": "maximilian", "meg": "megan margaret", "mick": "michael",
            "mike": "michael", "nick": "nicholas", "pam": "pamela", "pat": "patrick patricia",
            "penny": "penelope", "pete": "peter", "phil": "philip phillip", "ray": "raymond",
            "rick": "richard", "rob": "robert", "ron": "ronald", "sam": "samuel samantha",
            "sandy": "alexander sandra", "sue": "susan", "steve": "stephen steven",
            "ted": "edward theodore", "tim": "timothy", "toby": "tobias", "tom": "thomas",
            "tony": "anthony antony", "vicky": "victoria", "vince": "vincent", "wes": "wesley",
            "will": "william", "zac": "zachary",
        }.items()
    }
)  # fmt: skip

_MALE = frozenset(name.lower() for name in lx.MALE_NAMES)
_FEMALE = frozenset(name.lower() for name in lx.FEMALE_NAMES)


def folded(name: str) -> str:
    """Lower case without accents, apostrophes and full stops: what a misspelling is measured on."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "").replace(".", ""))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def closeness(first: str, second: str) -> float:
    """Jaro and Winkler's similarity of two folded names, 0 to 1.

    Winkler, "String comparator metrics and enhanced decision rules in the Fellegi-Sunter model
    of record linkage" (1990): it was made for names of people that were mistyped.
    """
    return float(jaro_winkler_similarity(first, second))


def misspelt(first: str, second: str) -> bool:
    """Whether one folded word may be a slip for the other.

    One letter apart (Damerau, "A technique for computer detection and correction of spelling
    errors", 1964: four slips in five are) in words of five letters or more, or two apart where
    both sound alike by Philips's Metaphone. Shorter words one letter apart are too often two
    names (Hunt, Hurt), so those must sound alike.
    """
    if first == second or min(len(first), len(second)) < 3:
        return False
    if first[0] != second[0] and not _alike(first, second):
        return False
    distance = damerau_levenshtein_distance(first, second)
    shortest = min(len(first), len(second))
    if distance == 1:
        return _alike(first, second) or (shortest >= 5 and _inside(first, second))
    return distance == 2 and shortest >= 6 and _alike(first, second)


def _alike(first: str, second: str) -> bool:
    words = first.replace("-", "") + second.replace("-", "")
    return words.isascii() and words.isalpha() and metaphone(first) == metaphone(second)


def _inside(first: str, second: str) -> bool:
    """Whether the slip is not in the last letters, where two names differ ("Robert", "Roberts")."""
    return first[-1] == second[-1]


def same_first_name(first: str, second: str) -> str | None:
    """How two folded first names may be one person's: ``"same"``, ``"initial"``, ``"short"``,
    ``"spelling"``; ``None`` where they are two names."""
    if first == second:
        return "same"
    if len(first) == 1 or len(second) == 1:
        return "initial" if first[0] == second[0] else None
    if _short(first, second) or _short(second, first):
        return "short"
    if {first, second} & _MALE and {first, second} & _FEMALE:
        return None
    # First names are short and near each other ("Jean", "Joan"), and a last letter can part his
    # from hers ("Alan", "Alana"): only long ones that sound alike or swap letters are one.
    if min(len(first), len(second)) < 6 or first.endswith("a") != second.endswith("a"):
        return None
    alike = _alike(first, second) or sorted(first) == sorted(second)
    return "spelling" if alike and misspelt(first, second) else None


def _short(short: str, name: str) -> bool:
    return name in _SHORT.get(short, ())
