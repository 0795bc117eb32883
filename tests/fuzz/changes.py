"""Inputs damaged by chance: as bytes, as lines, as JSON, as XML and as zip packages.

Every function takes its chance from the ``random.Random`` that it is given, so that an input is
made again from its number.
"""

from __future__ import annotations

import json
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from lxml import etree

#: Bytes that mean something to some reader, or to none.
TOKENS: tuple[bytes, ...] = (
    b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\xc0\xaf", b"\x80", b"\x1a", b"\x1b[2J", b"\r", b"\n", b"\r\n\r\n", b"\x0b", b"\x0c", b"\t",
    b'"', b"'", b'""', b",", b";", b"|", b"{", b"}", b"[", b"]", b"<", b">", b"&", b"\\", b"%",
    b"=",
    b"#", b":", b"*", b"_", b"-->", b"<!--", b"]]>", b"<![CDATA[", b"\\u-1?", b"\\bin999999 ",
    b"\\'",
    b"\\uc0\\u55357?", b"&#0;", b"&#xD800;", b"&#1114112;", b"&amp;amp;", b"&x;", b"%00", b"%ff",
    b"%u1234", b"../../", b"file:///etc/passwd", b"http://[::1]/", b"javascript:alert(1)", b"=1+1",
    b"0", b"-0", b"-1", b"1e999", b"NaN", b"-Infinity", b"null", b"true", b"9" * 20, b"9" * 400,
    b"9" * 5000, b"0x7fffffff", b"\xd9\xa1\xd9\xa2\xd9\xa3", b"\xc2\xb2", b"\xe2\x82\x82",
    b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xe2\x80\x8b", b"\xc2\xad", b"\xcc\x81" * 30,
    b"\xef\xb7\xbf",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80", b"\xf3\xa0\x81\x81", b"\xc5\xbf", b"\xc4\xb0",
    b"00:00:00.000 --> 99:99:99.999", b"\xd9\xa1\xd9\xa2:\xd9\xa3\xd9\xa4", b"<v ", b"NAME: ",
    b"=?utf-8?q?=ZZ?=", b"=?x-none?b?////?=", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: multipart/mixed; boundary=\r\n", b"Content-Type: text/plain; charset=utf-7\r\n",
    b"Content-Type: message/rfc822\r\n\r\n", b"--B\r\n", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<?xml version='1.0' encoding='utf-16'?>", b"<?xml version='1.0' encoding='idna'?>",
    b"<meta charset=punycode>", b"<meta charset=utf-7>", b"endobj", b"stream", b"obj", b"xref",
    b"2031-02-31", b"0000-00-00", b"31/12/9999", b"---\n", b"===\n", b"&id *id",
    b"!!python/name:os",
    b"{\\rtf1", b"{\\*\\", b"PK\x03\x04", b"%PDF-", b"sep=\x00\n", b"sep=,\n",
)  # fmt: skip

_CODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac_roman",
    "cp437", "koi8-r", "shift_jis", "gb18030", "utf-7", "cp037",
)  # fmt: skip


def changed(data: bytes, chance: random.Random) -> bytes:
    """``data`` with one to eight changes of its bytes."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 8))):
        at = chance.randrange(len(found) + 1)
        length = chance.choice((1, 1, 2, 4, 8, 64, 512))
        match chance.randrange(9):
            case 0:
                del found[at : at + length]
            case 1 | 2:
                found[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 50))
            case 3:
                found[at : at + length] = chance.randbytes(len(found[at : at + length]))
            case 4:
                found[at:at] = found[at : at + length] * chance.choice((1, 1, 3, 20))
            case 5:
                del found[at:]
            case 6:
                if at < len(found):
                    found[at] ^= 1 << chance.randrange(8)
            case 7:
                found[at : at + length] = chance.choice(TOKENS)
            case _:
                start = chance.randrange(len(found) + 1)
                found[at : at + length] = found[start : start + length]
    return bytes(found)


def respelt(data: bytes, chance: random.Random) -> bytes:
    """A text in another encoding, now and then broken off or put together of two."""
    text = data.decode("utf-8", "replace")
    first = text.encode(chance.choice(_CODINGS), "replace")
    if chance.random() < 0.3:
        second = text.encode(chance.choice(_CODINGS), "replace")
        return first[: chance.randrange(len(first) + 1)] + second
    return changed(first, chance) if chance.random() < 0.5 else first


def relined(data: bytes, chance: random.Random) -> bytes:
    """A text whose lines were dropped, doubled, swapped, joined or cut."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(7):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines[at:at] = [lines[other]] * chance.choice((1, 1, 2, 30))
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at] + lines[other]
            case 4:
                lines[at] = lines[at][chance.randrange(len(lines[at]) + 1) :]
            case 5:
                lines[at] = chance.choice((b" ", b"\t", b"    ", b"> ", b"- ", b"# ")) + lines[at]
            case _:
                lines[at] = changed(lines[at], chance)
    return chance.choice((b"\n", b"\n", b"\n", b"\r\n", b"\r")).join(lines)


