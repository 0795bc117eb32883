"""Small debates with the outline that a reader would draw of them (``trees/*.toml``).

Each file names its statements by a word, says which make one point (the heading first, a sub-point
behind ``>``) and how they bear on each other; in the outline ``+`` supports, ``-`` attacks and
``/`` undercuts what it is moved in under.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from argmap.records import ArgumentTree, Debate, NodeRelation, Side
from argmap.structure import build_tree

from .builders import debate

DRAWN = sorted((Path(__file__).parent / "trees").glob("*.toml"))

_SIGNS: dict[NodeRelation | None, str] = {
    None: "",
    "support": "+ ",
    "attack": "- ",
    "undercut": "/ ",
}
_WORDS: dict[str, NodeRelation] = {
    "supports": "support",
    "attacks": "attack",
    "undercuts": "undercut",
}
_VERBS = {kind: verb for verb, kind in _WORDS.items()}
_SIDES: dict[Side | None, str] = {"pro": "for", "con": "against"}


def read(path: Path) -> tuple[Debate, str]:
    """The debate of a file and the outline beside it."""
    value: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    sure = value.get("sure", {})
    sides: dict[str, Side] = dict.fromkeys(value.get("pro", {}), "pro")
    sides |= dict.fromkeys(value.get("con", {}), "con")
    texts = {**value.get("pro", {}), **value.get("con", {})}
    points: list[tuple[Side, str]] = []
    parents: dict[int, int] = {}
    over = 0
    for number, line in enumerate(value["map"]["points"], start=1):
        told, colon, rest = line.partition(": ")
        members = (rest if colon else line).removeprefix("> ")
        if line.startswith("> "):
            parents[number] = over
        else:
            over = number
        points.append(("pro" if told == "pro" else sides[members.split()[0]], members))
    relations = []
    for line in value["map"]["relations"]:
        source, verb, target, *probability = line.split()
        relations.append((source, target, _WORDS[verb], float(*probability or (0.9,))))
    made = debate(
        *((own, side, sure.get(own, 0.9)) for own, side in sides.items()),
        texts=list(texts.values()),
        points=points,
        parents=parents,
        relations=relations,
    )
    return made, value["map"]["outline"].strip()


def drawn(tree: ArgumentTree) -> str:
    """A tree in the words of the files."""
    depth: dict[str | None, int] = {None: -2}
    lines = []
    for node in tree.nodes:
        depth[node.id] = depth[node.parent] + 1
        if node.kind == "motion":
            continue
        name = {"side": _SIDES.get(node.side), "loose": "loose"}.get(node.kind, node.statement)
        mark = "point " if node.kind == "key_point" else _SIGNS[node.relation]
        away = f" ({node.elsewhere} elsewhere)" if "point" in mark and node.elsewhere else ""
        lines.append(f"{'  ' * depth[node.id]}{mark}{name}{away}")
    if tree.links:
        lines.append("links")
    lines += [f"  {r.source} {_VERBS[r.shown]} {r.target}" for r in tree.links]
    return "\n".join(lines)


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_a_debate_is_drawn_as_a_reader_would(path: Path) -> None:
    made, outline = read(path)
    assert drawn(build_tree(made, "pay")) == outline


def test_there_are_enough_drawn_debates() -> None:
    assert len(DRAWN) >= 20
