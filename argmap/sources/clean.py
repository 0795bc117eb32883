"""What a careful reader would keep of an article, and what was left out.

Text changes here and nowhere later, so every offset refers to what this module returns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from argmap.sources.captions import repeated_paragraphs
from argmap.sources.draft import Paragraph
from argmap.sources.furniture import is_furniture, is_link_title, opens_link_list

_LABEL = re.compile(r"^(?:Image|Media|Video|Photo|Picture) caption,?:?\s+(?=\S)", re.I)
_SOURCE = re.compile(r"^(?:Image|Media) (?:source|copyright|credit)\b.*", re.I)
_CREDIT = re.compile(
    r"\s*[(\[](?:(?:photo(?:graph)?|picture|image|credit|pic|image credit|photo credit)s?"
    r"(?:\s*[:,]| by)\s*[^()\[\]]{2,80}|[^()\[\]]{0,40}\b(?:Getty Images|Getty|Reuters|REUTERS"
    r"|PA Wire|PA Media|AFP|Alamy|Shutterstock|AP Photo)(?:[/, ][^()\[\]]{0,40})?)[)\]]$",
    re.I,
)
_COMMA = re.compile(r"(?<=[.!?…])\s+[,;]+(?=[\"'”’]?$)|\s+[,;]+$")
_HEADING_WORDS = 3
# Words that cannot stand alone after a full stop: the head of a sentence that was cut off.
_CUT_OFF = re.compile(
    r"(?P<end>[a-z)\]0-9%’”\"'][.!?][\"'”’)]?)\s+(?P<rest>(?:Can|Could|Will|Would|Shall|Should|"
    r"May|Might|Must|Is|Are|Was|Were|Has|Have|Had|Does|Did|The|A|An|And|But|Or|If|In|On|At|Of|For|"
    r"With|From|As|By|To|He|She|It|They|We|His|Her|Its|Their|Our|This|That|These|Those|While|"
    r"When|Although|However|Because)(?: (?:the|a|an|of|to|in|is|are|was|has|have|had|that|it|"
    r"he|she|they|we|be))?)$"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The paragraphs that stay, and the lines and fragments that went, as they were found."""

    paragraphs: tuple[Paragraph, ...]
    removed: tuple[str, ...]


def drop_furniture(paragraphs: Sequence[Paragraph]) -> Cleaned:
    """Take out what the page wrapped around the article, without judging captions."""
    return _until_settled(paragraphs, captions=False)


def clean(paragraphs: Sequence[Paragraph]) -> Cleaned:
    """Take out the furniture, cut-off fragments and captions that repeat the article.

    Cleaning what has been cleaned changes nothing.
    """
    return _until_settled(paragraphs, captions=True)


def _until_settled(paragraphs: Sequence[Paragraph], *, captions: bool) -> Cleaned:
    """Repeat the pass until it changes nothing, so that one call does what two would."""
    current, removed = tuple(paragraphs), []
    while True:
        kept, gone = _pass(current, captions=captions)
        removed.extend(gone)
        if kept == current:
            return Cleaned(kept, tuple(removed))
        current = kept


def _pass(
    paragraphs: tuple[Paragraph, ...], *, captions: bool
) -> tuple[tuple[Paragraph, ...], list[str]]:
    texts = [paragraph.text for paragraph in paragraphs]
    quoted = _inside_quotations(texts)
    repeated = repeated_paragraphs(texts) if captions else frozenset()
    kept: list[Paragraph] = []
    removed: list[str] = []
    in_links = False
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if index in quoted:
            kept.append(paragraph)
            in_links = False
            continue
        heads = opens_link_list(text)
        furniture = heads or bool(_SOURCE.fullmatch(text)) or is_furniture(text)
        if not furniture and in_links and _is_link(paragraphs, index):
            furniture = True
        elif not heads:
            in_links = in_links and furniture
        if heads:
            in_links = True
        if furniture or index in repeated:
            removed.append(text)
            continue
        text, fragments = _trim(text)
        removed.extend(fragments)
        if text:
            kept.append(Paragraph(text, paragraph.item))
    return tuple(kept), removed


def _is_link(paragraphs: tuple[Paragraph, ...], index: int) -> bool:
    """Whether the line goes on a list of links: an entry, or a title among titles.

    The last of them before the sentences go on may be the article's next heading, and stays
    if it is as short as headings are.
    """
    paragraph = paragraphs[index]
    if not is_link_title(paragraph.text):
        return False
    if paragraph.item:
        return True
    previous_is_head = index > 0 and opens_link_list(paragraphs[index - 1].text)
    following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    heading = paragraph.text.count(" ") < _HEADING_WORDS
    return not heading or previous_is_head or not following or is_link_title(following)


def _trim(text: str) -> tuple[str, list[str]]:
    """Take loose ends off one paragraph: labels, credits, dangling commas, cut-off words."""
    gone: list[str] = []
    if match := _LABEL.match(text):
        gone.append(match[0].strip())
        text = text[match.end() :]
    if (match := _CREDIT.search(text)) and not _open_quotation(text[: match.start()]):
        gone.append(match[0].strip())
        text = text[: match.start()]
    if match := _COMMA.search(text):
        gone.append(match[0].strip())
        text = text[: match.start()] + text[match.end() :]
    if (match := _CUT_OFF.search(text)) and not _open_quotation(text[: match.start("rest")]):
        gone.append(match["rest"])
        text = text[: match.end("end")]
    return text.strip(), gone


def _open_quotation(text: str) -> bool:
    """Whether a quotation that opens in ``text`` is still open at its end."""
    double = text.count("“") - text.count("”")
    single = len(re.findall(r"(?:^|[\s(—–-])‘", text)) - len(re.findall(r"’(?!\w)", text))
    return double > 0 or single > 0 or text.count('"') % 2 == 1


def _inside_quotations(texts: Sequence[str]) -> frozenset[int]:
    """Paragraphs in the middle of one quotation whose marks stand only at its two ends.

    The usual manner is to open each paragraph anew; then nothing between belongs to it.
    """
    inside: set[int] = set()
    for start, text in enumerate(texts):
        if text.count("“") <= text.count("”"):
            continue
        for end in range(start + 1, min(start + 6, len(texts))):
            opening, closing = texts[end].find("“"), texts[end].find("”")
            if closing >= 0 and (opening < 0 or closing < opening):
                inside.update(range(start + 1, end + 1))
                break
            if opening >= 0:
                break
    return frozenset(inside)
