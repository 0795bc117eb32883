"""Files to map: a damaged one of every format, under its own name or another's."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache, partial

import openpyxl  # noqa: F401  what readers import late warns as it is imported
import scipy.stats  # noqa: F401
import trafilatura  # noqa: F401

from argmap.sources import pdf, read_all, read_text
from argmap.sources.decode import decode
from argmap.sources.walls import look
from tests.fuzz import changes, checks
from tests.fuzz.targets import Target
from tests.sources.files import paper
from tests.sources.files import pdf as make_pdf
from tests.sources.in_process import extract
from tests.sources.official import ANNOTATED, DAY, OLDER_DAY, parlamint
from tests.sources.samples import SAMPLES

_NAMES = (
    *sorted({name for name, _ in SAMPLES.values()}), "", "a", "a.argdown", "a.graphml", "a.tei",
    "a.xml", "a.htm", "../a.txt", "\u202ea.txt",
    "a\n.csv",
)  # fmt: skip
_FURTHER = 15  # one reading in so many goes through the rooms after it


def targets() -> Iterator[Target]:
    """A target for each format, and for what decides between them."""
    text = (changes.changed, changes.relined, changes.respelt)
    yield _files("text", ("text",), text)
    yield _files("markdown", ("markdown",), text)
    yield _files("transcript", ("transcript",), text)
    yield _files("captions", ("srt", "vtt"), text)
    yield _files("html", ("html",), (*text, changes.rewritten_xml), small=40)
    yield _files("rtf", ("rtf",), (changes.changed, changes.relined))
    yield _files("mail", ("mail",), (*text, changes.changed))
    yield _files("word", ("word",), (changes.repacked,), small=20)
    yield _files("zip", ("zip",), (changes.repacked,), small=30)
    yield _files("hansard", (), (*text, changes.rewritten_xml, changes.rewritten_xml), more=(
        ("a.xml", SAMPLES["hansard"][1]), ("a.xml", DAY.encode()),
        ("a.xml", OLDER_DAY.encode("latin-1")),
    ))  # fmt: skip
    yield _files("parlamint", (), (*text, changes.rewritten_xml, changes.rewritten_xml), more=(
        ("a.xml", parlamint().encode()), ("a.xml", ANNOTATED.encode()),
    ))  # fmt: skip
    yield Target("pdf", _pdf_input, partial(_read, name="a.pdf"), small=60)
    yield Target(
        "pdf in its own process",
        _pdf_input,
        partial(_read_as_it_is, name="a.pdf"),
        small=2,
        programs=True,
    )
    yield Target("any bytes", _any_bytes, partial(_read, name="a.txt"))
    yield Target("decode", _encoded, _decode)
    yield Target("pasted text", _pasted, _paste)
    yield Target("walls", _page, _look, small=40)


def _files(
    name: str,
    forms: tuple[str, ...],
    ways: tuple[changes.Change, ...],
    *,
    small: int = 100,
    more: tuple[tuple[str, bytes], ...] = (),
) -> Target:
    seeds = (*(SAMPLES[form] for form in forms), *more)

    def make(chance: random.Random) -> bytes:
        _, data = chance.choice(seeds)
        return chance.choice(ways)(data, chance)

    return Target(name, make, partial(_read, name=seeds[0][0]), small=small)


def _read(data: bytes, chance: random.Random, *, name: str) -> None:
    """Read a file; a PDF in this process, without one for each file."""
    before = pdf._extract
    pdf._extract = extract
    try:
        _read_as_it_is(data, chance, name=name)
    finally:
        pdf._extract = before


def _read_as_it_is(data: bytes, chance: random.Random, *, name: str) -> None:
    if chance.random() < 0.1:
        name = chance.choice(_NAMES)
    mapping = None
    if chance.random() < 0.05:
        mapping = {
            chance.choice(("text", "id", "source", "", "x")): chance.choice(("", "text", "\0"))
        }
    checks.reading(
        read_all(data, name=name, mapping=mapping), further=chance.randrange(_FURTHER) == 0
    )


# --- PDF -------------------------------------------------------------------------------------

_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NUMBERS = (
    b"0", b"-1", b"1e9", b"99999999999", b"-99999999999", b"0.0000001",
    b"340282366920938463463374607431768211456",
    b"nan", b"2147483648", b"1000000", b"-2147483649",
)  # fmt: skip
_STREAMS = (
    b"BT /F1 11 Tf 1 0 0 1 60 700 Tm (The port must sleep.) Tj ET", b"q Q", b"Q Q Q",
    b"BT /F1 0 Tf (a) Tj ET", b"BT /F1 1e30 Tf (a) Tj ET", b"1e38 0 0 1e38 0 0 cm",
    b"0 0 0 0 0 0 cm",
    b"BT /F1 -11 Tf 60 700 Td (mirror) Tj ET", b"BT 3 Tr /F1 9 Tf 9 9 Td (unseen) Tj ET",
    b"BT /F1 9 Tf 1e20 1e20 Td (far) Tj ET", b"BT /F1 9 Tf [(a) -1e9 (b)] TJ ET", b"/X Do",
    b"(\\377\\376\\000)",
)  # fmt: skip


@cache
def _pdfs() -> tuple[bytes, ...]:
    return (
        SAMPLES["pdf"][1],
        paper(2, justified=True)[0],
        make_pdf(
            [["Nights in the harbour"], ["The port must sleep at night.", "1"], []], title="Nights"
        ),
    )


def _pdf_input(chance: random.Random) -> bytes:
    data = chance.choice(_pdfs())
    match chance.randrange(4):
        case 0:
            return changes.changed(data, chance)
        case 1 | 2:
            found = list(_NUMBER.finditer(data))
            for match in chance.sample(found, min(len(found), chance.choice((1, 1, 2, 5)))):
                new = chance.choice(_NUMBERS)
                if chance.random() < 0.7:  # keep the table of places right
                    new = new[: len(match[0])].ljust(len(match[0]))
                data = data[: match.start()] + new + data[match.end() :]
            return data
        case _:
            at = data.find(b"stream\n") + 7
            new = b"\n".join(chance.choice(_STREAMS) for _ in range(chance.choice((1, 2, 9))))
            return data[:at] + new + b"\n" + data[at:]


# --- texts -----------------------------------------------------------------------------------

_HEADS = (
    b"", b"", b"{\\rtf1", b"WEBVTT\n\n", b"From: a\nTo: b\nDate: c\n", b"PK\x03\x04",
    b"PK\x05\x06", b"%PDF-",
    b"<html>", b"<?xml version='1.0'?>", b"<publicwhip>",
    b"<TEI xmlns='http://www.tei-c.org/ns/1.0'>",
    b"===\n", b"---\n", b"{", b"[{", b'{"schema_version": 1', b"id,text\n",
    b"1\n00:00:01,000 --> 00:00:02,000\n",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"<meta charset=",
)  # fmt: skip


def _any_bytes(chance: random.Random) -> bytes:
    head = chance.choice(_HEADS)
    if chance.random() < 0.5:
        return head + chance.randbytes(chance.choice((1, 8, 60, 400)))
    body = b"".join(
        chance.choice((chance.choice(changes.TOKENS), b" The port must sleep.", b"\n", b"a"))
        for _ in range(chance.choice((2, 8, 40)))
    )
    return head + body


_NAMED = (
    "utf-8", "utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode_escape",
    "raw_unicode_escape", "undefined",
    "rot13", "hex", "base64", "zlib", "mbcs", "iso-8859-1", "ascii", "iso2022_jp", "hz", "gb18030",
    "big5",
    "cp037", "cp1252", "utf_8_sig", "uu", "quopri", "bz2", "x-user-defined", "palmos", "johab",
    "utf-16-le",
)  # fmt: skip


def _encoded(chance: random.Random) -> bytes:
    data = SAMPLES[chance.choice(("text", "transcript", "srt", "csv", "html"))][1]
    if chance.random() < 0.4:
        name = chance.choice(_NAMED).encode()
        head = (
            chance.choice((b"<?xml version='1.0' encoding='%s'?>", b"<meta charset='%s'>")) % name
        )
        return head + changes.respelt(data, chance)
    return changes.respelt(data, chance) if chance.random() < 0.7 else _any_bytes(chance)


def _decode(data: bytes, chance: random.Random) -> None:
    text = decode(data, "a.txt")
    checks.hold(
        isinstance(text, str) and len(text) <= len(data) + 8, "a text longer than its bytes"
    )


_PIECES = (
    "The port must sleep. ", "“It must,” she said. ", "Ms Adeyemi: ", "\n", "\n\n", "\u2029",
    "\x00", "\ud800", "\udc00",
    "\u202e", "\u200b", "\ufeff", "e\u0301", "\u0661\u0662\u0663", "A.B.C. ", "…", "— ", "’", "\"",
    "- ", "1. ", "(a) ",
    "https://x.example/?a=b ", "=1+1", "<b>", "&amp;", "\t", "É", "\u1e9e", "ﬁ", "👩\u200d🚀", "文",
    "\U000e0041", "3 March 2031 ",
    "Advertisement\n", "said Mr Smith, ", "according to Dr. Jones ", "%s", "{0}", "$a", "\\", "|",
    "# ", "> ", "[Q]: ",
)  # fmt: skip


def _pasted(chance: random.Random) -> bytes:
    pieces = chance.choices(_PIECES, k=chance.choice((1, 4, 12, 60)))
    text = "".join(piece * chance.choice((1, 1, 1, 30)) for piece in pieces)
    return text.encode("utf-8", "surrogatepass")


def _paste(data: bytes, chance: random.Random) -> None:
    from argmap.sources import Reading

    text = data.decode("utf-8", "surrogatepass")
    title = text[:20] if chance.random() < 0.3 else None
    found = read_text(text, title=title)
    checks.reading(Reading((found,)), further=chance.randrange(4) == 0)


def _page(chance: random.Random) -> bytes:
    data = SAMPLES["html"][1]
    if chance.random() < 0.3:
        start = data.index(b'{"@context"')
        end = data.index(b"</script>")
        ld = changes.rewritten_json(data[start:end], chance)
        data = data[:start] + ld + data[end:]
    return changes.changed(data, chance) if chance.random() < 0.7 else data


def _look(data: bytes, chance: random.Random) -> None:
    text = data.decode("utf-8", "replace")
    caution = look(text, "a page")
    checks.hold(caution is None or caution.endswith("."), "a caution that is no sentence")
    _read(data, chance, name="a.html")
