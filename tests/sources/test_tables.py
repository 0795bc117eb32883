"""Tables: which column is what, one document a row, and tables that cannot be read."""

from __future__ import annotations

import datetime
import json

import pytest

from argmap.errors import SourceError
from argmap.sources import (
    MAX_ROWS,
    Reading,
    guess_columns,
    read_all,
    read_bytes,
    read_text,
    table_in,
)
from argmap.statements import extract
from tests.sources.files import Cell, with_part, workbook

CSV = """id,comment,author,date,attribute_age
7,"The port should sleep.
It is right.",Ada Vale,13/04/2031,30
8,"No, it ""must"" work.",ODO BRAY,03/04/2031,40
9,,Isa Thorn,,1
10,"Yes; I agree.",,2031-04-02,
"""
ROWS: list[list[Cell]] = [
    ["id", "comment", "author", "date", "attribute_age"],
    [7, "The port should sleep.\nIt is right.", "Ada Vale", datetime.datetime(2031, 4, 13), 30],
    [8.0, 'No, it "must" work.', "ODO BRAY", datetime.datetime(2031, 4, 3), 40],
    [9, None, "Isa Thorn", None, 1],
    [None, None, None],
    [10, "Yes; I agree.", None, "2031-04-02", None],
]


def _jsonl() -> bytes:
    names = [str(name) for name in ROWS[0]]
    lines = [
        json.dumps({k: v.date().isoformat() if isinstance(v, datetime.datetime) else v
                    for k, v in zip(names, row, strict=False)})
        for row in ROWS[1:] if any(row)
    ]  # fmt: skip
    return "\n".join(lines).encode()


def _json_list() -> bytes:
    return b"[" + b",\n".join(_jsonl().split(b"\n")) + b"]"


FORMATS = {
    "csv": CSV.encode(),
    "excel's csv": b"\xef\xbb\xbfsep=,\r\n" + CSV.replace("\n", "\r\n").encode(),
    "old csv": CSV.replace("sleep.", "sleep – café.").encode("cp1252"),
    "semicolons": CSV.replace(";", ":").replace(",", ";").encode(),
    "tsv": CSV.replace(",", "\t").encode(),
    "xlsx": workbook(Answers=ROWS),
    "jsonl": _jsonl(),
    "json": _json_list(),
}


