from __future__ import annotations

import csv
import dataclasses
import io
from dataclasses import replace

import pytest

from argmap.corrections import apply_edits
from argmap.export import EXPORTERS, to_csv, to_json
from argmap.projectfile import loads
from argmap.records import Edit
from tests.export.golden import path, written
from tests.samples import sample_debate


def test_exporters_are_keyed_by_their_own_key() -> None:
    graphs = {"argdown", "aif", "xaif", "sadface", "graphml"}
    files = {"html", "md", "outline", "csv", "citations", "bibtex", "csl", "json"}
    assert set(EXPORTERS) == files | graphs
    for key, exporter in EXPORTERS.items():
        assert exporter.key == key
        assert exporter.suffix.startswith(".")
        assert exporter.title
        assert exporter.purpose.endswith(".")
    assert len({exporter.suffix for exporter in EXPORTERS.values()}) == len(EXPORTERS)
    assert EXPORTERS["csv"].mime == "text/csv"
    assert EXPORTERS["json"].mime == "application/json"


def test_exporters_write_what_the_functions_write() -> None:
    debate = sample_debate()
    assert EXPORTERS["json"].write(debate) == to_json(debate)
    assert EXPORTERS["csv"].write(debate) == to_csv(debate)


@pytest.mark.parametrize("key", EXPORTERS)
def test_exporters_write_the_golden_file(key: str) -> None:
    """Who changes a format on purpose writes the file anew and says so in the changelog:
    ``python -m tests.export.golden``.
    """
    assert written(key) == path(key).read_bytes()


def test_exporters_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        EXPORTERS["html"] = EXPORTERS["csv"]  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        EXPORTERS["csv"].key = "html"  # type: ignore[misc]


def test_to_json_reads_back() -> None:
    assert loads(to_json(sample_debate())) == sample_debate()


def test_every_format_but_the_project_file_gets_the_corrected_speakers() -> None:
    edit = Edit.create(
        "not_said_by", sequence=1, time="t", speaker="p1", statements=("s1",), into="p2"
    )
    debate = replace(sample_debate(), edits=(edit,))
    for key, exporter in EXPORTERS.items():
        shown = debate if key == "json" else apply_edits(debate, (edit,))
        assert exporter.text(debate) == exporter.write(shown), key
    row = next(csv.DictReader(io.StringIO(EXPORTERS["csv"].text(debate))))
    assert (row["speaker"], row["corrected"]) == ("The minister", "true")
    assert loads(EXPORTERS["json"].text(debate)) == debate
