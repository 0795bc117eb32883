"""Which column of a table is what: the user's word first, then the names people give columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from argmap.errors import SourceError

Field = Literal["text", "id", "speaker", "date", "title", "outlet", "url"]
FIELDS: tuple[Field, ...] = get_args(Field)

#: What each field means to a user.
FIELD_WORDS: Mapping[Field, str] = {
    "text": "Text",
    "id": "Number or id",
    "speaker": "Speaker",
    "date": "Date",
    "title": "Title",
    "outlet": "Source or outlet",
    "url": "Address",
}

# The likeliest name first. What is compared has lost its case, spaces, dashes and underscores.
_NAMES: Mapping[Field, tuple[str, ...]] = {
    "text": (
        "text", "comment", "body", "response", "comments", "comment-body", "commentbody",
        "commenttext", "content", "answer", "message", "statement", "submission", "speech",
        "fulltext", "articletext", "opinion", "transcript", "utterance", "argument", "post",
        "tweet", "sentence", "description", "free text", "words",
        "reply", "feedback", "remarks",
    ),
    "id": (
        "id", "commentid", "comment-id", "rowid", "responseid", "submissionid", "uid", "ref",
        "reference", "number", "no", "key",
    ),
    "speaker": (
        "speaker", "author", "interview", "name", "speakername", "authorname", "respondent",
        "participant", "interviewee", "submitter", "user", "username", "commenter", "witness",
        "person", "member", "by", "from", "organisation", "organization", "authorid",
    ),
    "date": (
        "date", "published", "publishedat", "pubdate", "publicationdate", "createdat", "created",
        "datetime", "timestamp", "datecreated", "datepublished", "posted", "day", "time",
    ),
    "title": ("title", "headline", "subject", "heading", "articletitle"),
    "outlet": (
        "outlet", "source", "publication", "publisher", "paper", "newspaper", "site", "sitename",
        "journal", "channel", "media", "platform",
    ),
    "url": ("url", "link", "address", "permalink", "href", "weblink", "uri"),
}  # fmt: skip
#: The names above that say by themselves that a text is a table of texts.
TEXT_NAMES = frozenset(re.sub(r"[\W_]+", "", name) for name in _NAMES["text"])
# Whose name stands on an article did not say every sentence of it.
_WRITERS = frozenset({"author", "authorname", "by", "from", "name"})
_ALIASES = {"source": "outlet", "author": "speaker", "comment": "text", "link": "url"}
_LEAST_WORDS = 4.0


def plain_name(column: str) -> str:
    """A column's name as it is compared: lower case, letters and figures only."""
    return re.sub(r"[\W_]+", "", column).casefold()


def guess(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[Field, str]:
    """The likely column of each field; a field without one is left out.

    Where no column is named like a text, it is the one with the most words a row, if those are
    enough to be sentences. A column called ``author`` is the speaker of a comment; in a table
    of articles, which have an outlet, it stays an attribute.

    Args:
        rows: the first rows, as a sample.
    """
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(plain_name(column), column)
    found: dict[Field, str] = {}
    for field in FIELDS:
        for name in _NAMES[field]:
            named = by_name.get(plain_name(name))
            if named is not None and named not in found.values():
                found[field] = named
                break
    if "text" not in found and (longest := _longest(columns, rows, set(found.values()))):
        found["text"] = longest
    articles = "outlet" in found and ("title" in found or "url" in found)
    if articles and plain_name(found.get("speaker", "")) in _WRITERS:
        del found["speaker"]
    return found


def settle(
    given: Mapping[str, str] | None,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    where: str,
) -> dict[Field, str]:
    """The column of each field: what the user gave, and guesses for the rest.

    Args:
        given: column by field; an empty name means that the table has no such column.

    Raises:
        SourceError: a field or a column is unknown, or no column holds the text.
    """
    chosen: dict[Field, str] = {}
    for name, column in (given or {}).items():
        field = next(
            (f for f in FIELDS if f == _ALIASES.get(name.strip().casefold(), name.strip())), None
        )
        if field is None:
            raise SourceError(
                where,
                f"“{name}” is not something a column can be.",
                f"Choose from {', '.join(FIELDS)}.",
            )
        match = next((c for c in columns if c == column), None) or next(
            (c for c in columns if plain_name(c) == plain_name(column)), None
        )
        if column and match is None:
            raise SourceError(
                where,
                f"there is no column “{column}”.",
                f"Choose from its columns: {', '.join(f'“{c}”' for c in columns[:20])}.",
            )
        chosen[field] = match or ""
    taken = set(chosen.values())
    for field, column in guess(columns, rows).items():
        if field not in chosen and column not in taken:
            chosen[field] = column
    settled = {field: column for field, column in chosen.items() if column}
    if "text" not in settled:
        raise SourceError(
            where,
            "no column of the table looks like the text to map.",
            "Say which one it is (--column text=NAME). Its columns are "
            f"{', '.join(f'“{c}”' for c in columns[:20])}.",
        )
    return settled


def _longest(columns: Sequence[str], rows: Sequence[Sequence[str]], taken: set[str]) -> str | None:
    best, most = None, _LEAST_WORDS
    for index, column in enumerate(columns):
        cells = [row[index] for row in rows if index < len(row) and row[index]]
        if column in taken or not cells:
            continue
        words = sum(cell.count(" ") + 1 for cell in cells) / len(cells)
        if words > most:
            best, most = column, words
    return best
