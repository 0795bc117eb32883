"""Ways to look into a figure as the browser gets it."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import plotly.graph_objects as go

from argmap.charts import HANDLE
from argmap.records import ArgumentTree
from argmap.structure import build_tree
from tests.structure.builders import debate

LONG = (
    "“They clapped us on Thursday evenings,” she said, “and they have forgotten us since, "
    "although the wards are fuller, the shifts are longer and the work is harder than before.”"
)

#: What Plotly would draw, follow or fill in, were it not made literal.
MARKUP = '<b>Bold</b> &lt; <a href="https://a.example">link</a><br>%{x} costs $5 to $10'

NURSES = debate(
    ("a", "pro", 0.91, "p1"),
    ("b", "pro", 0.8, "p1"),
    ("c", "pro", 0.7, None),
    ("d", "con", 0.9, "p2"),
    ("e", "con", 0.6, "p2"),
    ("f", "none", 0.9, "p2"),
    ("g", "unclear", 0.4, None),
    texts=(LONG, "Wards run short.", "Nurses leave.", "There is no money.", "Prices would rise."),
    points=[("pro", "a b")],
    relations=[("d", "a", "attack"), ("e", "d", "support"), ("c", "b", "support")],
)

HOSTILE = debate(
    ("a", "pro", 0.91, "<i>p1</i>"),
    ("b", "con", 0.8, "<i>p1</i>"),
    texts=(MARKUP, MARKUP),
)


def tree_of(made: Any) -> ArgumentTree:
    return build_tree(made, "pay")


def spec(figure: go.Figure) -> dict[str, Any]:
    """The figure's JSON, as Streamlit sends it."""
    loaded: dict[str, Any] = json.loads(figure.to_json())
    return loaded


def strings(value: Any) -> list[str]:
    """Every string that stands anywhere in a figure's JSON, but for ids, which are not drawn."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        shown = (own for key, own in value.items() if key not in ("customdata", "ids", "parents"))
        return [text for own in shown for text in strings(own)]
    if isinstance(value, list):
        return [text for own in value for text in strings(own)]
    return []


def drawn(text: str) -> str:
    """What a reader sees of a string, Plotly's line breaks read as spaces.

    Fails on any tag other than the line break, which is the only one that we put in.
    """
    assert set(re.findall(r"<[^>]*>", text)) <= {"<br>"}, text
    seen = html.unescape(text.replace("<br>", " ")).replace("\xa0", " ")
    return " ".join(seen.split())


def nodes_of(figure: go.Figure) -> dict[str, dict[str, Any]]:
    """What is drawn at each node of a tree figure, by the node's id."""
    found: dict[str, dict[str, Any]] = {}
    for trace in spec(figure)["data"]:
        for index, own in enumerate(trace.get("customdata", [])):
            if own.startswith(HANDLE):
                continue
            marker = trace["marker"]
            found[own] = {
                "x": trace["x"][index],
                "y": trace["y"][index],
                "text": trace["text"][index],
                "hover": trace["hovertext"][index],
                "symbol": marker["symbol"],
                "color": marker["color"],
                "size": marker["size"][index],
                "ring": marker["line"]["width"][index],
            }
    return found
