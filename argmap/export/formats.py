"""The formats that a debate can be taken away in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from argmap.corrections import corrected
from argmap.export.table import to_csv
from argmap.interchange import FORMATS, Format
from argmap.projectfile import dumps
from argmap.records import Debate


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format.

    Attributes:
        key: what the command line's ``--to`` takes.
        title: what a reader sees.
        suffix: the usual end of the file's name, with its dot.
        mime: media type for a download.
        write: gives the text of a debate as it stands.
        keeps_edits: the format has a place for the corrections of speakers beside what they
            correct; every other one gets the debate with its corrections applied.
    """

    key: str
    title: str
    suffix: str
    mime: str
    write: Callable[[Debate], str]
    keeps_edits: bool = False

    def text(self, debate: Debate) -> str:
        """The file's text, to be encoded as UTF-8 with line ends left as they are."""
        return self.write(debate if self.keeps_edits else corrected(debate))


def to_json(debate: Debate) -> str:
    """The debate as a project file; see ``argmap.projectfile.dumps``."""
    return dumps(debate)


def _graph_exporter(format: Format) -> Exporter:
    def write(debate: Debate) -> str:
        # Drawing the tree takes the clustering's libraries, which a start need not wait for.
        from argmap.export.graph import to_graph

        return format.dumps(to_graph(debate))

    return Exporter(format.key, format.title, format.suffix, format.mime, write)


#: Every format by its key.
EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        exporter.key: exporter
        for exporter in (
            Exporter(
                "json",
                "Project file (JSON)",
                ".json",
                "application/json",
                to_json,
                keeps_edits=True,
            ),
            Exporter("csv", "Table of statements (CSV)", ".csv", "text/csv", to_csv),
            *map(_graph_exporter, FORMATS.values()),
        )
    }
)
