"""The Markdown summary, read back by a CommonMark parser."""

from __future__ import annotations

import html
import re

from hypothesis import given, settings
from markdown_it import MarkdownIt

from argmap.export import to_markdown
from argmap.export.markdown import escaped
from argmap.export.references import one_line
from argmap.records import Debate
from tests.export.hostile import hostile_debate
from tests.samples import sample_debate
from tests.strategies import debates, texts

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_TAGS = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
_EXPECTED = {"h1", "h2", "h3", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th",
             "td", "a", "br"}  # fmt: skip


def rendered(text: str) -> str:
    return PARSER.render(text)


def shown(text: str) -> str:
    return html.unescape(_TAGS.sub("", rendered(text))).strip()


@settings(max_examples=300)
@given(texts())
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    line = one_line(text)
    assert html.unescape(rendered(f"x{escaped(text)}x")) == f"<p>x{line}x</p>\n"
    if line:
        alone = rendered(escaped(text))
        assert html.unescape(alone).strip() == f"<p>{line}</p>"


def test_summary_of_hostile_text_has_no_markup_of_its_own() -> None:
    out = rendered(to_markdown(hostile_debate()))
    tags = {match[2] for match in _TAGS.finditer(out)}
    assert tags <= _EXPECTED
    links = re.findall(r'href="([^"]*)"', out)
    assert links == ["https://news.example/%22%3E%3Cscript%3Ealert%281%29%3C/script%3E"]


@settings(max_examples=15)
@given(debates())
def test_summary_of_any_debate_has_no_markup_of_its_own(debate: Debate) -> None:
    out = rendered(to_markdown(debate))
    assert {match[2] for match in _TAGS.finditer(out)} <= _EXPECTED


def test_summary_says_what_there_is() -> None:
    text = shown(to_markdown(sample_debate()))
    for part in (
        "Nurse pay",
        "1 source, 3 statements, 2 speakers.",
        "Nurses should receive a larger pay rise.",
        "Against, 1 statement: “A rise is not affordable,” the minister said.",
        "Ms Adeyemi",
        "The Example",
        "fake@0",
        "read the sentence in its source",
    ):
        assert part in text
    assert "[Pay talks stall](<https://news.example/pay>)" in to_markdown(sample_debate())
