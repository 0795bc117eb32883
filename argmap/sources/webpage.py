"""Web pages: the article is found by trafilatura (Barbaresi 2021, ACL demo 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from argmap.errors import SourceError
from argmap.sources.characters import one_line
from argmap.sources.dates import to_iso
from argmap.sources.draft import Draft, Paragraph

_SIGN = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|meta|title)\b[^<>]*>",
    re.I,
)
_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# The page's own date is read, however old; today's date must not change the answer.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}


def looks_like_html(text: str, *, hinted: bool = False) -> bool:
    """Whether the text is a web page; ``hinted`` where its name says so."""
    head = text[:20_000]
    if _START.match(head):
        return True
    tags = len(_SIGN.findall(head))
    return tags >= 1 if hinted else head.lstrip().startswith("<") and tags >= 2


def read_html(text: str, where: str) -> Draft:
    """The article of a page, with title, outlet, date and address where the page names them.

    Raises:
        SourceError: the page holds no article that can be found.
    """
    import trafilatura  # slow to import, and most inputs do without it

    try:
        page = trafilatura.bare_extraction(
            # lxml refuses a text that both is decoded and declares its encoding.
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text),
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    # It lets whatever odd metadata provoke pass through.
    except Exception as error:
        raise SourceError(
            where,
            "the page is put together in a way that cannot be read.",
            "Open it in a browser, copy the article's text and paste it.",
        ) from error
    # A plain dict comes back only where one is asked for.
    if page is None or isinstance(page, dict) or not (paragraphs := tuple(_paragraphs(page.body))):
        raise SourceError(
            where,
            "no article can be found in this page.",
            "Open it in a browser, copy the article's text and paste it.",
        )
    author = _told(page.author)
    return Draft(
        paragraphs=paragraphs,
        title=_told(page.title) or None,
        outlet=_told(page.sitename) or None,
        date=to_iso(_told(page.date)),
        url=_told(page.url) or None,
        attributes={"author": author} if author else {},
    )


def _told(value: object) -> str:
    """What a page says of itself; its JSON-LD can hold anything where a text belongs."""
    return one_line(value) if isinstance(value, str) else ""


def _paragraphs(element: Any, *, item: bool = False) -> Iterator[Paragraph]:
    """The paragraphs under an element of trafilatura's tree, in reading order."""
    text = element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or child.tag == "graphic":
            text += child.tail or ""
        elif child.tag in ("lb", "p", "head", "quote", "list", "item", "table", "row", "cell"):
            yield from _made(text, item)
            if child.tag == "row":
                yield from _row(child)
            else:
                yield from _paragraphs(child, item=item or child.tag == "item")
            text = child.tail or ""
        else:
            text += "".join(child.itertext()) + (child.tail or "")
    yield from _made(text, item)


def _row(row: Any) -> Iterator[Paragraph]:
    cells = [words for cell in row if (words := one_line("".join(cell.itertext())))]
    yield from _made("; ".join(cells), False)


def _made(text: str, item: bool) -> Iterator[Paragraph]:
    if words := one_line(text):
        yield Paragraph(words, item)
