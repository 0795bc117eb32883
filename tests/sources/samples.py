"""One small file of every format, for golden, property and fuzz tests."""

from __future__ import annotations

from tests.sources.files import archive, paper, pdf, word, workbook
from tests.sources.test_hansard import NEW
from tests.sources.test_subtitles import ROLLING, SRT
from tests.sources.test_tables import CSV, FORMATS
from tests.sources.test_transcript import CHAMBER

MAIL = (
    b"From: Ada Vale <ada@avalon.example>\r\nTo: editor@avalon.example\r\n"
    b"Subject: =?utf-8?q?Nights_=E2=80=94_again?=\r\nDate: Thu, 03 Apr 2031 23:30:00 +0100\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"\r\nSir,\r\n\r\nThe port =E2=80=9Cmust=E2=80=9D sleep.\r\n\r\n> Why?\r\n\r\nIts crews are "
    b"ti=\r\nred.\r\n--=20\r\nAda\r\n--B\r\nContent-Type: text/html\r\n\r\n"
    b"<p>The port must sleep.</p>\r\n"
    b'--B\r\nContent-Type: application/pdf; name="paper.pdf"\r\n\r\nAAAA\r\n--B--\r\n'
)
RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
    rb"{\info{\title Nights in the harbour}{\author Ada Vale}{\creatim\yr2031\mo4\dy3}}"
    rb"{\*\generator None;}\pard The port {\b must} sleep\u8212?\'93now\'94.{\footnote See above.}"
    rb"\par{\listtext\'b7\tab}Its crews are tired.\par{\field{\*\fldinst HYPERLINK}{\fldrslt No}}.}"
)
PAGE = (
    b"<!DOCTYPE html><html><head><title>Nights - The Herald</title><script "
    b'type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
    b'"headline": "Nights in the harbour", '
    b'"datePublished": "2031-04-03", "author": {"@type": "Person", "name": "Ada Vale"}, '
    b'"publisher": {"@type": "Organization", "name": "The Herald"}}</script></head><body>'
    b"<article><h1>Nights in the harbour</h1><p>The port must sleep at night, its crews say, and "
    b"they have said so for years.</p><p>The owners of the ships disagree, and so do the buyers of "
    b"what the ships carry.</p></article></body></html>"
)


def _word() -> bytes:
    def fill(document: object) -> None:
        document.core_properties.title = "Nights in the harbour"  # type: ignore[attr-defined]
        document.core_properties.author = "Ada Vale"  # type: ignore[attr-defined]
        document.add_heading("Nights in the harbour", 0)  # type: ignore[attr-defined]
        document.add_paragraph("The port must sleep.")  # type: ignore[attr-defined]
        document.add_paragraph("Its crews are tired.", style="List Bullet")  # type: ignore[attr-defined]

    return word(fill)


SAMPLES: dict[str, tuple[str, bytes]] = {
    "text": ("a.txt", b"Nights in the harbour\n\nThe port must sleep. Its crews are tired."),
    "markdown": ("a.md", b"---\ntitle: Nights\ndate: 2031-04-03\n---\n\nThe port **must** sleep."),
    "transcript": ("a.txt", CHAMBER.encode()),
    "html": ("a.html", PAGE),
    "pdf": ("a.pdf", pdf([["The port must sleep be-", "cause its crews are tired.", "1"]])),
    "pdf in columns": ("a.pdf", paper(2, justified=True)[0]),
    "word": ("a.docx", _word()),
    "rtf": ("a.rtf", RTF),
    "mail": ("a.eml", MAIL),
    "srt": ("a.srt", SRT.encode()),
    "vtt": ("a.vtt", ROLLING.encode()),
    "csv": ("a.csv", CSV.encode()),
    "tsv": ("a.tsv", FORMATS["tsv"]),
    "xlsx": ("a.xlsx", FORMATS["xlsx"]),
    "jsonl": ("a.jsonl", FORMATS["jsonl"]),
    "json": ("a.json", FORMATS["json"]),
    "hansard": ("a.xml", NEW.encode()),
    "zip": (
        "a.zip",
        archive({"b.csv": CSV.encode(), "c.rtf": RTF, "d.eml": MAIL, "e.png": b"\x89PNG"}),
    ),
    "sheets": ("b.xlsx", workbook(One=[["text"], ["It must sleep."]], Two=[["text"], ["No."]])),
}  # fmt: skip
