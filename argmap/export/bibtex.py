"""The sources as BibTeX, for reference managers and LaTeX (Patashnik 1988, "BibTeXing")."""

from __future__ import annotations

from argmap.export.references import author, citation_keys, date_parts, one_line, web_link
from argmap.records import Debate, Document

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A brace counts for BibTeX even behind a backslash, so it is named instead.
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22"}


def to_bibtex(debate: Debate) -> str:
    """One ``@misc`` entry a source, in the debate's order, in UTF-8.

    The outlet is ``howpublished``, which every style prints. Names stand in braces of their own,
    because a byline ("A. Reporter, health correspondent") is not a name that can be parted.
    """
    keys = citation_keys(debate)
    return "\n".join(_entry(document, keys[document.id]) for document in debate.documents)


def _entry(document: Document, key: str) -> str:
    date = date_parts(document.date)
    fields = {
        "title": _braced(document.title),
        "author": _braced(author(document) or ""),
        "howpublished": _escaped(document.outlet or ""),
        "year": str(date[0]).zfill(4) if date else "",
        "url": _address(document.url),
        "urldate": _escaped(document.attributes.get("accessed", "")),
        "note": _escaped(document.kind if date or not document.date else document.date),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if date[1:]:
        # A month is one of BibTeX's own words, so that each style writes it in its language.
        lines.append(f"  month = {_MONTHS[date[1] - 1]}")
    lines += [f"  day = {{{number}}}" for number in date[2:]]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(char, char) for char in one_line(text))


def _braced(text: str) -> str:
    """Inner braces keep capitals as they are, and a byline whole."""
    return f"{{{_escaped(text)}}}" if text else ""


def _address(url: str | None) -> str:
    link = web_link(url)
    return "".join(_IN_ADDRESS.get(char, char) for char in one_line(link)) if link else ""
