"""Pages that are not the article: consent walls, paywalls, checks for robots, empty shells.

A page is judged by what can be read in it without running its scripts. Only a page with few
words is refused, because a whole article may well carry a cookie notice or a login link.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from argmap.errors import SourceError
from argmap.sources.network import SAVE_IT

# An article of fewer words than this may be the opening of one; a page of fewer, no article.
_OPENING = 300
_FEW = 120
_SHELL = 60

_CHALLENGE = re.compile(
    r"just a moment|checking (?:if the site|your browser)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot"
    r"|unusual traffic|complete the captcha|attention required",
    re.I,
)
_CONSENT = re.compile(
    r"before you continue|we (?:value|care about) your privacy|your privacy (?:choices|matters)"
    r"|(?:accept|reject|manage) (?:all )?(?:cookies|options)|consent to (?:the use of )?cookies"
    r"|we and our (?:\d+ )?partners",
    re.I,
)
_PAYWALL = re.compile(
    r"subscribe (?:now |today )?(?:to (?:continue|read|unlock|keep)|for (?:full|unlimited))"
    r"|(?:continue|keep) reading with (?:a|your) subscription"
    r"|(?:this|the full) (?:article|story) is (?:only |exclusively )?(?:for|available to)"
    r" (?:our )?(?:subscribers|members)"
    r"|already (?:a|an) (?:subscriber|member)|subscribers? only|register to (?:continue|read)"
    r"|sign in to (?:continue|read)|unlock this article|(?:log|sign) in to your account",
    re.I,
)
_SCRIPTS = re.compile(r"enable javascript|javascript (?:is|must be) (?:disabled|enabled)", re.I)
_UNSEEN = ("script", "style", "template", "svg", "head")

CAUTION = "The page says that it is not free to read, so the text may be only its opening."


def look(text: str, where: str) -> str | None:
    """See whether a web page shows its article.

    Args:
        text: the page's HTML.

    Returns:
        A sentence of caution where the page says that it is not free to read and yet shows much.

    Raises:
        SourceError: what can be read is a wall or an empty shell.
    """
    try:
        page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.LxmlError, ValueError):
        return None  # the reader of pages says what is wrong with it
    paid = any(_closed(data) for data in _metadata(page))
    scripts = sum(1 for _ in page.iter("script"))
    shown = _visible(page)
    words = len(shown.split())
    if words < _FEW:
        if _CHALLENGE.search(shown):
            raise SourceError(where, "the site checks for a person before it shows it.", SAVE_IT)
        if _CONSENT.search(shown):
            raise SourceError(
                where,
                "the site shows its question about cookies in place of the article.",
                f"Answer it in your browser. {SAVE_IT}",
            )
    if (paid or _PAYWALL.search(shown)) and words < (_OPENING if paid else _FEW):
        raise SourceError(
            where,
            "the site shows the article to subscribers only.",
            f"If you may read it, sign in with your browser. {SAVE_IT}",
        )
    if words < _SHELL and (scripts or _SCRIPTS.search(shown)):
        raise SourceError(
            where,
            "the page is empty until scripts fill it, and no script of a page is run.",
            SAVE_IT,
        )
    return CAUTION if paid else None


def _visible(page: Any) -> str:
    """The words of a page, without scripts and the like; those of ``noscript`` are in."""
    etree.strip_elements(page, etree.Comment, *_UNSEEN, with_tail=False)
    return " ".join(" ".join(page.itertext()).split())


def _metadata(page: Any) -> Iterator[Any]:
    """What the page says of itself in schema.org's JSON-LD."""
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            yield json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue  # careless metadata says nothing either way


def _closed(data: Any, depth: int = 0) -> bool:
    """Whether an article is declared not free to read (schema.org, ``isAccessibleForFree``)."""
    if depth > 6:
        return False
    if isinstance(data, list):
        return any(_closed(item, depth + 1) for item in data[:200])
    if not isinstance(data, dict):
        return False
    if str(data.get("isAccessibleForFree", "")).casefold() in ("false", "http://schema.org/false"):
        return True
    return any(_closed(data[name], depth + 1) for name in ("@graph", "mainEntity") if name in data)
