"""Hypothesis strategies for records, with characters that break careless writers."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from argmap.records import (
    EDIT_KINDS,
    EDIT_RELATIONS,
    LABELS,
    SIDES,
    VOTE_SIDES,
    Attribution,
    Debate,
    Decision,
    Division,
    Document,
    Edit,
    KeyPoint,
    Relation,
    RelationKind,
    Run,
    Span,
    Speaker,
    Stance,
    Statement,
    Topic,
    Turn,
    Vote,
    content_id,
)

#: Line ends of every kind, marks of CSV, JSON and markup, bidirectional controls, and
#: characters outside the basic plane.
HOSTILE = (
    "\x00\t\n\r\x0b\x1b\x85\u2028\u2029\ufeff\ufffd\ufffe\u202e\u200d\u0301"
    "\"'\\,;=+-@[]{}<>&%$`|*#_“”‘’–—£éß文🗳👩"
)

_KINDS: tuple[tuple[RelationKind, bool], ...] = (
    ("support", False), ("attack", False), ("attack", True)
)  # fmt: skip


def texts(*, min_size: int = 0, max_size: int = 40) -> st.SearchStrategy[str]:
    """Any text that UTF-8 can hold, leaning towards the hostile characters."""
    return st.text(
        st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"])),
        min_size=min_size,
        max_size=max_size,
    )


def probabilities() -> st.SearchStrategy[float]:
    """Numbers between 0 and 1 of four decimal places, as the rooms round them."""
    return st.integers(0, 10_000).map(lambda value: value / 10_000)


def _maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), values)


def _ids(prefix: str, *, max_size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        st.one_of(st.integers(0, 99).map(lambda n: f"{prefix}{n}"), texts(min_size=1, max_size=5)),
        unique=True,
        max_size=max_size,
    )


def speakers(identifier: str) -> st.SearchStrategy[Speaker]:
    """A speaker with the given id."""
    return st.builds(
        Speaker,
        id=st.just(identifier),
        name=texts(),
        aliases=st.lists(texts(), max_size=3).map(tuple),
        role=_maybe(texts()),
        party=_maybe(texts()),
    )


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[int, int]:
    """Half-open range inside a text of ``length`` characters."""
    start, end = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
    return start, end


@st.composite
def documents(draw: st.DrawFn, identifier: str) -> Document:
    """A document with the given id, perhaps with turns."""
    text = draw(texts(max_size=120))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    turns = tuple(
        Turn(
            Span(start, end),
            draw(st.one_of(st.none(), speakers(f"p{start}"))),
            time=draw(_maybe(texts(max_size=5))),
            column=draw(_maybe(texts(max_size=5))),
            url=draw(_maybe(texts(max_size=5))),
        )
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    return Document(
        id=identifier,
        title=draw(texts()),
        text=text,
        kind=draw(texts(max_size=10)),
        outlet=draw(_maybe(texts())),
        date=draw(_maybe(texts())),
        url=draw(_maybe(texts())),
        attributes=draw(st.dictionaries(texts(), texts(), max_size=3)),
        turns=turns,
        removed=tuple(draw(st.lists(texts(), max_size=3))),
        divisions=tuple(
            draw(divisions(f"{identifier}v{number}", identifier, len(text)))
            for number in range(draw(st.integers(0, 2)))
        ),
    )


@st.composite
def divisions(draw: st.DrawFn, identifier: str, document: str, length: int) -> Division:
    """A division of a document whose text has ``length`` characters."""
    votes = tuple(
        Vote(
            person,
            draw(texts(max_size=10)),
            draw(st.sampled_from(VOTE_SIDES)),
            teller=draw(st.booleans()),
            proxy=draw(_maybe(texts(max_size=5))),
        )
        for person in draw(_ids("p", max_size=3))
    )
    return Division(
        id=identifier,
        document=document,
        span=Span(*draw(spans(length))),
        date=draw(_maybe(texts(max_size=10))),
        time=draw(_maybe(texts(max_size=5))),
        number=draw(_maybe(texts(max_size=5))),
        question=draw(_maybe(texts())),
        ayes=draw(st.one_of(st.none(), st.integers(0, 700))),
        noes=draw(st.one_of(st.none(), st.integers(0, 700))),
        column=draw(_maybe(texts(max_size=5))),
        url=draw(_maybe(texts())),
        votes=votes,
    )


@st.composite
def stances(draw: st.DrawFn, statement: str, topic: str) -> Stance:
    """A stance whose three probabilities add up to 1."""
    low, high = sorted((draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000))))
    return Stance(
        statement=statement,
        topic=topic,
        pro=low / 10_000,
        con=(high - low) / 10_000,
        none=(10_000 - high) / 10_000,
        label=draw(st.sampled_from(LABELS)),
        model_label=draw(st.sampled_from([None, None, *LABELS])),
    )


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    """A debate that keeps every rule of the project file."""
    kept_documents = tuple(draw(documents(name)) for name in draw(_ids("d", max_size=3)))
    kept_speakers = tuple(draw(speakers(name)) for name in draw(_ids("p", max_size=3)))
    topics = tuple(
        Topic(name, draw(texts()), draw(texts()), draw(texts()), draw(texts()))
        for name in draw(_ids("t", max_size=2))
    )
    statements: list[Statement] = []
    for name in draw(_ids("s", max_size=6)) if kept_documents else []:
        document = draw(st.sampled_from(kept_documents))
        start, end = draw(spans(len(document.text)))
        attribution = Attribution(
            speaker=draw(st.sampled_from([None, *(speaker.id for speaker in kept_speakers)])),
            method=draw(texts(max_size=10)),
            cue=draw(_maybe(texts(max_size=10))),
            confidence=draw(probabilities()),
            reported=draw(st.booleans()),
        )
        statements.append(
            Statement(
                id=name,
                document=document.id,
                start=start,
                end=end,
                text=document.text[start:end],
                attribution=attribution,
                context=draw(texts()),
            )
        )
    names = [statement.id for statement in statements]
    judged = tuple(
        draw(stances(name, topic.id)) for topic in topics for name in names if draw(st.booleans())
    )
    key_points: tuple[KeyPoint, ...] = ()
    relations: tuple[Relation, ...] = ()
    if topics and names:
        topic_ids = st.sampled_from([topic.id for topic in topics])
        key_points = tuple(
            KeyPoint(
                id=name,
                topic=draw(topic_ids),
                side=draw(st.sampled_from(SIDES)),
                text=draw(texts()),
                statements=tuple(
                    draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
                ),
                corrected=draw(st.booleans()),
            )
            for name in draw(_ids("k", max_size=3))
        )
        key_points = draw(_nested(key_points))
        pairs = [(source, target) for source in names for target in names if source != target]
        if pairs:
            relations = tuple(
                Relation(
                    source,
                    target,
                    topic,
                    kind,
                    draw(probabilities()),
                    undercut,
                    corrected=draw(st.booleans()),
                )
                for (source, target), topic in draw(
                    st.lists(st.tuples(st.sampled_from(pairs), topic_ids), max_size=3, unique=True)
                )
                for kind, undercut in [draw(st.sampled_from(_KINDS))]
            )
    held = [division for document in kept_documents for division in document.divisions]
    run = Run(
        argmap=draw(texts(max_size=10)),
        models=draw(st.dictionaries(texts(), texts(), max_size=2)),
        settings=draw(
            st.dictionaries(
                texts(),
                st.one_of(
                    texts(),
                    st.booleans(),
                    st.integers(),
                    st.floats(allow_nan=False, allow_infinity=False),
                ),
                max_size=3,
            )
        ),
        inputs=draw(st.dictionaries(texts(), texts(), max_size=2)),
    )
    mapped = Debate(
        title=draw(texts()),
        run=run,
        documents=kept_documents,
        speakers=kept_speakers,
        topics=topics,
        statements=tuple(statements),
        stances=judged,
        key_points=key_points,
        relations=relations,
        decisions=tuple(
            Decision(topic.id, draw(st.sampled_from(held)).id, draw(st.sampled_from(SIDES)))
            for topic in topics
            if held and draw(st.booleans())
        ),
    )
    return replace(mapped, edits=draw(edits(mapped, max_size=3)))


@st.composite
def _nested(draw: st.DrawFn, points: tuple[KeyPoint, ...]) -> tuple[KeyPoint, ...]:
    """The points, some of them under an earlier one that may hold them."""
    found: list[KeyPoint] = []
    for point in points:
        over = [
            other.id
            for other in found
            if other.parent is None
            and (other.topic, other.side) == (point.topic, point.side)
            and not set(other.statements) & set(point.statements)
        ]
        found.append(replace(point, parent=draw(st.sampled_from([None, *over]))))
    return tuple(found)


@st.composite
def edits(draw: st.DrawFn, debate: Debate, *, max_size: int = 12) -> tuple[Edit, ...]:
    """A log that a person could have made on ``debate``, and some that nobody could.

    Edits name speakers and statements of the debate, speakers that earlier edits made, and ones
    that never were.
    """
    # What an edit makes is named by the edit's id ("p" and a hash), which is known once it is made.
    people = [speaker.id for speaker in debate.speakers] + ["gone"]
    said = [statement.id for statement in debate.statements] + ["no such sentence"]
    topics = [topic.id for topic in debate.topics] + ["no such motion"]
    points = [point.id for point in debate.key_points] + ["no such point"]
    log: list[Edit] = []
    for number in range(1, draw(st.integers(0, max_size)) + 1):
        kind = draw(st.sampled_from(EDIT_KINDS))
        fields: dict[str, object] = {}
        if kind in ("undo", "redo"):
            fields["target"] = draw(st.sampled_from(["e-none", *(edit.id for edit in log)]))
        elif kind in ("label", "point", "relation"):
            fields["topic"] = draw(st.sampled_from(topics))
            fields["statements"] = tuple(draw(st.lists(st.sampled_from(said), max_size=4)))
            if kind == "label":
                fields["label"] = draw(st.sampled_from([None, *LABELS]))
                fields["drawn"] = draw(st.booleans())
            elif kind == "point":
                fields["point"] = draw(st.sampled_from([None, *points]))
                fields["name"] = draw(_maybe(texts(max_size=8)))
            else:
                two = st.lists(st.sampled_from(said), min_size=2, max_size=2)
                fields["statements"] = tuple(draw(two))
                fields["relation"] = draw(st.sampled_from([None, *EDIT_RELATIONS]))
        else:
            fields["speaker"] = draw(st.sampled_from([None, *people]))
            fields["into"] = draw(st.sampled_from([None, *people]))
            if kind in ("split", "not_said_by"):
                fields["statements"] = tuple(draw(st.lists(st.sampled_from(said), max_size=4)))
            if kind != "merge":
                fields["name"] = draw(_maybe(texts(max_size=8)))
                fields["role"] = draw(_maybe(texts(max_size=8)))
        edit = Edit.create(
            kind, sequence=number, time=f"2026-05-01T10:00:{number:02}+00:00", **fields
        )
        log.append(edit)
        people.append(content_id("p", edit.id))
        points.append(content_id("k", edit.id))
    return tuple(log)
