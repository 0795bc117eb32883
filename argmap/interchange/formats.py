"""The formats of argument graphs, and which of them a file is in. The content decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from argmap.errors import GraphFileError
from argmap.interchange.graph import ArgumentGraph
from argmap.interchange.jsontext import parse

_HEAD = 4096
_GRAPHML = re.compile(rb"<graphml\b")
_FRONT_MATTER = re.compile(r"={3,}[^\S\n]*\n.*?^={3,}[^\S\n]*$", re.DOTALL | re.MULTILINE)
_DEFINITION = re.compile(r"^(?:\[[^\]\n]+\]|<[^<>\n]+>):[ \t]+(?!https?:)\S", re.MULTILINE)
_RELATION = re.compile(
    r"^[ \t]+(?:<?[+-]|[+_-]>|<_|_|><)[ \t]+(?:\[[^\]\n]+\](?!\()|<[^<>\n/]+>)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        key: its name on the command line.
        title: what a reader sees.
        suffix: the usual end of a file's name.
        mime: media type for a download.
        modules: gives the modules that write and read it; whatever they need is loaded then.
    """

    key: str
    title: str
    suffix: str
    mime: str
    modules: Callable[[], tuple[_Writer, _Reader]]

    def dumps(self, graph: ArgumentGraph) -> str:
        """The file's text, to be encoded as UTF-8 with line ends left as they are."""
        return self.modules()[0].dumps(graph)

    def loads(self, data: str | bytes) -> ArgumentGraph:
        """Read a file's text or bytes.

        Raises:
            GraphFileError: it is not of this format, or broken.
        """
        return self.modules()[1].loads(data)


class _Writer(Protocol):
    def dumps(self, graph: ArgumentGraph) -> str: ...


class _Reader(Protocol):
    def loads(self, data: str | bytes) -> ArgumentGraph: ...


def _argdown() -> tuple[_Writer, _Reader]:
    from argmap.interchange import argdown, argdown_read

    return argdown, argdown_read


def _aif() -> tuple[_Writer, _Reader]:
    from argmap.interchange import aif

    return aif, aif


def _xaif() -> tuple[_Writer, _Reader]:
    from argmap.interchange import xaif

    return xaif, xaif


def _sadface() -> tuple[_Writer, _Reader]:
    from argmap.interchange import sadface

    return sadface, sadface


def _graphml() -> tuple[_Writer, _Reader]:
    from argmap.interchange import graphml

    return graphml, graphml


_JSON = "application/json"

#: Every format by its key.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.key: made
        for made in (
            Format("argdown", "Argument map (Argdown)", ".argdown", "text/plain", _argdown),
            Format("aif", "Argument graph (AIF)", ".aif.json", _JSON, _aif),
            Format("xaif", "Argument graph for OVA3 (xAIF)", ".xaif.json", _JSON, _xaif),
            Format("sadface", "Argument graph (SADFace)", ".sadface.json", _JSON, _sadface),
            Format(
                "graphml",
                "Network for Gephi and yEd (GraphML)",
                ".graphml",
                "application/xml",
                _graphml,
            ),
        )
    }
)


def detect(data: str | bytes, *, suffix: str = "") -> str | None:
    """The key of the format that a file is in, ``"json"`` for a project file, or ``None``.

    Only a name that ends in ``.argdown`` or ``.ad`` decides by itself; plain text counts as
    Argdown where it opens with Argdown's front matter, or both defines and relates claims.
    """
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    head = raw[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return _json_format(raw)
    if head.startswith(b"<") and _GRAPHML.search(head):
        return "graphml"
    if suffix.lower() in (".argdown", ".ad"):
        return "argdown"
    text = raw.decode("utf-8", "replace")
    if head.startswith(b"===") and _FRONT_MATTER.match(text.lstrip("\ufeff \t\r\n")):
        return "argdown"
    if _DEFINITION.search(text) and _RELATION.search(text):
        return "argdown"
    return None


def _json_format(raw: bytes) -> str | None:
    try:
        value = parse(raw)
    except GraphFileError:
        return None
    if not isinstance(value, dict):
        return None
    if "schema_version" in value:
        return "json"
    if isinstance(value.get("AIF"), dict):
        return "xaif"
    nodes = value.get("nodes")
    if not isinstance(nodes, list) or "edges" not in value:
        return None
    if any(isinstance(node, dict) and "nodeID" in node for node in nodes):
        return "aif"
    if isinstance(value.get("metadata"), dict) or any(
        isinstance(node, dict) and node.get("type") in ("atom", "scheme") for node in nodes
    ):
        return "sadface"
    return "aif" if "participants" in value or "locutions" in value else None
