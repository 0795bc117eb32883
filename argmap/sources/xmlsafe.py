"""Hardened reading of XML: no outside files, no network, no entities that could grow.

ParlParse's older files declare the named characters they use (``&mdash;``) in an inner
DOCTYPE. Those, each a single character, are put in by hand; the DOCTYPE never reaches the
parser. Any other declaration is refused.
"""

from __future__ import annotations

import re

from lxml import etree

from argmap.errors import SourceError

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_PROLOG = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.S)
_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+[\w:.-]+\s*(?P<outside>(?:SYSTEM|PUBLIC)\b[^\[>]*)?"
    r"(?:\[(?P<subset>(?:[^\]\"']|\"[^\"]*\"|'[^']*')*)\])?\s*>"
)
_ENTITY = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<!ENTITY\s+(?P<name>[A-Za-z][\w.-]{0,30})\s+"
    r"(?P<mark>[\"'])(?:&#(?P<dec>\d{1,7});|&#x(?P<hex>[0-9A-Fa-f]{1,6});|(?P<char>[^&%<\"']))"
    r"(?P=mark)\s*>",
    re.S,
)
_COMMENTS = re.compile(r"(?:\s+|<!--.*?-->)*", re.S)
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]{0,30});")
_UNSAFE = "Remove its DOCTYPE, or use the file as ParlParse publishes it."


def parse_xml(text: str, where: str) -> etree._Element:
    """The root element of an XML text.

    Raises:
        SourceError: the XML is malformed, or declares entities beyond single characters.
    """
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    start = _PROLOG.match(text)
    at = start.end() if start else 0
    if text.startswith("<!DOCTYPE", at):
        text = _without_doctype(text, at, where)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            where,
            f"the XML is malformed: {error.msg}.",
            "Fetch the file again, or correct it at that line.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(where, "the XML declares entities, which are not read.", _UNSAFE)
    return root


def _without_doctype(text: str, at: int, where: str) -> str:
    match = _DOCTYPE.match(text, at)
    if match is None:
        raise SourceError(where, "the XML has a DOCTYPE that cannot be read safely.", _UNSAFE)
    if match["outside"]:
        raise SourceError(where, "the XML asks for a definition from another file.", _UNSAFE)
    named = _characters(match["subset"] or "", where)
    # As many line ends as were there, so that a message names the right line.
    blank = "\n" * match[0].count("\n")

    def put_in(reference: re.Match[str]) -> str:
        code = named.get(reference[1])
        return reference[0] if code is None else f"&#{code};"

    return text[:at] + blank + _REFERENCE.sub(put_in, text[match.end() :])


def _characters(subset: str, where: str) -> dict[str, int]:
    """The declared names and the code of the one character that each stands for."""
    named: dict[str, int] = {}
    at = 0
    while match := _ENTITY.match(subset, at):
        code = int(match["dec"] or 0) or int(match["hex"] or "0", 16) or ord(match["char"] or "\0")
        if not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xE000:
            raise SourceError(where, f"the entity “{match['name']}” is no character.", _UNSAFE)
        named.setdefault(match["name"], code)
        at = match.end()
    rest = _COMMENTS.match(subset, at)
    if (rest.end() if rest else at) != len(subset):
        raise SourceError(
            where,
            "the XML declares entities that are more than one character, which is how a small "
            "file can be made to fill the memory.",
            _UNSAFE,
        )
    return named
