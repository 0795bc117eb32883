"""BibTeX and CSL-JSON, read back by others' readers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from pybtex.database import BibliographyData, parse_string

from argmap.export import to_bibtex, to_citations, to_csl
from argmap.export.references import citation_keys, date_parts, one_line, web_link
from argmap.records import Debate
from tests.export.hostile import ATTACKS, hostile_debate
from tests.samples import sample_debate
from tests.strategies import debates

SCHEMA = json.loads(Path(__file__).with_name("csl_schema.json").read_text(encoding="utf-8"))


def parsed(debate: Debate) -> BibliographyData:
    return parse_string(to_bibtex(debate), "bibtex")


_PRINTED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
}


def plain(value: str) -> str:
    """What LaTeX prints; whatever stays special to it fails."""

    def printed(match: re.Match[str]) -> str:
        return _PRINTED[match[1]] if match[1] else match[2]

    if value.startswith("{"):
        value = value[1:-1]
    rest = re.sub(r"\\([a-z]+)\{\}|\\([$&#%_])", "", value)
    assert not set(rest) & set("\\{}$&#%_^~")
    return re.sub(r"\\([a-z]+)\{\}|\\([$&#%_])", printed, value)


def test_bibtex_reads_back() -> None:
    (key, entry), *rest = parsed(sample_debate()).entries.items()
    assert (key, entry.type, rest) == ("example2024pay", "misc", [])
    assert dict(entry.fields) == {
        "title": "{Pay talks stall}",
        "howpublished": "The Example",
        "year": "2024",
        "month": "February",
        "day": "1",
        "url": "https://news.example/pay",
        "note": "article",
    }
    assert str(entry.persons["author"][0].last_names) == "['{A. Reporter}']"


def test_bibtex_keeps_hostile_text() -> None:
    first, second = parsed(hostile_debate()).entries.values()
    assert plain(first.fields["title"]) == one_line(ATTACKS[2])
    assert plain(first.fields["howpublished"]) == one_line(ATTACKS[4])
    assert plain(str(first.fields["note"])) == one_line(ATTACKS[7])
    assert first.fields["url"] == "https://news.example/%22><script>alert(1)</script>"
    assert "url" not in second.fields
    for attack in ATTACKS:
        debate = sample_debate()
        document = replace(debate.documents[0], title=attack, outlet=attack)
        (entry,) = parsed(replace(debate, documents=(document,))).entries.values()
        assert plain(entry.fields["title"]) == one_line(attack)
        assert plain(entry.fields["howpublished"]) == one_line(attack)


@settings(max_examples=15)
@given(debates())
def test_bibtex_and_csl_of_any_debate_read_back(debate: Debate) -> None:
    entries = parsed(debate).entries
    assert list(entries) == list(citation_keys(debate).values())
    items = json.loads(to_csl(debate))
    jsonschema.validate(items, SCHEMA)
    assert [item["id"] for item in items] == list(entries)
    assert sum(len(item["custom"]["statements"]) for item in items) == len(debate.statements)


def test_csl_holds_the_source_and_a_citation_of_every_statement() -> None:
    items = json.loads(to_csl(sample_debate()))
    jsonschema.validate(items, SCHEMA)
    (item,) = items
    custom = item.pop("custom")
    assert item == {
        "id": "example2024pay",
        "type": "article-newspaper",
        "title": "Pay talks stall",
        "container-title": "The Example",
        "author": [{"literal": "A. Reporter"}],
        "issued": {"date-parts": [[2024, 2, 1]]},
        "URL": "https://news.example/pay",
    }
    assert (custom["document"], custom["model"]) == ("d1", "fake@0")
    first = custom["statements"][0]
    assert (first["speaker"], first["start"], first["end"]) == ("Ms Adeyemi", 0, 50)
    assert first["judged"] == [
        {
            "motion": "Nurses should receive a larger pay rise.",
            "label": "pro",
            "pro": 0.84,
            "con": 0.07,
            "none": 0.09,
        }
    ]
    assert custom["statements"][2]["reported"] is True


def test_csl_of_hostile_text_keeps_the_schema() -> None:
    items = json.loads(to_csl(hostile_debate()))
    jsonschema.validate(items, SCHEMA)
    assert items[0]["type"] == "document"
    assert items[0]["issued"] == {"literal": ATTACKS[7]}
    assert "URL" not in items[1]


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2024-02-01", (2024, 2, 1)),
        ("2024-02", (2024, 2)),
        ("2024", (2024,)),
        ("2024-13-01", (2024,)),
        ("spring 2024", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_dates_are_taken_apart_as_far_as_they_go(date: str | None, parts: tuple[int, ...]) -> None:
    assert date_parts(date) == parts


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "", None, "file:///x"]
)
def test_only_pages_are_linked(url: str | None) -> None:
    assert web_link(url) is None


def test_keys_are_unlike_one_another_and_plain() -> None:
    debate = sample_debate()
    document = debate.documents[0]
    twins = tuple(replace(document, id=f"d{n}", title="Pay talks") for n in range(3))
    odd = replace(document, id="d9", title="文", outlet="£", date=None, kind="")
    keys = list(citation_keys(replace(debate, documents=(*twins, odd))).values())
    assert keys == ["example2024pay", "example2024pay-2", "example2024pay-3", "source"]


def test_citation_list_has_one_for_every_statement_and_motion() -> None:
    debate = sample_debate()
    second = replace(debate.topics[0], id="strike", motion="Nurses should strike.")
    blocks = to_citations(replace(debate, topics=(*debate.topics, second))).strip().split("\n\n")
    assert len(blocks) == 6
    assert "Said by: Ms Adeyemi" in blocks[0]
    assert "Place: characters 0–50 of d1" in blocks[0]
    assert "Judged: for (for 0.84, against 0.07, no side 0.09)" in blocks[0]
    assert "Motion: Nurses should strike." not in blocks[1]  # it was not judged on it
