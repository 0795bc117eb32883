"""A comparison taken away: what it says, byte for byte, and that no text becomes markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import html
from markdown_it import MarkdownIt

from argmap.errors import InputError
from argmap.export.comparison import comparison_to_html, comparison_to_markdown
from argmap.export.comparison_view import findings
from argmap.nlp import FakeEncoder
from argmap.records import Debate
from argmap.structure import BYS, By, Comparison, comparands, contrast
from tests.export.comparisons import FOLDER, written
from tests.export.hostile import ATTACKS, hostile_debate
from tests.strategies import debates


def first_two(debate: Debate, by: By) -> Comparison | None:
    every = comparands(debate, by)
    if len(every) < 2 or not debate.topics:
        return None
    a, b = every[0].key, every[-1].key
    return contrast(debate, debate.topics[0].id, by, a, b, encoder=FakeEncoder())


@pytest.mark.parametrize("name", ["speaker.html", "speaker.md", "date.html", "date.md"])
def test_files_stay_as_they_are(name: str) -> None:
    golden = Path(FOLDER, f"compare-{name}")
    assert written(name) == golden.read_text(encoding="utf-8"), (
        "Look at what changed, then run python -m tests.export.comparisons."
    )


def test_page_has_no_script_and_asks_for_nothing() -> None:
    tree = html.document_fromstring(written("speaker.html"))
    assert tree.xpath("//script | //link | //iframe | //object | //img | //form") == []
    assert tree.xpath("//@src | //@onload | //@onerror") == []
    assert "default-src 'none'" in tree.xpath("//meta/@content")[0]


def test_hostile_text_stays_text() -> None:
    debate = hostile_debate()
    found = first_two(debate, "speaker")
    assert found is not None
    tree = html.document_fromstring(comparison_to_html(found, debate))
    assert tree.xpath("//script | //img | //*[@onload] | //*[@onerror]") == []
    assert all(re.match("https?://", link) for link in tree.xpath("//a/@href"))
    assert ATTACKS[0] in tree.text_content()
    out = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(comparison_to_markdown(found, debate))
    )
    for sign in ("<script", "<img", "<svg", "<code", 'href="javascript'):
        assert sign not in out


@settings(max_examples=25, deadline=None)
@given(debates())
def test_any_comparison_can_be_written(debate: Debate) -> None:
    for by in BYS:
        try:
            found = first_two(debate, by)
        except InputError as error:
            # Two periods that are offered may lie in one another.
            assert by == "date" and "overlap" in str(error)
            continue
        if found is not None:
            assert findings(found)
            comparison_to_html(found, debate).encode("utf-8")
            comparison_to_markdown(found, debate).encode("utf-8")
