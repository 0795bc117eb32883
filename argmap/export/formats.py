"""The formats that a debate can be taken away in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from argmap.export.bibtex import to_bibtex
from argmap.export.citation_list import to_citations
from argmap.export.csl import to_csl
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
        purpose: one line on what the file is for.
        suffix: the usual end of the file's name, with its dot.
        mime: media type for a download.
        write: gives the text of a debate as it stands.
        keeps_edits: the format has a place for the log of corrections beside what they correct;
            every other one gets the debate with its corrections applied.
    """

    key: str
    title: str
    suffix: str
    mime: str
    write: Callable[[Debate], str]
    purpose: str
    keeps_edits: bool = False

    def text(self, debate: Debate) -> str:
        """The file's text, to be encoded as UTF-8 with line ends left as they are."""
        # What corrections rest on is slow to load, and the command line lists the formats.
        from argmap.corrections import corrected

        return self.write(debate if self.keeps_edits else corrected(debate))


def to_json(debate: Debate) -> str:
    """The debate as a project file; see ``argmap.projectfile.dumps``."""
    return dumps(debate)


def to_html(debate: Debate) -> str:
    """The debate as a report; see ``argmap.export.report.to_html``."""
    from argmap.export import report  # Plotly and Jinja take a moment to import

    return report.to_html(debate)


def to_markdown(debate: Debate) -> str:
    """The debate as a summary; see ``argmap.export.markdown.to_markdown``."""
    from argmap.export import markdown

    return markdown.to_markdown(debate)


_GRAPHS: Mapping[str, str] = {
    "argdown": "The map as text, for Argdown's editors and its drawings.",
    "aif": "The map as a graph, for AIFdb and tools that read the Argument Interchange Format.",
    "xaif": "The map with its text, to open and go on with in OVA3.",
    "sadface": "The map as a small graph, for tools that read SADFace.",
    "graphml": "The map as a network, for Gephi and yEd.",
}


def to_outline(debate: Debate) -> str:
    """The debate's trees as text; see ``argmap.export.outline.to_outline``."""
    from argmap.export import outline

    return outline.to_outline(debate)


def _graph_exporter(format: Format) -> Exporter:
    def write(debate: Debate) -> str:
        # Drawing the tree takes the clustering's libraries, which a start need not wait for.
        from argmap.export.graph import to_graph

        return format.dumps(to_graph(debate))

    return Exporter(
        format.key, format.title, format.suffix, format.mime, write, _GRAPHS[format.key]
    )


#: Every format by its key.
EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        exporter.key: exporter
        for exporter in (
            Exporter(
                "html",
                "Report (HTML)",
                ".html",
                "text/html",
                to_html,
                "To read, print or send: one page with the charts, opened offline by any browser.",
            ),
            Exporter(
                "md",
                "Summary (Markdown)",
                ".md",
                "text/markdown",
                to_markdown,
                "For notes, wikis and repositories: key points, speakers and sources.",
            ),
            Exporter(
                "outline",
                "Outline of the tree (text)",
                ".outline.txt",
                "text/plain",
                to_outline,
                "To read and quote: points, statements, and what answers what, line by line.",
            ),
            Exporter(
                "csv",
                "Table of statements (CSV)",
                ".csv",
                "text/csv",
                to_csv,
                "For spreadsheets and data frames: a row for every statement and motion.",
            ),
            Exporter(
                "citations",
                "Citations of statements (text)",
                ".txt",
                "text/plain",
                to_citations,
                "To paste beside a quotation: who said it, where it stands, its score and model.",
            ),
            Exporter(
                "bibtex",
                "Sources (BibTeX)",
                ".bib",
                "application/x-bibtex",
                to_bibtex,
                "For LaTeX and reference managers: one entry a source.",
            ),
            Exporter(
                "csl",
                "Sources and citations (CSL-JSON)",
                ".csl.json",
                "application/vnd.citationstyles.csl+json",
                to_csl,
                "For Zotero and pandoc: the sources, each with a citation of every statement.",
            ),
            Exporter(
                "json",
                "Project file (JSON)",
                ".json",
                "application/json",
                to_json,
                "Everything, to open again, to share with a colleague or to read by program.",
                keeps_edits=True,
            ),
            *map(_graph_exporter, FORMATS.values()),
        )
    }
)