# --- JSON ------------------------------------------------------------------------------------


class Raw(str):
    """A piece of JSON that is written as it stands."""


class Pairs(list[Any]):
    """An object's keys and values in order; a key may stand in it twice."""


_DEEP = "[" * 3000 + "]" * 3000
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 0.5, -0.5, 1e308, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63),
    Raw("NaN"), Raw("Infinity"), Raw("-Infinity"), Raw("-0"), Raw("-0.0"), Raw("1e400"),
    Raw("1E-400"),
    Raw("9" * 400), Raw("9" * 5000), Raw(_DEEP), Raw('{"a":' * 500 + "1" + "}" * 500), Raw(""),
    Raw('"\\ud800"'), Raw('"\\udc00 a"'), Raw('"\\u0000"'), Raw('"\x01"'), Raw("01"), Raw("'a'"),
    "", " ", "\n", "\x00", "\x1b[2J", "\u202eabc", "\ufeff", "a\u2028b", "\u0661\u0662", "\u00b2",
    "a" * 5000,
    "NaN", "inf", "-1", "1e5", "null", "true", "../../etc/passwd", "=1+1", "javascript:alert(1)",
    "2031-02-31", "0000-00-00", "2031-13", "http://[", "é" * 300, "👩\u200d🚀", "e\u0301",
    "<b>&amp;", "s1",
    [], {}, [[]], [None], [1], [""], [{}], {"": ""}, {"id": "x"}, ["a", "a"],
)  # fmt: skip


def as_pairs(text: str | bytes) -> Any:
    """JSON as lists, ``Pairs`` and plain values."""
    return json.loads(text, object_pairs_hook=lambda pairs: Pairs([k, v] for k, v in pairs))


