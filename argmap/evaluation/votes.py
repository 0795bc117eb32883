"""Do the words agree with the vote? Predicted stance held against how the speaker voted.

Two sources: Convote (Thomas, Pang and Lee 2006), whose bills have no titles, so that one motion
is asked of all; and divisions of the House of Commons, each with a motion of its own in
``divisions.toml``. A vote follows the whip as much as the speech, so two baselines stand beside
the model: one that knows nothing but the party, and one that always names the larger side.
"""

from __future__ import annotations

import hashlib
import lzma
import re
import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from argmap.errors import InputError
from argmap.evaluation.metrics import Score, clustered
from argmap.nlp import PairClassifier
from argmap.nlp.backbone import file_sha256
from argmap.pipeline import StageProgress
from argmap.records import SIDES, Division, Document, Side, Stance, Statement, Topic, content_id
from argmap.sources import read_bytes
from argmap.stance import classify, make_topic
from argmap.statements import extract
from argmap.structure.votes import position_of
from argmap.training.examples import data_file, read_rows

#: What is asked of every bill of Convote: the set names no bill's title.
CONVOTE_MOTION = "This bill should be passed."

_SENTENCE = re.compile(r"(?<= [.?!])\s+")


@dataclass(frozen=True, slots=True)
class Case:
    """What one person said before one vote, in one speech or in all of them.

    Attributes:
        cluster: the person, whose cases are no independent draws.
        vote: on which side of the motion the vote was.
        stances: of every sentence that is the person's own view.
        party: where the source names it.
        by_party: how most others of the party voted; ``None`` where that is not known.
        by_majority: the larger side.
    """

    cluster: str
    vote: Side
    stances: tuple[Stance, ...]
    party: str | None = None
    by_party: Side | None = None
    by_majority: Side | None = None


@dataclass(frozen=True, slots=True)
class VoteResult:
    """One row: agreement where an answer is given, and the baselines on the same cases.

    Attributes:
        cases: how many there were to answer.
        party: ``None`` where the source names no party.
    """

    title: str
    unit: str
    answer: str
    cases: int
    agreement: Score | None
    party: Score | None
    majority: Score | None
    data: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One division of ``divisions.toml``."""

    file: str
    number: str
    debate: str
    motion: str
    aye: Side


def labelled(stances: Sequence[Stance]) -> Side | None:
    """The product's answer: the mean of the sentences that take a side, if any does."""
    return _side([s.score for s in stances if s.label in SIDES])


def forced(stances: Sequence[Stance]) -> Side | None:
    """An answer for every case: the mean of all sentences, those that abstain with them."""
    return _side([s.score for s in stances])


_ANSWERS: tuple[tuple[str, Callable[[Sequence[Stance]], Side | None]], ...] = (
    ("sentences that take a side", labelled),
    ("every sentence", forced),
)


def _side(scores: Sequence[float]) -> Side | None:
    total = sum(scores)
    return None if total == 0 else "pro" if total > 0 else "con"


def score_cases(title: str, unit: str, cases: Sequence[Case], *, data: str) -> list[VoteResult]:
    """Both answers on the same cases."""
    rows = []
    for name, answer in _ANSWERS:
        answers = [answer(case.stances) for case in cases]
        kept = [(c, a) for c, a in zip(cases, answers, strict=True) if a is not None]
        rows.append(
            VoteResult(
                title=title,
                unit=unit,
                answer=name,
                cases=len(cases),
                agreement=_share(kept),
                party=_share((c, c.by_party) for c, _ in kept if c.by_party is not None),
                majority=_share((c, c.by_majority) for c, _ in kept if c.by_majority is not None),
                data=data,
            )
        )
    return rows


def _share(answered: Iterable[tuple[Case, Side | None]]) -> Score | None:
    kept = list(answered)
    if not kept:
        return None
    right = np.array([case.vote == answer for case, answer in kept])
    return clustered(right, [case.cluster for case, _ in kept])


