"""Which parts of two analyses are the same thing: documents, statements, motions, speakers.

Ids come from content, so a document with one word changed has another id, and so have all its
statements. They are matched by what a reader would go by: the address, the title, the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from argmap.records import Debate, Document, Speaker, Statement, Topic

# Two texts that share fewer of their sentences than this are two sources.
_LEAST_SHARED = 0.5

_T = TypeVar("_T")


def plain(text: str) -> str:
    """``text`` without what does not make two sentences different: spaces and kinds of quotes."""
    for marks, mark in (("“”„«»", '"'), ("‘’‚", "'"), ("–—", "-")):
        for char in marks:
            text = text.replace(char, mark)
    return " ".join(text.split())


def match_documents(a: Debate, b: Debate) -> dict[str, str]:
    """Ids of ``b``'s documents by those of ``a``'s; each at most once.

    By id, then by address, by title with outlet, by title, and at last by the sentences that
    the texts share, where that is at least half of those of the two together.
    """
    found = _match_by(
        a.documents,
        b.documents,
        (
            lambda d: d.id,
            lambda d: d.url,
            lambda d: (plain(d.title).casefold(), d.outlet) if d.outlet else None,
            lambda d: plain(d.title).casefold() or None,
        ),
    )
    said_a, said_b = _sentences(a), _sentences(b)
    left = [d for d in a.documents if d.id not in found]
    free = [d for d in b.documents if d.id not in set(found.values())]
    shares = sorted(
        ((_shared(said_a[x.id], said_b[y.id]), i, j) for i, x in enumerate(left)
         for j, y in enumerate(free)),
        key=lambda entry: (-entry[0], entry[1:]),
    )  # fmt: skip
    taken: set[str] = set()
    for share, i, j in shares:
        if share < _LEAST_SHARED:
            break
        if left[i].id not in found and free[j].id not in taken:
            found[left[i].id] = free[j].id
            taken.add(free[j].id)
    return found


def match_statements(a: Debate, b: Debate, documents: Mapping[str, str]) -> dict[str, str]:
    """Ids of ``b``'s statements by those of ``a``'s, within documents that are matched.

    Where the text is the same, by offsets; else by the sentences' words, first those in the
    same order (Ratcliff & Obershelp, as in ``difflib``), then those that have moved.
    """
    by_a, by_b = _by_document(a), _by_document(b)
    texts_a = {document.id: document.text for document in a.documents}
    texts_b = {document.id: document.text for document in b.documents}
    found: dict[str, str] = {}
    for own, other in documents.items():
        left, right = by_a[own], by_b[other]
        if texts_a[own] == texts_b[other]:
            found |= _match_by(left, right, (lambda s: (s.start, s.end),))
            left, right = _rest(left, right, found)
        keys = [plain(s.text) for s in left], [plain(s.text) for s in right]
        for block in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
            for step in range(block.size):
                found[left[block.a + step].id] = right[block.b + step].id
        left, right = _rest(left, right, found)
        found |= _match_by(left, right, (lambda s: plain(s.text),))
    return found


def match_topics(a: Debate, b: Debate) -> dict[str, str]:
    """Ids of ``b``'s topics by those of ``a``'s: by the motion's words, then by id."""
    return _match_by(
        a.topics,
        b.topics,
        (
            lambda t: (t.id, plain(t.motion)),
            lambda t: plain(t.motion).casefold(),
            lambda t: t.id,
        ),
    )


def match_speakers(a: Debate, b: Debate) -> dict[str, str]:
    """Ids of ``b``'s speakers by those of ``a``'s: by id, then by name."""
    return _match_by(
        a.speakers,
        b.speakers,
        (lambda s: s.id, lambda s: (plain(s.name), s.role, s.party), lambda s: plain(s.name)),
    )


_Record = TypeVar("_Record", Document, Statement, Topic, Speaker)


def _match_by(
    a: Sequence[_Record],
    b: Sequence[_Record],
    keys: Iterable[Callable[[_Record], Hashable | None]],
) -> dict[str, str]:
    """Pairs with equal keys, one key after the other; those that come first go first."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        waiting: dict[Hashable, list[str]] = defaultdict(list)
        for record in reversed(b):
            if record.id not in taken and (value := key(record)) is not None:
                waiting[value].append(record.id)
        for record in a:
            if record.id in found or (value := key(record)) is None or not waiting.get(value):
                continue
            found[record.id] = waiting[value].pop()
            taken.add(found[record.id])
    return found


def _rest(
    left: Sequence[Statement], right: Sequence[Statement], found: Mapping[str, str]
) -> tuple[list[Statement], list[Statement]]:
    taken = set(found.values())
    return [s for s in left if s.id not in found], [s for s in right if s.id not in taken]


def _by_document(debate: Debate) -> Mapping[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in debate.statements:
        found[statement.document].append(statement)
    for statements in found.values():
        statements.sort(key=lambda s: (s.start, s.end, s.id))
    return found


def _sentences(debate: Debate) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for statement in debate.statements:
        found[statement.document].add(plain(statement.text))
    return found


def _shared(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
