"""Files that are made to fill the memory or the time of whoever reads them.

Run as a program, it reads each in a process of its own and prints what came of it, with the
seconds and the peak memory: ``python -m tests.sources.hostile``. The table stands in
docs/formats.md.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise

import openpyxl

from tests.sources.files import pdf, pdf_file, with_part, word

_MB = 1024 * 1024


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """Ten files of 100 MB of noughts."""
    return _zip({f"{number}.txt": bytes(100 * _MB) for number in range(10)})


def zip_of_zips() -> bytes:
    """An archive of archives of archives."""
    inner = _zip({f"{number}.txt": b"The port must sleep. " * 10_000 for number in range(9)})
    for _ in range(4):
        inner = _zip({f"{number}.zip": inner for number in range(9)})
    return inner


def zip_of_many_files() -> bytes:
    """Forty thousand small files."""
    return _zip({f"{number}.txt": b"The port must sleep." for number in range(40_000)})


def pdf_of_many_pages() -> bytes:
    """Ten thousand pages with a line on each."""
    return pdf([[f"The port must sleep on night {number}."] for number in range(10_000)])


def pdf_of_long_pages() -> bytes:
    """Nineteen hundred pages full of words, more than five million characters."""
    line = "The port must sleep at night because its crews are tired of it."
    return pdf([[line] * 50 for _ in range(1_900)])


def pdf_bomb() -> bytes:
    """A page whose content unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    line = b"(The port must sleep.) Tj T*\n" * 40_000
    packed = b"".join(
        [packer.compress(b"BT /F1 11 Tf 14 TL 60 790 Td\n")]
        + [packer.compress(line) for _ in range(900)]
        + [packer.compress(b"ET"), packer.flush()]
    )
    plain = pdf([["x"]])
    start = plain.index(b"5 0 obj")
    end = plain.index(b"endobj", start)
    stream = b"5 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\n" % (
        len(packed),
        packed,
    )
    return plain[:start] + stream + plain[end:]


def pdf_of_nested_forms() -> bytes:
    """A page that draws a form ten times, which draws a form ten times, and so on ten deep."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /X 6 0 R >> /Font << /F1 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for level in range(10):
        content = b"/X Do\n" * 10 if level < 9 else b"BT /F1 9 Tf 9 9 Td (The port) Tj ET"
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length %d /Resources "
            b"<< /XObject << /X %d 0 R >> /Font << /F1 5 0 R >> >> >>\nstream\n%s\nendstream"
            % (len(content), 7 + level, content)
        )
    return pdf_file(objects)


def _plain_word() -> bytes:
    return word(lambda document: document.add_paragraph("The port must sleep."))


def word_with_external_entity() -> bytes:
    """A document that asks for a file of the machine."""
    xml = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
    return with_part(_plain_word(), "word/document.xml", xml)


def word_bomb() -> bytes:
    """A document whose text is a gigabyte."""
    return with_part(_plain_word(), "word/document.xml", b"<w>" + bytes(1024 * _MB))


def word_of_many_paragraphs() -> bytes:
    """As many paragraphs as the limit of marked-up text lets through."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    words = "".join(
        f"<w:p><w:r><w:t>Port {number * 7919 % 999_983} must sleep.</w:t></w:r></w:p>"
        for number in range(240_000)
    )
    # Formatting weighs as much as the words.
    words = words.replace("<w:r>", "<w:r><w:rPr><w:b/><w:i/><w:sz w:val='24'/></w:rPr>")
    xml = f"<w:document {names}><w:body>{words}</w:body></w:document>"
    return with_part(_plain_word(), "word/document.xml", xml.encode())


def billion_laughs() -> bytes:
    """XML whose entities grow ten times ten times."""
    names = "abcdefghij"
    entities = '<!ENTITY a "The port must sleep.">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    doctype = f"<?xml version='1.0'?><!DOCTYPE publicwhip [{entities}]>"
    return f"{doctype}<publicwhip>&j;</publicwhip>".encode()


def csv_of_a_million_rows() -> bytes:
    """A million short comments."""
    return b"id,comment\n" + b"".join(b"%d,It must sleep.\n" % n for n in range(1_000_000))


def csv_of_the_most_rows() -> bytes:
    """As many rows as are read, of three sentences each."""
    rows = (
        b'%d,"Port %d must sleep. Its crews are tired. I say so as a neighbour.",Person %d\n'
        % (n, n, n % 3000)
        for n in range(10_000)
    )
    return b"id,comment,author\n" + b"".join(rows)


def csv_with_an_open_quote() -> bytes:
    """A quotation mark that is never closed, and nearly five million characters after it."""
    return b'id,comment\n1,"' + b"It must sleep.\n" * 330_000


def csv_of_many_columns() -> bytes:
    """Two hundred thousand columns."""
    return b"text" + b",x" * 200_000 + b"\n" + b"It must sleep." + b",1" * 200_000 + b"\n"


