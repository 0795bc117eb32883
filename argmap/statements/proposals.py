"""Sentences that put something up for argument: who should do what, as a proposition each.

A proposal is read off one sentence by its wording and said again as a motion: "urged ministers to
raise the levy" is "Ministers should raise the levy." Only words of the sentence are used, but for
what turns them into a proposition; a clause whose subject is a pronoun is left alone, for nobody
could be for or against "They should do it."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.records import Document, Span
from argmap.statements.proposal_patterns import (
    BEFORE,
    BILL,
    CALL,
    CUT,
    DANGLING,
    DEEDS,
    FINITE,
    HEADLINE,
    HOUSE,
    INTENDS,
    LEAST_WORDS,
    MEASURE,
    MODAL,
    MOST_WORDS,
    NOT_SUBJECTS,
    OWN,
    PLAN,
    PREPOSITIONS,
    QUESTION,
    SPACE,
    START,
    TOLD,
    UNENDED,
    URGE,
    WORD,
    WOULD,
)
from argmap.statements.sentences import split

#: By what wording a proposal was told.
Form = Literal["house", "question", "bill", "should", "urge", "call", "plan", "measure", "headline"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposition that one sentence puts up for argument.

    Attributes:
        motion: a full proposition, with its full stop.
        document: id of the document.
        span: the sentence that it was read off, in characters of the document; ``None`` for the
            document's title.
        form: by what wording it was told.
        place: where it stands, 0 for the head of the document to 1 for its end.
    """

    motion: str
    document: str
    span: Span | None
    form: Form
    place: float


def find_proposals(documents: Sequence[Document]) -> tuple[Proposal, ...]:
    """Every proposal of the documents, in order, the title's first; a sentence may hold several."""
    found: list[Proposal] = []
    for document in documents:
        title = SPACE.sub(" ", document.title).strip()
        # A text without a title is called by its own first words.
        own = not SPACE.sub(" ", document.text).lstrip().startswith(title.rstrip("… "))
        for form, motion in (*_headline(title), *_propositions(title)) if own else ():
            found.append(Proposal(motion, document.id, None, form, 0.0))
        length = max(1, len(document.text))
        for paragraph in split(document.text):
            for span in paragraph.sentences:
                sentence = document.text[span.start : span.end]
                for form, motion in _propositions(sentence):
                    found.append(Proposal(motion, document.id, span, form, span.start / length))
    return tuple(found)


def _headline(title: str) -> Iterator[tuple[Form, str]]:
    found = HEADLINE.match(title)
    if found is None or not _deed(found["verb"]):
        return
    if subject := _subject(found["subject"]):
        negated = "not " if found["not"] else ""
        motion = _tidy(f"{subject} should {negated}{found['verb']}")
        if motion is not None:
            yield "headline", motion


def _propositions(sentence: str) -> Iterator[tuple[Form, str]]:
    """The propositions of one sentence, each once."""
    text = SPACE.sub(" ", sentence).strip()
    seen: set[str] = set()
    for form, raw in _raw(text):
        motion = _tidy(raw)
        if motion is not None and motion.casefold() not in seen:
            seen.add(motion.casefold())
            yield form, motion


