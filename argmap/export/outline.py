"""The argument tree as an outline in plain text: to read in a terminal, to print, to quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from argmap.export.references import one_line
from argmap.projectfile import well_formed
from argmap.records import ArgumentTree, Debate, Relation, TreeNode
from argmap.structure import build_tree
from argmap.wording import RELATION_WORDS, SIDE_SIGNS, holdings, provenance, shorten, voice

_INDENT = "  "
_LINK = 90


def to_outline(debate: Debate, *, topic: str | None = None) -> str:
    """The tree of every motion, or of one, as indented lines.

    A line begins with the side (``+`` for, ``−`` against); what bears on the line that it is
    moved in under says so (``supports:``, ``attacks:``, ``undercuts:``). A relation that the
    branches do not show follows its source behind an arrow. The sentence that heads a key point
    is not repeated. A label that a person gave says so in brackets.

    Args:
        topic: id of the one motion to draw.

    Raises:
        ValueError: the debate has no such topic.
    """
    topics = [own.id for own in debate.topics] if topic is None else [topic]
    trees = (build_tree(debate, own) for own in topics)
    blocks = ["\n".join(_lines(tree, debate)) for tree in trees]
    return well_formed("\n\n".join(blocks or ["This debate has no motion."])) + "\n"


def _lines(tree: ArgumentTree, debate: Debate) -> Iterator[str]:
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    statements = {statement.id: statement for statement in debate.statements}
    stances = {x.statement: x for x in debate.stances if x.topic == tree.topic}
    nodes = {node.id: node for node in tree.nodes}
    links: dict[str, list[Relation]] = defaultdict(list)
    for link in tree.links:
        links[link.source].append(link)

    def said(node: TreeNode) -> str:
        told = one_line(voice(statements[node.id], names) or "")
        over = nodes.get(node.parent or "")
        given = stances.get(node.id)
        mark = f" [{provenance(given)}]" if given is not None and given.corrected else ""
        words = one_line(node.text)
        if over is not None and over.kind == "key_point" and over.statement == node.id:
            # A person may have headed the point in words of their own.
            words = "as above" if over.text == node.text else words
        joint = ", " if words == "as above" else ": "
        return f"{told}{joint}{words}{mark}" if told else f"{words}{mark}"

    sides = {node.side: node for node in tree.nodes if node.kind == "side"}
    depth: dict[str | None, int] = {None: -1}
    for node in tree.nodes:
        depth[node.id] = depth[node.parent] + 1
        lead = _INDENT * depth[node.id]
        if node.kind == "statement":
            verb = f"{RELATION_WORDS[node.relation]}: " if node.relation else ""
            yield f"{lead}{SIDE_SIGNS[node.side or 'pro']} {verb}{said(node)}"
            for link in links[node.id]:
                target = shorten(statements[link.target].text, _LINK)
                yield f"{lead}{_INDENT}→ {RELATION_WORDS[link.shown]} “{target}”"
        elif node.kind == "motion":
            yield one_line(node.text)
        else:
            sign = SIDE_SIGNS[node.side or "pro"] if node.kind == "side" else "•"
            over = None if node.kind == "side" else sides.get(node.side)
            yield f"{lead}{sign} {one_line(node.text)} ({holdings(node, over)})"
