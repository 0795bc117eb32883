"""Web pages, PDF and Word, and files that cannot be read."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from argmap.errors import SourceError
from argmap.sources import MAX_BYTES, read, read_bytes, read_text
from tests.sources.files import pdf, with_part, word

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>Dockers vote to strike - The Avalon Herald</title>
<meta property="og:site_name" content="The Avalon Herald">
<meta property="article:published_time" content="2031-03-04T09:00:00Z">
<link rel="canonical" href="https://avalon.example/news/1">
<script>alert("no")</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Dockers vote to strike</h1><p>By Ada Vale</p>
<p>Hundreds of dockers will walk out in <b>April</b>, their union said on Monday.</p>
<h2>What happens next?</h2>
<p>“We have no choice,” said <a href="/x">Isa Thorn</a>, the union’s leader.</p>
<p>Advertisement</p>
<ul><li>First, the ballot is counted.</li><li>Second, the port is told.</li></ul>
<p>The port called the demand “un&shy;affordable” &lt;i&gt;.</p></article>
<footer>© The Avalon Herald</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_page_gives_the_article_and_what_it_says_of_itself(charset: str, name: str) -> None:
    document = read_bytes(PAGE.format(charset=charset).encode(charset), name=name)
    assert document.title == "Dockers vote to strike"
    assert (document.outlet, document.date, document.url) == (
        "The Avalon Herald",
        "2031-03-04",
        "https://avalon.example/news/1",
    )
    assert document.text.split("\n\n") == [
        "Hundreds of dockers will walk out in April, their union said on Monday.",
        "What happens next?",
        "“We have no choice,” said Isa Thorn, the union’s leader.",
        "First, the ballot is counted.",
        "Second, the port is told.",
        "The port called the demand “unaffordable” <i>.",
    ]
    assert document.removed == ("By Ada Vale", "Advertisement")


def test_text_with_a_tag_in_it_is_no_page() -> None:
    text = "The <b>union</b> said no.\n\n<p>It is over."
    assert read_text(text).text == text


BRIEFING = [
    ["Avalon Institute  Briefing 12", "Nights in the harbour", "",
     "The port should not work at night because accidents are at a re-",
     "cord level and crews are tired. A long-",
     "term plan is needed, and the long-term cost of accidents is far",
     "higher than the gain would be to anyone in the town.", "",
     "Others disagree. They say that a port which sleeps cannot com-",
     "pete, and that ships will go elsewhere, taking the trade along,", "1"],
    ["Avalon Institute  Briefing 12", "",
     "and that there is no money for rest.", "", "What should happen next", "",
     "The council should report by spring. Its members should be in-",
     "dependent of the port, and its “advice” should bind the port.", "2"],
    ["Avalon Institute  Briefing 12", "", "\u2022 First, count the accidents.",
     "\u2022 Second, count the ships.", "Page 3 of 3"],
]  # fmt: skip


def test_pdf_lines_become_paragraphs() -> None:
    document = read_bytes(pdf(BRIEFING), name="briefing.pdf")
    assert document.title == "Nights in the harbour"
    assert document.text.split("\n\n") == [
        "The port should not work at night because accidents are at a record level and crews are "
        "tired. A long-term plan is needed, and the long-term cost of accidents is far higher than "
        "the gain would be to anyone in the town.",
        "Others disagree. They say that a port which sleeps cannot compete, and that ships will go "
        "elsewhere, taking the trade along, and that there is no money for rest.",
        "What should happen next",
        "The council should report by spring. Its members should be independent of the port, and "
        "its “advice” should bind the port.",
        "First, count the accidents.",
        "Second, count the ships.",
    ]
    assert document.removed == ("Avalon Institute Briefing 12", "1", "2", "Page 3 of 3")


def test_pdf_title_is_read_and_a_file_s_name_is_not_a_title() -> None:
    body = [["The port should not work at night."]]
    assert read_bytes(pdf(body, title="Nights"), name="a").title == "Nights"
    other = read_bytes(pdf(body, title="Microsoft Word - b3.docx"), name="a")
    assert other.title == "The port should not work at night"


def _locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["The port is closed."]])))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_pdf_locked_only_against_changes_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["The port is closed."]])))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert read_bytes(buffer.getvalue(), name="a.pdf").text == "The port is closed."


def _fill(document: docx.document.Document) -> None:
    document.core_properties.author = "Ada Vale"
    document.add_heading("Nights in the harbour", 0)
    document.add_paragraph("The port should sleep. “It must,” she said.")
    document.add_paragraph("First, count the ships.", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Nine died.", "Ten were hurt."
    document.add_paragraph("Advertisement")
    document.add_paragraph("The port disagrees.")


def test_word_document_comes_in_reading_order() -> None:
    document = read_bytes(word(_fill), name="a.docx")
    assert document.title == "Nights in the harbour"
    assert document.attributes["author"] == "Ada Vale"
    assert document.text.split("\n\n") == [
        "The port should sleep. “It must,” she said.",
        "First, count the ships.",
        "Nine died.",
        "Ten were hurt.",
        "The port disagrees.",
    ]


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_word_revisions_are_read_as_accepted() -> None:
    xml = (
        f"<w:document {_W}><w:body><w:sdt><w:sdtContent><w:p><w:r><w:t>The port</w:t></w:r>"
        "<w:ins><w:r><w:t xml:space='preserve'> must sleep</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> works</w:delText><w:t> never</w:t></w:r></w:del>"
        "<w:r><w:t>.</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body></w:document>"
    )
    data = with_part(word(_fill), "word/document.xml", xml.encode())
    assert read_bytes(data, name="a.docx").text == "The port must sleep."


def _zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _unsafe_word() -> bytes:
    xml = (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    return with_part(word(_fill), "word/document.xml", xml.encode("utf-16"))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \n\t \n", "white space"),
        (bytes(range(256)) * 8, "binary"),
        (b"The port\x01\x02\x03\x04 is \x05\x06closed\x07", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), r"old Office file \(.doc"),
        (pdf([[], []]), "scan"),
        (_locked(), "password"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (pdf(BRIEFING)[:900], "damaged|no text"),
        (_zip(**{"xl/workbook.xml": b"<a/>"}), "Excel"),
        (_zip(**{"ppt/presentation.xml": b"<a/>"}), "PowerPoint"),
        (_zip(**{"content.xml": b"<a/>"}), "OpenDocument"),
        (_zip(**{"word/document.xml": bytes(25 * 1024 * 1024)}), "unpack to 25 MB"),
        (word(_fill)[:-200], "damaged"),
        (_zip(**{"word/document.xml": b"<w:document/>"}), "damaged"),
        (_unsafe_word(), "XML entities"),
        (b'<?xml version="1.0" encoding="klingon"?><publicwhip/>', "klingon"),
        ("The port".encode("utf-16") + b"\x00\xd8", "breaks off"),
        (b"\xef\xbb\xbfThe port \xff is closed", "breaks off"),
        (b"<html><head><title>Port</title></head><body></body></html>", "no article"),
        (b"<publicwhip><speech>", "malformed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)  # fmt: skip
def test_bad_file_says_what_is_wrong_where_and_what_to_do(data: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read_bytes(data, name="a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.remedy.endswith(".")
    assert "passwd" not in str(caught.value)


def test_bytes_in_no_known_encoding_are_refused() -> None:
    noise = bytes(0x80 + (37 * number * number + 11 * number) % 128 for number in range(600))
    with pytest.raises(SourceError, match="encoding that cannot be told"):
        read_bytes(noise, name="a.txt")


def test_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match="limit is 25 MB"):
        read(path)
    with pytest.raises(SourceError, match="limit is 25 MB"):
        read_bytes(b"a" * (MAX_BYTES + 1), name="big.txt")


def test_twenty_megabytes_of_text_are_too_long() -> None:
    with pytest.raises(SourceError, match="20,000,000 characters long and the limit is 5,000,000"):
        read_bytes(b"The port is closed. " * 1_000_000, name="big.txt")


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="folder"):
        read(tmp_path)
    with pytest.raises(SourceError, match=r"no such file|cannot be opened"):
        read(tmp_path / ("long" * 200))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="not an ordinary file"):
        read(tmp_path / "pipe")


def test_read_takes_a_file_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "briefing.docx"
    path.write_bytes(pdf(BRIEFING))
    assert read(path) == read_bytes(pdf(BRIEFING), name="x.pdf")
