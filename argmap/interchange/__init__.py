"""Argument graphs in the formats of other programs: one module a format, pure, in and out."""

from argmap.interchange.formats import FORMATS, Format, detect
from argmap.interchange.graph import (
    EDGE_KINDS,
    UNDERCUT,
    ArgumentGraph,
    Edge,
    EdgeKind,
    Judgement,
    Location,
    Node,
    check,
    rooted,
)

__all__ = [
    "EDGE_KINDS",
    "FORMATS",
    "UNDERCUT",
    "ArgumentGraph",
    "Edge",
    "EdgeKind",
    "Format",
    "Judgement",
    "Location",
    "Node",
    "check",
    "detect",
    "rooted",
]
