"""What the command line imports before it knows what it is asked."""

import subprocess
import sys

from argmap.cli.exporting import FORMATS
from argmap.export import EXPORTERS

# Each takes a good part of a second, or of several.
SLOW = ("torch", "transformers", "streamlit", "sqlalchemy", "lxml", "scipy", "networkx", "plotly",
        "argmap.export", "argmap.sources", "argmap.pipeline", "rich")  # fmt: skip


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_commands_are_listed_without_importing_what_they_use() -> None:
    found = loaded("import typer\nfrom argmap.cli import app\ntyper.main.get_command(app)")
    assert not found & set(SLOW)


def test_the_formats_are_those_that_there_are() -> None:
    assert tuple(EXPORTERS) == FORMATS


def test_a_text_is_mapped_without_what_takes_long_to_import() -> None:
    found = loaded(
        "import argmap.pipeline, argmap.sources, argmap.nlp.attributor, argmap.nlp.classifier, "
        "argmap.nlp.encoder, argmap.nlp.points"
    )
    assert "torch" in found
    assert not found & {"transformers", "scipy", "trafilatura", "openpyxl"}
