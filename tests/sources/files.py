"""Small files of every format, made by code."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import docx
import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph


def pdf(pages: Sequence[Sequence[str]], *, title: str | None = None) -> bytes:
    """A PDF with one line of text per string; an empty string leaves a gap."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    for number, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        shown = b"BT /F1 11 Tf 14 TL 60 790 Td\n"
        for line in lines:
            escaped = line.encode("cp1252").replace(b"\\", b"\\\\")
            escaped = escaped.replace(b"(", b"\\(").replace(b")", b"\\)")
            shown += b"(" + escaped + b") Tj T*\n" if line else b"T*\n"
        shown += b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    info = ""
    if title is not None:
        objects.append(f"<< /Title ({title}) >>".encode())
        info = f" /Info {len(objects)} 0 R"
    return pdf_file(objects, info=info)


def pdf_file(objects: Sequence[bytes], *, info: str = "") -> bytes:
    """A PDF of the given objects, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{info} >>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def word(fill: Callable[[docx.document.Document], None]) -> bytes:
    """A Word document that ``fill`` has written into."""
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same package with one part replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, content)
    return buffer.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the given files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


Cell = str | int | float | bool | datetime.datetime | None


def workbook(**sheets: Sequence[Sequence[Cell]]) -> bytes:
    """An Excel workbook of the given sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_SENTENCES = (
    "The port of pier {0} should not work at night, because accidents are at a record level.",
    "Crews, say the owners of vessel {0}, are tired of it, and the towns along the estuary too.",
    "Others disagree<super>{0}</super>.",
    "They argue that a harbour which sleeps cannot compete, and that trade worth {0} million "
    "would be lost to ports abroad.",
)


def paper(columns: int, *, justified: bool) -> tuple[bytes, tuple[str, ...]]:
    """A paper set by a real typesetter in columns, and its paragraphs as they should be read.

    It has a title and a standfirst across the page, headings, footnote markers, a running
    header, page numbers, and paragraphs that go on in the next column or on the next page.
    """
    width, height = A4
    margin, gutter, head, size = 50, 18, 110, 10
    wide = (width - 2 * margin - gutter * (columns - 1)) / columns
    buffer = io.BytesIO()
    made = BaseDocTemplate(buffer, pagesize=A4, title="Nights", author="Ada Vale", invariant=1)

    def furniture(canvas: object, page: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(margin, height - 35, "Avalon Institute")  # type: ignore[attr-defined]
        canvas.drawRightString(width - margin, height - 35, "Briefing 12")  # type: ignore[attr-defined]
        canvas.drawCentredString(width / 2, 30, str(page.page))  # type: ignore[attr-defined]

    def frames(top: float) -> list[Frame]:
        return [
            Frame(
                margin + number * (wide + gutter), margin, wide, height - 2 * margin - top,
                leftPadding=0, rightPadding=0,
            )
            for number in range(columns)
        ]  # fmt: skip

    across = Frame(
        margin, height - margin - head, width - 2 * margin, head, leftPadding=0, rightPadding=0
    )
    made.addPageTemplates([
        PageTemplate("first", [across, *frames(head)], furniture, autoNextPageTemplate="rest"),
        PageTemplate("rest", frames(0), furniture),
    ])  # fmt: skip
    body = ParagraphStyle(
        "body", fontName="Times-Roman", fontSize=size, leading=12, firstLineIndent=12,
        alignment=4 if justified else 0,
    )  # fmt: skip
    heading = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=12, leading=16)
    title = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24)
    standfirst = "What the harbour of Avalon does at night, and what it costs the towns around it."
    flow = [Paragraph("Nights in the harbour", title), Paragraph(standfirst, heading)]
    flow.append(FrameBreak())
    expected = [standfirst]
    number = 0
    for section in range(1, 4):
        expected.append(f"Section {section}: what follows")
        flow.append(Paragraph(expected[-1], heading))
        for _ in range(6):
            words = []
            for sentence in range(7):
                number += 1
                words.append(_SENTENCES[(number + sentence) % 4].format(number))
            flow.append(Paragraph(" ".join(words), body))
            plain = " ".join(words)
            while "<super>" in plain:
                before, _, rest = plain.partition("<super>")
                plain = before + rest.partition("</super>")[2]
            expected.append(plain)
    made.build(flow)
    return buffer.getvalue(), tuple(expected)