def written(value: Any) -> str:
    """What ``as_pairs`` gave, as JSON again."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ", ".join(f"{json.dumps(k)}: {written(v)}" for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value)


def _places(value: Any, found: list[tuple[list[Any], int]]) -> list[tuple[list[Any], int]]:
    """Every place of a value in the lists that hold it; of a pair it is the second."""
    if isinstance(value, Pairs):
        for pair in value:
            found.append((pair, 1))
            _places(pair[1], found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found.append((value, index))
            _places(item, found)
    return found


def rewritten_json(data: bytes, chance: random.Random) -> bytes:
    """A JSON text with some values, keys or parts of it replaced, dropped, doubled or moved."""
    try:
        return _rewritten(as_pairs(data), chance)
    except RecursionError:  # of what was nested too deeply before
        return changed(data, chance)


def _rewritten(tree: Any, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        places = _places(tree, [])
        if not places:
            break
        home, at = chance.choice(places)
        match chance.randrange(9):
            case 0 | 1 | 2:
                home[at] = chance.choice(VALUES)
            case 3:
                other, there = chance.choice(places)
                home[at] = Raw(written(other[there]))
            case 4 if isinstance(home[at], list) and home[at]:
                del home[at][chance.randrange(len(home[at]))]
            case 5 if isinstance(home[at], list) and home[at]:
                home[at].insert(0, chance.choice(home[at]))
            case 6 if isinstance(home[at], Pairs) and home[at]:
                chance.choice(home[at])[0] = chance.choice(("", "id", "\ud800", "a" * 99, "text"))
            case 7:
                home[at] = chance.choice(([home[at]], Pairs([["id", home[at]]])))
            case _ if isinstance(home[at], str):
                home[at] = _respelt_text(home[at], chance)
            case _:
                home[at] = chance.choice((home[at] and -1, str(home[at])[:40]))
    text = written(tree).encode("utf-8", "surrogatepass")
    return changed(text, chance) if chance.random() < 0.1 else text


def _respelt_text(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    token = chance.choice([value for value in VALUES if type(value) is str])
    return chance.choice((text[:at], text[at:], text[:at] + token + text[at:], text * 3, token))


# --- XML -------------------------------------------------------------------------------------

_MARK = "QZQ{}QZQ"
_MARKED = re.compile(rb"QZQ(\d+)QZQ")
_HEADS = (
    b"<?xml version='1.0' encoding='utf-16'?>", b"<?xml version='1.0' encoding='x-none'?>",
    b"<?xml version='1.1'?>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    b"<!DOCTYPE x [<!ENTITY e '&#233;'>]>",
    b"<!DOCTYPE x [<!ENTITY a 'a'><!ENTITY b '&a;&a;'>]>", b"<!---->", b"\xef\xbb\xbf", b"\n\n",
    b"",
)  # fmt: skip


def rewritten_xml(data: bytes, chance: random.Random) -> bytes:
    """An XML text with elements and attributes replaced, dropped, doubled or moved."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))
    except etree.XMLSyntaxError:
        return changed(data, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        _change_tree([e for e in root.iter() if isinstance(e.tag, str)], chance)
    text = etree.tostring(root, encoding="utf-8")
    head = chance.choice(_HEADS) if chance.random() < 0.1 else b""
    text = head + _MARKED.sub(lambda found: TOKENS[int(found[1])], text)
    return changed(text, chance) if chance.random() < 0.1 else text


def _change_tree(elements: Sequence[Any], chance: random.Random) -> None:
    element = chance.choice(elements)
    parent = element.getparent()
    hostile = _MARK.format(chance.randrange(len(TOKENS)))
    match chance.randrange(10):
        case 0 | 1 if element.attrib:
            element.set(chance.choice(element.keys()), hostile)
        case 2 if element.attrib:
            del element.attrib[chance.choice(element.keys())]
        case 3 if parent is not None:
            parent.remove(element)
        case 4 if parent is not None and len(elements) < 2000:
            for _ in range(chance.choice((1, 1, 5))):
                parent.insert(0, deepcopy(element))
        case 5:
            element.tag = chance.choice(elements).tag
        case 6:
            element.text = hostile
        case 7:
            element.tail = hostile
        case 8 if len(elements) < 500:
            inner = element
            for _ in range(chance.choice((1, 3, 300))):
                inner = etree.SubElement(inner, element.tag)
            inner.text = "The port must sleep."
        case _:
            other = chance.choice(elements)
            if other.attrib:
                name = chance.choice(other.keys())
                element.set(name, other.get(name))


# --- zip packages ----------------------------------------------------------------------------

_NAMES = (
    "../../evil.txt", "/etc/passwd", "C:\\evil.txt", "a\x00b.txt", "a\n.txt", "\u202etxt.exe", "",
    ".", "x/", "a" * 300 + ".txt", "word/document.xml", "xl/workbook.xml", "content.xml", "b.zip",
    "__MACOSX/a.txt", "é.csv", "CON", "a.txt\u0000",
)  # fmt: skip


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A zip with one part changed, renamed, doubled or dropped, and its sums right again."""
    if chance.random() < 0.25:
        return changed(data, chance)
    buffer = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
            parts = old.infolist()
            chosen = chance.choice(parts).filename
            what = chance.randrange(10)
            for part in parts:
                name, content = part.filename, old.read(part)
                if name == chosen:
                    if what == 0:
                        continue
                    if what == 1:
                        name = chance.choice(_NAMES)
                    elif what == 2:
                        new.writestr(name, content)
                    elif name.endswith((".xml", ".rels")) and what < 7:
                        content = rewritten_xml(content, chance)
                    else:
                        content = changed(content, chance)
                info = zipfile.ZipInfo(name, date_time=(2031, 4, 3, 0, 0, 0))
                info.compress_type = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
                new.writestr(info, content)
            if chance.random() < 0.05:
                new.comment = chance.choice(TOKENS)
    found = buffer.getvalue()
    return changed(found, chance) if chance.random() < 0.05 else found


Change = Callable[[bytes, random.Random], bytes]
