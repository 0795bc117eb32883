"""The pieces of text on a PDF's pages, with their places, through PDFium.

Run as a program of its own by ``pdf.py``, and importing nothing of argmap: PDFium is C++, is not
safe in threads, and may be led by a hostile file to crash, to loop or to fill the memory. Here
that ends this process, within limits, and not the dashboard. Reads the file from standard input
and writes JSON to standard output: ``{"error": CODE}``, or ``info`` and ``pages``, each with
``width``, ``height`` and ``pieces`` of ``[text, left, right, baseline, size]`` in points from
the bottom left, in the file's own order.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

# Shares of the letters' size: what parts two pieces on one line, and two lines.
_GAP = 0.75
_SHIFT = 0.3
_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
_PASSWORD = raw.FPDF_ERR_PASSWORD


def main(argv: list[str]) -> None:
    """Read a PDF of at most so many pages and characters, in so many megabytes and seconds."""
    most_pages, most_characters, megabytes, seconds = (int(word) for word in argv)
    _limit(megabytes * 1024 * 1024, seconds)
    data = sys.stdin.buffer.read()
    try:
        answer = _read(data, most_pages, most_characters)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        answer = {"error": "locked" if locked else "damaged"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the caller's clock has to do
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    document = pdfium.PdfDocument(data)
    count = len(document)
    if count > most_pages:
        return {"error": "pages", "pages": count}
    pages: list[dict[str, Any]] = []
    length = 0
    for index in range(count):
        page = document[index]
        text = page.get_textpage()
        length += text.count_chars()
        if length > most_characters:
            return {"error": "characters"}
        width, height = page.get_size()
        pages.append({"width": width, "height": height, "pieces": _pieces(text)})
        text.close()
        page.close()
    return {"info": document.get_metadata_dict(), "pages": pages}


def _pieces(page: Any) -> list[list[Any]]:
    handle = page.raw
    box = raw.FS_RECTF()
    at_box = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    code_of, box_of, origin_of = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetCharOrigin,
    )
    found: list[list[Any]] = []
    letters: list[str] = []
    left = right = baseline = size = tall = 0.0
    top = bottom = -1.0

    def end() -> None:
        text = "".join(letters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        letters.clear()
        if text.strip():
            found.append([text.strip(), *(round(v, 2) for v in (left, right, baseline, size))])

    for index in range(page.count_chars()):
        code = code_of(handle, index)
        if code in (10, 13):
            end()
            continue
        if code in (0, 32, 9, 160):
            if letters and letters[-1] != " ":
                letters.append(" ")
            continue
        if not box_of(handle, index, at_box):
            continue
        if box.top != top or box.bottom != bottom:
            # Letters of the same height and depth as the one before stand on its baseline.
            top, bottom = box.top, box.bottom
            tall = abs(top - bottom)
            if not origin_of(handle, index, at_x, at_y):
                continue
        if letters:
            gap = box.left - right
            moved = abs(y.value - baseline) > _SHIFT * max(size, tall)
            if moved or gap > _GAP * size or gap < -2.0 * size:
                end()
        if not letters:
            # Text that runs up or down the margin is no part of the page's lines.
            angle = raw.FPDFText_GetCharAngle(handle, index)
            if 0.2 < angle < 6.08:
                continue
            left, baseline, size = box.left, y.value, tall
        right = max(right, box.right) if letters else box.right
        size = max(size, tall)
        letters.append("-" if code in _HYPHENS else chr(code if code < 0x110000 else 0xFFFD))
    end()
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