def _raw(text: str) -> Iterator[tuple[Form, str]]:
    if house := HOUSE.search(text):
        yield from _house(house)
        return
    for found in QUESTION.finditer(text):
        if _subject(found["subject"]) and _deed(found["verb"]):
            yield "question", f"{found['subject']} should {found['verb']}"
    for found in BILL.finditer(text):
        yield "bill", f"the {found[1]} should become law"
    for found in MODAL.finditer(text):
        if clause := _modal_clause(text, found):
            yield "should", clause
    for found in URGE.finditer(text):
        subject = _subject(found["subject"])
        if subject and _deed(found["verb"]):
            negated = "not " if found["not"] else ""
            be = "be allowed to " if found["let"] else "have to " if found["make"] else ""
            yield "urge", f"{subject} should {negated}{be}{_cut(found['verb'])}"
    for found in CALL.finditer(text):
        what = _cut(found["what"])
        if not FINITE.search(what):
            definite = what.startswith("the ")
            yield "call", f"{what} should go ahead" if definite else f"there should be {what}"
    for found in INTENDS.finditer(text):
        subject = _subject(found["subject"])
        if subject and _deed(found["verb"]):
            yield "plan", f"{subject} should {_cut(found['verb'])}"
    for found in MEASURE.finditer(text):
        what = _cut(found["what"])
        if not FINITE.search(what):
            article = "an" if what[0] in "aeiou" else "a"
            yield "measure", f"there should be {article} {what}"
    for found in WOULD.finditer(text):
        if _deed(found["verb"]):
            yield "plan", f"it is right to {_cut(found['verb'])}"
    for found in PLAN.finditer(text):
        plan = _cut(found["plan"])
        if _deed(found["verb"]) and not FINITE.search(plan):
            yield "plan", f"the {plan} should go ahead"


def _house(found: re.Match[str]) -> Iterator[tuple[Form, str]]:
    rest = _cut(found["rest"])
    if found["that"]:
        if found["that"].lower() not in ("regrets", "deplores", "notes", "recognises"):
            yield "house", rest
    elif found["call"]:
        who, to, what = rest.partition(" to ")
        if to and _deed(what):
            yield "house", f"{who} should {what}"
    elif found["would"].lower() in ("would", "should"):
        yield "house", f"we should {rest}"


def _modal_clause(text: str, modal: re.Match[str]) -> str | None:
    """``subject should …``; ``None`` where the subject is no noun."""
    before = text[: modal.start()]
    start = 0
    for edge in START.finditer(before):
        start = edge.end()
    subject = _subject(before[start:])
    if subject is None:
        return None
    rest = _cut(text[modal.end() :])
    if not _deed(rest.removeprefix("not ")):
        return None
    verb = "should" if modal[1].lower() != "must" else "must"
    return f"{subject} {verb} {rest}" if rest else None


def _subject(text: str) -> str | None:
    """A noun phrase that can stand alone, or ``None``."""
    bare = BEFORE.sub("", text.strip(" ‘’'\"“”")).strip()
    bare = TOLD.sub("", bare).removesuffix(" now")
    named = WORD.findall(bare)
    if not 1 <= len(named) <= 12 or named[0].lower() in NOT_SUBJECTS | OWN | PREPOSITIONS:
        return None
    if named[-1].lower() in NOT_SUBJECTS or FINITE.search(bare):
        return None
    # "The union announced" has its verb, and so is no subject of another one.
    if named[-1].endswith("ed") and named[-1].islower():
        return None
    # A bare common noun in the singular is a word out of something longer.
    if len(named) == 1 and not (named[0][0].isupper() or named[0].endswith("s")):
        return None
    return bare


def _deed(text: str) -> bool:
    """Whether ``text`` begins with a verb that asks for something to be done."""
    first = WORD.search(text)
    return first is not None and first[0].lower() in DEEDS


def _cut(text: str) -> str:
    """``text`` up to where its clause ends."""
    end = CUT.search(text)
    clause = (text[: end.start()] if end else text).strip(" ,.’'‘").split(" ")
    while clause and clause[-1].lower() in PREPOSITIONS:
        clause.pop()
    kept = " ".join(clause)
    # A closing mark whose opening one stands before the clause.
    return kept if "‘" in kept else kept.replace("’ ", " ")


def _tidy(raw: str) -> str | None:
    """The proposition as a sentence, or ``None`` where it is too short or too long to be one."""
    text = SPACE.sub(" ", raw).strip(" ,.;:’'‘“”\"")
    named = [word.lower() for word in WORD.findall(text)]
    if not LEAST_WORDS <= len(named) <= MOST_WORDS:
        return None
    if not DANGLING.isdisjoint(named) or named[-1] in UNENDED:
        return None
    return f"{text[0].upper()}{text[1:]}."
