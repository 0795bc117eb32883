"""A debate in the formats that other programs read: one module a format."""

from argmap.export.files import write_file
from argmap.export.formats import EXPORTERS, Exporter, to_json
from argmap.export.table import to_csv

__all__ = ["EXPORTERS", "Exporter", "to_csv", "to_json", "write_file"]
