"""What every format comes to, word for word, and what no input may do.

After a wanted change: ``ARGMAP_WRITE_GOLDEN=1 python -m pytest tests/sources/test_golden.py``,
and read the difference before it is kept.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.errors import SourceError
from argmap.projectfile import dumps
from argmap.records import Debate, Run
from argmap.sources import Reading, read_all, read_bytes
from argmap.statements import extract
from tests.sources.mutations import mutated
from tests.sources.samples import SAMPLES

GOLDEN = Path(__file__).parent / "golden"


def _plain(reading: Reading) -> dict[str, object]:
    return {
        "documents": [
            {
                **{
                    key: value
                    for key, value in asdict(document).items()
                    if value and key != "turns"
                },
                "turns": [
                    [
                        t.speaker.name if t.speaker else None,
                        document.text[t.span.start : t.span.end],
                    ]
                    for t in document.turns
                ],
            }
            for document in reading.documents
        ],
        "warnings": list(reading.warnings),
        "refused": [str(error) for error in reading.refused],
    }


# Hansard has tests of its own for every field.
@pytest.mark.parametrize("form", [form for form in SAMPLES if form != "hansard"])
def test_every_format_comes_to_what_it_came_to(form: str) -> None:
    name, data = SAMPLES[form]
    found = json.dumps(_plain(read_all(data, name=name)), ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{form.replace(' ', '-')}.json"
    if os.environ.get("ARGMAP_WRITE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found


def sound(reading: Reading, *, further: bool = True) -> None:
    """Whether the rooms after this one can rely on what was read, and ``further``, use it."""
    assert len({document.id for document in reading.documents}) == len(reading.documents) > 0
    for document in reading.documents:
        assert document.text.strip() and document.title
        end = 0
        for turn in document.turns:
            assert end <= turn.span.start <= turn.span.end <= len(document.text)
            end = turn.span.end
    if not further:
        return
    speakers, statements = extract(reading.documents)
    texts = {document.id: document.text for document in reading.documents}
    for statement in statements:
        assert texts[statement.document][statement.start : statement.end] == statement.text
    run = Run("0", {}, {}, {})
    dumps(Debate("x", run, reading.documents, speakers, (), statements))


@pytest.mark.parametrize("form", [form for form in SAMPLES if "pdf" not in form])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32 - 1))
def test_damaged_files_give_sound_documents_or_a_source_error(form: str, seed: int) -> None:
    name, data = SAMPLES[form]
    try:
        sound(read_all(mutated(data, seed), name=name))
    except SourceError as error:
        assert error.where and error.problem.endswith((".", "!", "?")) and error.remedy


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=400),
    name=st.sampled_from([name for name, _ in SAMPLES.values()]),
    head=st.sampled_from(
        [b"", b"{\\rtf1", b"WEBVTT\n\n", b"From: a\nTo: b\nDate: c\n", b"PK\x03\x04"]
    ),
)
def test_arbitrary_bytes_give_sound_documents_or_a_source_error(
    data: bytes, name: str, head: bytes
) -> None:
    try:
        sound(read_all(head + data, name=name))
    except SourceError as error:
        assert error.remedy


def test_json_ld_gives_title_outlet_author_and_date() -> None:
    document = read_bytes(SAMPLES["html"][1], name="a.html")
    assert (document.title, document.outlet, document.date) == (
        "Nights in the harbour",
        "The Herald",
        "2031-04-03",
    )
    assert document.attributes["author"] == "Ada Vale"
