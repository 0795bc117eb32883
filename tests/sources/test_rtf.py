"""Rich Text, as Word, WordPad and Pages write it."""

from __future__ import annotations

import pytest

from argmap.errors import SourceError
from argmap.sources import read_bytes

HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}"
    rb"{\f1\fnil\fcharset204 Arial;}}{\colortbl;\red1\green2\blue3;}"
    rb"{\info{\title Nights in the harbour}{\author Ada Vale}{\creatim\yr2031\mo4\dy3\hr9}}"
    rb"{\*\generator Riched20 10.0;}{\header Avalon Institute}"
)


def _text(body: bytes) -> str:
    return read_bytes(HEAD + body + b"}", name="a.rtf").text


def test_properties_and_paragraphs() -> None:
    document = read_bytes(
        HEAD + rb"\pard Nights in the harbour\par The port {\b must} sleep.\par So it should.\par}",
        name="a.txt",
    )
    assert (document.title, document.date) == ("Nights in the harbour", "2031-04-03")
    assert dict(document.attributes) == {
        "author": "Ada Vale",
        "date from": "the file’s properties",
    }
    assert document.text == "The port must sleep.\n\nSo it should."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"Caf\'e9 and \'93no\'94 \u8212?yes.", "Café and “no” —yes."),
        (rb"\ldblquote No\rdblquote , it\rquote s \endash  late.", "“No”, it’s – late."),
        (rb"\f1\'cf\'ee\'f0\'f2\f0  is port.", "Порт is port."),
        (rb"A \u-10179?\u-8704? smile.", "A 😀 smile."),
        (rb"{\uc2\u233??x}t\'e9.", "éxté."),
        (rb"Kept{\v  hidden}{\deleted  gone} words.", "Kept words."),
        (rb'A {\field{\*\fldinst HYPERLINK "http://x.y"}{\fldrslt link}} stays.', "A link stays."),
        (rb"{\pict\wmetafile8 0123456789abcdef}A picture goes.", "A picture goes."),
        (rb"{\pict\bin5 }{\\}}After bytes.", "After bytes."),
        (rb"\{Braces\} and \\ stay.", "{Braces} and \\ stay."),
        (rb"{\listtext\'b7\tab}First.\par{\listtext\'b7\tab}Second.", "First.\n\nSecond."),
        (rb"One\line two\cell three.\row", "One\n\ntwo\n\nthree."),
        (b"Lines of the\r\nfile are no lines.", "Lines of thefile are no lines."),
    ],
)  # fmt: skip
def test_what_a_reader_of_word_would_see(body: bytes, text: str) -> None:
    assert _text(body) == text


def test_footnotes_leave_the_text_and_are_named() -> None:
    document = read_bytes(
        HEAD + rb"The port{\super 1{\footnote See the report.}} must sleep.\par}", name="a.rtf"
    )
    assert document.text == "The port1 must sleep."
    assert document.removed == ("Footnote: See the report.",)


def test_an_unfinished_file_gives_what_there_is() -> None:
    assert read_bytes(rb"{\rtf1 The port must sleep.\par So", name="a").text.endswith("So")


def test_a_file_without_words_and_one_that_nests_too_deeply_are_refused() -> None:
    with pytest.raises(SourceError, match="no words"):
        read_bytes(rb"{\rtf1\ansi}", name="a.rtf")
    with pytest.raises(SourceError, match="nests too deeply"):
        read_bytes(b"{\\rtf1 " + b"{" * 100_000, name="a.rtf")
