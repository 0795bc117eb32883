"""Argument graphs in the formats of other programs: one module a format, pure, in and out."""

from argmap.interchange.formats import FORMATS, Format, detect
from argmap.interchange.graph import (
    EDGE_KINDS,
    ArgumentGraph,
    Edge,
    EdgeKind,
    Judgement,
    Location,
    Node,
    check,
)

__all__ = [
    "EDGE_KINDS",
    "FORMATS",
    "ArgumentGraph",
    "Edge",
    "EdgeKind",
    "Format",
    "Judgement",
    "Location",
    "Node",
    "check",
    "detect",
]