@pytest.mark.parametrize("name", ["answers.csv", "answers.txt", "answers"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_kind_of_table_gives_a_document_for_each_row(form: str, name: str) -> None:
    reading = read_all(FORMATS[form], name=name)
    titles = [document.title for document in reading.documents]
    assert titles == ["7: Ada Vale", "8: ODO BRAY", "10"]
    first = reading.documents[0]
    assert first.text.startswith("The port should sleep")
    assert first.text.endswith("\n\nIt is right.")
    assert [document.date for document in reading.documents] == [
        "2031-04-13",
        "2031-04-03",
        "2031-04-02",
    ]
    assert first.kind == "comment"
    assert {key: first.attributes[key] for key in ("table", "id", "attribute_age")} == {
        "table": name,
        "id": "7",
        "attribute_age": "30",
    }
    assert reading.warnings == (
        "Taken from the columns’ names: text is “comment”, id is “id”, speaker is “author”, "
        "date is “date”.",
        "1 row is without words in “comment” left out.",
    )


def test_a_speaker_s_row_is_their_turn_and_a_row_without_one_is_nobody_s() -> None:
    documents = read_all(FORMATS["csv"], name="a.csv").documents
    speakers, statements = extract(documents)
    assert [speaker.name for speaker in speakers] == ["Ada Vale", "ODO BRAY"]
    said = {statement.text: statement.speaker for statement in statements}
    assert said["It is right."] == said["The port should sleep."] is not None
    assert said["Yes; I agree."] is None
    assert [d.attributes["row"] for d in documents] == ["2", "3", "5"]


def test_one_person_in_many_rows_is_one_speaker() -> None:
    data = b"speaker,text\nAda Vale,It must sleep.\nODO,No.\nada vale,It must.\n"
    speakers, _ = extract(read_all(data, name="a.csv").documents)
    assert len(speakers) == 2


def test_articles_are_cleaned_and_their_author_says_nothing_by_name() -> None:
    data = (
        b"headline,body,source,author,published,link\n"
        b'Nights,"Advertisement\n\nThe port must sleep.",Herald,Ada Vale,2031-04-03,'
        b"https://a.example\n"
    )
    (document,) = read_all(data, name="a.csv").documents
    assert (document.title, document.outlet, document.date, document.url, document.kind) == (
        "Nights", "Herald", "2031-04-03", "https://a.example", "article",
    )  # fmt: skip
    assert document.text == "The port must sleep."
    assert document.removed == ("Advertisement",)
    assert document.attributes["author"] == "Ada Vale"
    assert document.turns == ()


@pytest.mark.parametrize(
    ("header", "guessed"),
    [
        ("comment-body,interview", {"text": "comment-body", "speaker": "interview"}),
        ("Response ID,Response", {"id": "Response ID", "text": "Response"}),
        ("Name,Answer,Time", {"speaker": "Name", "text": "Answer", "date": "Time"}),
        ("text,title,newspaper,author", {"text": "text", "title": "title", "outlet": "newspaper"}),
        ("q7,age", {"text": "q7"}),
    ],
)
def test_guesses(header: str, guessed: dict[str, str]) -> None:
    cells = ",".join(["The port must sleep at night."] * (header.count(",") + 1))
    table = table_in(f"{header}\n{cells}\n".encode(), name="a.csv")
    assert table is not None
    assert guess_columns(table) == guessed


def test_columns_that_the_user_gave_are_no_guesses() -> None:
    given = {"text": "comment", "speaker": "", "id": "", "date": ""}
    reading = read_all(b"comment,author\nIt must sleep.,Ada\n", name="a.csv", mapping=given)
    assert reading.warnings == ()


def test_the_user_s_columns_come_first_and_may_be_none() -> None:
    data = b"text,reply,name\nQuestion one,It must sleep.,Ada\n"
    (document,) = read_all(data, name="a.csv", mapping={"text": "reply", "speaker": ""}).documents
    assert document.text == "It must sleep."
    assert document.turns == ()
    assert dict(document.attributes) == {
        "table": "a.csv", "row": "2", "text": "Question one", "name": "Ada",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        ({"text": "words"}, "no column “words”"),
        ({"mood": "a"}, "“mood” is not something a column can be"),
        ({"text": ""}, "no column of the table looks like the text"),
    ],
)
def test_columns_that_cannot_be_are_refused(mapping: dict[str, str], problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read_all(b"a,b\nIt must sleep.,1\n", name="a.csv", mapping=mapping)
    assert "“a”" in caught.value.remedy or "text, id, speaker" in caught.value.remedy


def _dates(*cells: str) -> tuple[list[str | None], Reading]:
    rows = "".join(f"It must sleep.,{cell}\n" for cell in cells)
    reading = read_all(f"text,date\n{rows}".encode(), name="a.csv")
    return [document.date for document in reading.documents], reading


def test_dates_are_read_only_where_there_is_one_way_to() -> None:
    assert _dates("03/04/2031", "25/04/2031")[0] == ["2031-04-03", "2031-04-25"]
    assert _dates("03/04/2031", "04/25/2031")[0] == ["2031-03-04", "2031-04-25"]
    assert _dates("2031-04-03T10:00", "3 April 2031", "2031")[0] == [
        "2031-04-03", "2031-04-03", "2031",
    ]  # fmt: skip
    dates, reading = _dates("03/04/2031", "")
    assert dates == [None, None]
    assert reading.documents[0].attributes["date"] == "03/04/2031"
    assert "can be read two ways" in reading.warnings[-1]


def test_the_same_words_from_two_rows_are_two_documents_and_a_repeated_row_is_one() -> None:
    data = b"title,text,id\nQuestion 1,I agree.,1\nQuestion 1,I agree.,2\nQuestion 1,I agree.,2\n"
    reading = read_all(data, name="a.csv")
    assert len(reading.documents) == len({d.id for d in reading.documents}) == 2
    assert reading.warnings[-1] == "1 row is the same as an earlier one in id and text."


def test_ids_stay_when_rows_are_added() -> None:
    short = read_all(b"id,text\na,It must sleep.\nb,No.\n", name="a.csv").documents
    long = read_all(b"id,text,age\nc,Yes.,3\nb,No.,2\na,It must sleep.,1\n", name="b.csv").documents
    assert {d.id for d in short} < {d.id for d in long}


def test_prose_with_commas_and_braces_is_no_table() -> None:
    for text in (
        "Text, as they say, is text.\n\nIt must, however, sleep.",
        "Comment, author\n\nThe port must sleep, and so must we.",
        '{"The port" must sleep}',
        "[Music] The port must sleep.",
    ):
        assert table_in(text.encode(), name="a.txt") is None
        assert read_text(text).text


def test_other_json_is_refused_whatever_its_name() -> None:
    for name in ("a.json", "a.txt"):
        with pytest.raises(SourceError, match="this is JSON, but not rows of a table"):
            read_all(b'{"votes": {"ayes": 3}}', name=name)


def test_a_table_is_not_one_document() -> None:
    with pytest.raises(SourceError, match="holds 3 documents where one was expected"):
        read_bytes(CSV.encode(), name="a.csv")
    assert read_bytes(b"text\nIt must sleep.\n", name="a.csv").text == "It must sleep."


def test_other_sheets_are_named_and_hidden_ones_are_not() -> None:
    data = workbook(Notes=[["Only a line"]], Answers=ROWS, More=[["text"], ["Yes."]])
    reading = read_all(data, name="a.xlsx")
    assert len(reading.documents) == 3
    assert reading.warnings[0] == "Only the sheet “Answers” is read, not “More”."


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"text,author\n", "no rows below its first one"),
        (b"text,author\n,\n , \n", "no rows below its first one"),
        (b"text,author\n...,Ada\n", "no row holds words in the column “text”"),
        (b"a,b\n1,2\n", "no column of the table looks like the text"),
        (b"text" + b",x" * 300 + b"\nIt must." + b",1" * 300, "301 columns and the limit is 200"),
        (b"text\n" + b"No.\n" * (MAX_ROWS + 1), "more than 10,000 rows"),
        (b'text,id\n"No.",1\n"Yes.,2\n' + b"No.,3\n" * 99, "opens in row 3 is never closed"),
        (workbook(Empty=[]), "no sheet with rows"),
        (b'{"text": "No."}\n[1]\n', "line 2 is not a JSON object"),
        (b'[{"text": "No."}, 3]', "line 2 is not a JSON object"),
        (b'[{"text": "No."', "JSON is malformed"),
    ],
)
def test_tables_that_cannot_be_read_say_why(data: bytes, problem: str) -> None:
    name = "a.json" if data[:1] == b"[" else "a.jsonl" if data[:1] == b"{" else "a.csv"
    with pytest.raises(SourceError, match=problem) as caught:
        read_all(data, name=name)
    assert caught.value.where == name


def test_excel_with_entities_or_absurd_dimensions_is_refused() -> None:
    data = workbook(Answers=ROWS)
    evil = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    with pytest.raises(SourceError, match="declares XML entities"):
        read_all(with_part(data, "xl/worksheets/sheet1.xml", evil), name="a.xlsx")
    names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    far = (
        f'<worksheet xmlns="{names}"><dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(SourceError, match="empty rows"):
        read_all(with_part(data, "xl/worksheets/sheet1.xml", far.encode()), name="a.xlsx")