def _sheet(xml: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "text"
    buffer = io.BytesIO()
    book.save(buffer)
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {names}><dimension ref='A1:XFD1048576'/>{xml}</worksheet>"
    return with_part(buffer.getvalue(), "xl/worksheets/sheet1.xml", sheet.encode())


def excel_with_a_cell_far_away() -> bytes:
    """A sheet that claims every row and column, with cells at its two corners."""
    cell = '<c r="{0}" t="inlineStr"><is><t>text</t></is></c>'
    return _sheet(
        f'<sheetData><row r="1">{cell.format("A1")}</row>'
        f'<row r="1048576">{cell.format("XFD1048576")}</row></sheetData>'
    )


def excel_of_wide_rows() -> bytes:
    """Two hundred thousand rows, each with a cell in the last column."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>'
        for n in range(1, 200_001)
    )
    return _sheet(f"<sheetData>{rows}</sheetData>")


def json_of_deep_lists() -> bytes:
    """A list in a list, a million deep."""
    return b"[" * 1_000_000


def jsonl_of_many_keys() -> bytes:
    """A hundred thousand objects, each with a key of its own."""
    return b"".join(json.dumps({f"k{n}": "x"}).encode() + b"\n" for n in range(100_000))


def rtf_of_deep_groups() -> bytes:
    """Twenty million braces."""
    return b"{\\rtf1 " + b"{" * 20_000_000


def rtf_with_pictures() -> bytes:
    """Twenty megabytes of a picture in figures."""
    return b"{\\rtf1 The port must sleep.{\\pict " + b"0f" * 10_000_000 + b"}}"


def mail_of_many_parts() -> bytes:
    """A hundred thousand parts."""
    head = b"From: a@x.example\nTo: b@x.example\nSubject: Ports\nMIME-Version: 1.0\n"
    head += b"Content-Type: multipart/mixed; boundary=B\n\n"
    return head + b"--B\nContent-Type: text/plain\n\nNo.\n" * 100_000 + b"--B--\n"


def subtitles_of_many_cues() -> bytes:
    """More cues than any film has."""
    cue = b"00:00:01.000 --> 00:00:02.000\nIt must sleep.\n\n"
    return b"WEBVTT\n\n" + cue * 105_000


def html_of_deep_tags() -> bytes:
    """Nine hundred thousand open tags."""
    return b"<html><body>" + b"<div>" * 900_000 + b"<p>The port must sleep.</p>"


HOSTILE: tuple[Callable[[], bytes], ...] = (
    zip_bomb, zip_of_zips, zip_of_many_files, pdf_of_many_pages, pdf_of_long_pages, pdf_bomb,
    pdf_of_nested_forms, word_with_external_entity, word_bomb, word_of_many_paragraphs,
    billion_laughs, csv_of_a_million_rows, csv_of_the_most_rows, csv_with_an_open_quote,
    csv_of_many_columns, excel_with_a_cell_far_away, excel_of_wide_rows, json_of_deep_lists,
    jsonl_of_many_keys, rtf_of_deep_groups, rtf_with_pictures, mail_of_many_parts,
    subtitles_of_many_cues, html_of_deep_tags,
)  # fmt: skip
_READ = """
import resource, sys, time
from argmap.errors import SourceError
from argmap.sources import read_all
data = open(sys.argv[1], "rb").read()
begun = time.monotonic()
try:
    reading = read_all(data, name=sys.argv[2])
    said = f"read: {len(reading.documents):,} documents. {' '.join(reading.warnings[:1])}"
except SourceError as error:
    said = f"refused: {error.problem}"
seconds = time.monotonic() - begun
with open("/proc/self/status") as status:
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f"{seconds:.1f}|{own // 1024}|{child // 1024}|{said[:150]}")
"""


_SUFFIXES = {"excel": ".xlsx", "word": ".docx", "mail": ".eml", "subtitles": ".vtt"}


def _suffix(make: Callable[[], bytes]) -> str:
    first = make.__name__.split("_")[0]
    return ".xml" if first == "billion" else _SUFFIXES.get(first, f".{first}")


def main() -> None:
    """Print the table, in Markdown."""
    import tempfile
    from pathlib import Path

    print("| file | size, MB | seconds | peak memory, MB | what is said |")
    print("| --- | ---: | ---: | ---: | --- |")
    wanted = sys.argv[1:]
    for make in HOSTILE:
        if wanted and make.__name__ not in wanted:
            continue
        data = make()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(data)
            begun = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", _READ, str(path), f"file{_suffix(make)}"],
                capture_output=True,
                text=True,
            )
            if done.returncode:
                took = time.monotonic() - begun
                print(f"| {make.__name__} | | {took:.1f} | | DIED: {done.stderr[-300:]!r} |")
                continue
        seconds, own, child, said = done.stdout.strip().split("|", 3)
        name = make.__name__.replace("_", " ")
        peak = f"{own} + {child}" if int(child) else own
        print(f"| {name} | {len(data) / _MB:.1f} | {seconds} | {peak} | {said} |", flush=True)


if __name__ == "__main__":
    main()