def run_convote(
    data: Path, *, classifier: PairClassifier, progress: StageProgress | None = None
) -> list[VoteResult]:
    """The test split of Convote, by speech segment and by speaker and bill.

    Raises:
        InputError: the set is missing.
    """
    rows = [row for row in read_rows(data, "convote") if row["split"] == "test"]
    topic = make_topic(CONVOTE_MOTION, id="bill")
    said = [_sentences(str(number), str(row["text"])) for number, row in enumerate(rows)]
    found = _judge([s for part in said for s in part], topic, classifier, "Convote", progress)
    speech = [tuple(found[s.id] for s in part) for part in said]
    keys = [(str(row["speaker"]), str(row["bill"])) for row in rows]
    votes: dict[tuple[str, str], Side] = {}
    parties: dict[tuple[str, str], str] = {}
    joined: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for key, row, stances in zip(keys, rows, speech, strict=True):
        votes[key] = "pro" if row["label"] == "pro" else "con"
        parties[key] = str(row["party"])
        joined[key] += stances
    larger = _most(votes[key] for key in keys)

    def case(key: tuple[str, str], stances: Iterable[Stance]) -> Case:
        others = [
            votes[other]
            for other in votes
            if other != key and other[1] == key[1] and parties[other] == parties[key]
        ]
        return Case(
            cluster=key[0],
            vote=votes[key],
            stances=tuple(stances),
            party=parties[key],
            by_party=_most(others) or larger,
            by_majority=larger,
        )

    digest = file_sha256(data_file(data, "convote"))[:12]
    segments = [case(key, stances) for key, stances in zip(keys, speech, strict=True)]
    speakers = [case(key, stances) for key, stances in joined.items()]
    return [
        *score_cases("Convote test", "segment", segments, data=digest),
        *score_cases("Convote test", "speaker on a bill", speakers, data=digest),
    ]


def _sentences(name: str, text: str) -> list[Statement]:
    """The sentences of a segment; Convote is cut into tokens, so ends stand by themselves."""
    found = []
    at = 0
    for part in _SENTENCE.split(text):
        start = text.index(part, at)
        at = start + len(part)
        if any(char.isalpha() for char in part):
            found.append(Statement(content_id("s", name, str(start)), name, start, at, part))
    return found


def judged_divisions() -> tuple[Judged, ...]:
    """The divisions, each with the motion that is asked and the sense of an aye."""
    text = (Path(__file__).parent / "divisions.toml").read_text(encoding="utf-8")
    return tuple(Judged(**entry) for entry in tomllib.loads(text)["division"])


def run_hansard(
    folder: Path, *, classifier: PairClassifier, progress: StageProgress | None = None
) -> tuple[list[VoteResult], list[VoteResult]]:
    """The divisions of ``divisions.toml``: all of them together, and one by one by speaker.

    Raises:
        InputError: a file, a division or the heading of its debate is missing.
    """
    entries = judged_divisions()
    names = list(dict.fromkeys(entry.file for entry in entries))
    raw = {name: _hansard_bytes(folder, name) for name in names}
    digest = hashlib.sha256(b"".join(hashlib.sha256(raw[n]).digest() for n in names))
    data = digest.hexdigest()[:12]
    every_speech: list[Case] = []
    every_speaker: list[Case] = []
    single: list[VoteResult] = []
    for name in names:
        document = read_bytes(raw[name], name=name)
        _, statements = extract((document,))
        for entry in entries:
            if entry.file != name:
                continue
            division, own = before_division(document, statements, entry)
            topic = make_topic(entry.motion, id=entry.number)
            title = f"{division.date}, division {entry.number}"
            found = _judge(own, topic, classifier, title, progress)
            speeches, speakers = _cases(document, division, entry, own, found)
            every_speech += speeches
            every_speaker += speakers
            rows = score_cases(title, "speaker", speakers, data=data)
            single += [row for row in rows if row.answer == _ANSWERS[0][0]]
    return [
        *score_cases("House of Commons", "speech", every_speech, data=data),
        *score_cases("House of Commons", "speaker in a division", every_speaker, data=data),
    ], single


