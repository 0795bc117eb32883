"""A debate in the formats that other programs read: one module a format."""

from argmap.export.bibtex import to_bibtex
from argmap.export.citation_list import to_citations
from argmap.export.csl import to_csl
from argmap.export.files import write_file
from argmap.export.formats import EXPORTERS, Exporter, to_html, to_json, to_markdown
from argmap.export.table import to_csv

__all__ = [
    "EXPORTERS",
    "Exporter",
    "to_bibtex",
    "to_citations",
    "to_csl",
    "to_csv",
    "to_html",
    "to_json",
    "to_markdown",
    "write_file",
]
