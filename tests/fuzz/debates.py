"""Finished analyses: project files and argument graphs, and what is made of them afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

from argmap.export import EXPORTERS
from argmap.imports import read_debate
from argmap.projectfile import dumps, loads
from argmap.records import Debate, Decision, Division, Edit, Span, Vote
from tests.fuzz import changes, checks
from tests.fuzz.targets import Target
from tests.interchange import foreign
from tests.samples import sample_debate

_SUFFIX = {"argdown": ".argdown", "graphml": ".graphml"}
_FOREIGN = {
    "argdown": foreign.ARGDOWN, "aif": foreign.AIF, "xaif": foreign.XAIF,
    "sadface": foreign.SADFACE,
    "graphml": foreign.GRAPHML,
}  # fmt: skip


def targets() -> Iterator[Target]:
    """A target for each format, and for what a debate that was read is used for."""
    text = (changes.changed, changes.relined, changes.respelt)
    json = (changes.changed, *(changes.rewritten_json,) * 4)
    xml = (changes.changed, *(changes.rewritten_xml,) * 3)
    yield Target("project file", _input("json", json), partial(_import, suffix=".json"))
    yield Target("argdown", _input("argdown", text), partial(_import, suffix=".argdown"))
    yield Target("aif", _input("aif", json), partial(_import, suffix=".json"))
    yield Target("xaif", _input("xaif", json), partial(_import, suffix=".json"))
    yield Target("sadface", _input("sadface", json), partial(_import, suffix=".json"))
    yield Target("graphml", _input("graphml", xml), partial(_import, suffix=".graphml"), small=40)
    yield Target("yaml of argdown", _yaml, _read_yaml)
    yield Target("used debate", _input("json", json[1:]), _use, small=40)


@cache
def rich() -> Debate:
    """A small debate that has one of everything that a project file holds."""
    whole = sample_debate()
    document = whole.documents[0]
    division = Division(
        "v1", document.id, Span(0, 5), date="2031-04-03", time="12:00", number="7", question="Pay",
        ayes=1, noes=1, column="12", url="https://x.example/",
        votes=(Vote("p1", "Ann", "aye", teller=True), Vote("p9", "Bo", "no", proxy="p1")),
    )  # fmt: skip
    topic, said = whole.topics[0].id, [s.id for s in whole.statements]
    logged = (
        Edit.create("merge", sequence=1, time="2031-04-03T10:00:00+00:00", speaker="p1", into="p2"),
        Edit.create(
            "label", sequence=2, time="2031-04-03T10:00:01+00:00", topic=topic,
            statements=tuple(said[:1]), label="con", drawn=True,
        ),
        Edit.create(
            "point", sequence=3, time="t", topic=topic, statements=tuple(said[:2]), name="New"
        ),
        Edit.create("undo", sequence=4, time="t", target="e-none"),
    )  # fmt: skip
    return replace(
        whole,
        documents=(replace(document, divisions=(division,)), *whole.documents[1:]),
        decisions=(Decision(topic, "v1", "pro"),),
        edits=logged,
    )


@cache
def _seeds(key: str) -> tuple[bytes, ...]:
    own = (sample_debate(), rich())
    written = tuple(EXPORTERS[key].write(debate).encode() for debate in own)
    return (*written, _FOREIGN[key].encode()) if key in _FOREIGN else written


def _input(key: str, ways: tuple[changes.Change, ...]) -> Callable[[random.Random], bytes]:
    def make(chance: random.Random) -> bytes:
        return chance.choice(ways)(chance.choice(_seeds(key)), chance)

    return make


def _import(data: bytes, chance: random.Random, *, suffix: str) -> None:
    name = (
        f"map{suffix}" if chance.random() < 0.9 else chance.choice(("", "a.json", "a\n\u202e.ad"))
    )
    found = read_debate(data, name=name)
    checks.debate(found.debate)
    for note in found.notes:
        checks.hold(note.strip(), "a note without words")


_YAML = (
    b"title: ", b"? ", b"- ", b"a: &b [*b]\n", b"!!set {a}\n", b"!!binary x\n", b"2031-02-31\n",
    b"1:99:99\n", b"0o9\n", b".nan\n", b"{", b"}", b"\n", b"? [a]: b\n", b"<<: [a]\n",
    b"%YAML 9\n", b"",
)  # fmt: skip


def _yaml(chance: random.Random) -> bytes:
    data = _seeds("argdown")[2]
    pieces = (chance.choice((*_YAML, chance.choice(changes.TOKENS))) for _ in range(3))
    head = b"===\n" + b"".join(pieces) + b"\n===\n"
    data = head + data[data.index(b"\n", 4) :]
    at = data.find(b"{")
    if chance.random() < 0.5 and at >= 0:
        inner = b"".join(chance.choice(changes.TOKENS) for _ in range(chance.choice((1, 2, 4))))
        data = data[: at + 1] + inner + data[at + 1 :]
    return data


def _read_yaml(data: bytes, chance: random.Random) -> None:
    _import(data, chance, suffix=".argdown")


def _use(data: bytes, chance: random.Random) -> None:
    """What a debate that was read goes through when it is opened, weighed, compared, taken away."""
    from argmap.corrections import agreement, corrected, refitted
    from argmap.structure import build_tree, find_gaps, summarise_speakers, weigh

    mapped = loads(data)
    found = corrected(mapped)
    for topic in found.topics:
        build_tree(found, topic.id)
        find_gaps(found, weigh(found, topic.id))
    summarise_speakers(found)
    agreement(mapped)
    refitted(mapped)
    for key in chance.sample(sorted(EXPORTERS), k=3):
        EXPORTERS[key].write(mapped).encode("utf-8")
    checks.hold(loads(dumps(mapped)) == loads(data), "a project file that comes back otherwise")