def before_division(
    document: Document, statements: Sequence[Statement], entry: Judged
) -> tuple[Division, tuple[Statement, ...]]:
    """The division, and what was said for oneself from its debate's heading up to it.

    Raises:
        InputError: the document lacks the division or the heading.
    """
    division = next((d for d in document.divisions if d.number == entry.number), None)
    if division is None:
        raise InputError(f"{entry.file}: there is no division {entry.number} in it.")
    headings = [
        turn.span.end
        for turn in document.turns
        if turn.speaker is None
        and turn.span.end <= division.span.start
        and document.text[turn.span.start : turn.span.end] == entry.debate
    ]
    if not headings:
        raise InputError(
            f"{entry.file}: there is no heading “{entry.debate}” before division {entry.number}."
        )
    return division, tuple(
        statement
        for statement in statements
        if headings[-1] <= statement.start
        and statement.end <= division.span.start
        and statement.speaker is not None
        and not statement.attribution.reported
    )


def _cases(
    document: Document,
    division: Division,
    entry: Judged,
    own: Sequence[Statement],
    stances: Mapping[str, Stance],
) -> tuple[list[Case], list[Case]]:
    """One case a speech and one a speaker, of those who voted for one side."""
    positions = {v.person: position_of(v.side, entry.aye) for v in division.votes}
    larger = _most(position for position in positions.values() if position is not None)
    starts = [turn.span.start for turn in document.turns]
    speeches: dict[tuple[str, int], list[Stance]] = defaultdict(list)
    speakers: dict[str, list[Stance]] = defaultdict(list)
    for statement in own:
        person = statement.speaker or ""
        turn = bisect_right(starts, statement.start)
        speeches[person, turn].append(stances[statement.id])
        speakers[person].append(stances[statement.id])

    def case(person: str, said: Iterable[Stance]) -> Case | None:
        position = positions.get(person)
        if position is None:
            return None
        return Case(person, position, tuple(said), by_majority=larger)

    by_speech = (case(person, said) for (person, _), said in speeches.items())
    by_speaker = (case(person, said) for person, said in speakers.items())
    return [c for c in by_speech if c], [c for c in by_speaker if c]


def _hansard_bytes(folder: Path, name: str) -> bytes:
    for path in (folder / name, folder / f"{name}.xz", folder / "more" / f"{name}.xz"):
        if path.is_file():
            data = path.read_bytes()
            return lzma.decompress(data) if path.suffix == ".xz" else data
    raise InputError(f"{folder / name}: this day is missing. Give the folder with --hansard.")


def _judge(
    statements: Sequence[Statement],
    topic: Topic,
    classifier: PairClassifier,
    title: str,
    progress: StageProgress | None,
) -> dict[str, Stance]:
    report = None if progress is None else partial(progress, title)
    stances = classify(statements, (topic,), classifier=classifier, progress=report)
    return {stance.statement: stance for stance in stances}


def _most(sides: Iterable[Side]) -> Side | None:
    """The more frequent side; ``None`` for a tie or nothing."""
    counts = Counter(sides)
    if counts["pro"] == counts["con"]:
        return None
    return "pro" if counts["pro"] > counts["con"] else "con"


def votes_table(results: Sequence[VoteResult]) -> str:
    """The results as a Markdown table, shares with their 95% intervals."""
    lines = [
        "| votes | unit | from | agreement [95% interval] | answered | party only | majority "
        "| data |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in results:
        answered = row.agreement.n if row.agreement else 0
        lines.append(
            f"| {row.title} | {row.unit} | {row.answer} | {_shown(row.agreement)} "
            f"| {answered} of {row.cases} | {_shown(row.party)} | {_shown(row.majority)} "
            f"| {row.data} |"
        )
    return "\n".join(lines) + "\n"


def _shown(score: Score | None) -> str:
    if score is None:
        return "not known"
    return f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"
