"""Plain text, Markdown, encodings and the characters that come out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.errors import SourceError
from argmap.records import Span
from argmap.sources import MAX_CHARACTERS, read_bytes, read_text
from argmap.sources.characters import normalise
from argmap.sources.dates import find_date, to_iso

CURLY = (
    "“We won’t pay £1.4bn – ever,” said Zoë Fenn, the café’s owner. She named ‘no one’.\n\n"
    "The council’s reply was short… “No.”"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_curly_quotes_survive_every_common_encoding(encoding: str) -> None:
    assert read_bytes(CURLY.encode(encoding), name="a.txt").text == CURLY


def test_latin_1_and_cyrillic_are_told_apart() -> None:
    latin = "Zoë Fenn said the café cost £3. It was façade and déjà vu, she said."
    assert read_bytes(latin.encode("latin-1"), name="a.txt").text == latin
    russian = "Профсоюз заявил, что переговоры провалились. Министр ответил, что денег нет. " * 3
    assert read_bytes(russian.encode("cp1251"), name="a.txt").text == russian.strip()


def test_invisible_characters_go_and_spaces_are_plain() -> None:
    text = (
        "\ufeffThe\u00a0coun\u00adcil\u200b paid\tnothing \x07. \r\n\r\n\r\n\r\nIt e\u0301nded.\x0c"
    )
    assert read_text(text).text == "The council paid nothing .\n\nIt énded."


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_normalise_settles_at_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


_PIECES = st.sampled_from(
    [
        "---\n", "title: x\n", "kind: transcript\n", "date: 3 May 2030\n", "\n", "\n\n", "# ", "**",
        "ADA VALE: ", "MAUD FENN (Chair): ", "Advertisement\n", "“", "”", "[a](http://b.c)", "<p>",
        "<html>", "<?xml version='1.0'?>", "<publicwhip>", "Read more:\n", "The union said no. ",
        "\u200b", "\x00", "\ud800", "- ", "By Ada Vale\n", ",", "|", "```\n", "12:03\n",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(_PIECES | st.text(max_size=20)).map("".join)),
    st.none() | st.text(max_size=30),
)
def test_read_text_gives_a_sound_document_or_a_source_error(text: str, title: str | None) -> None:
    try:
        document = read_text(text, title=title)
    except SourceError as error:
        assert error.problem and error.remedy
        return
    body = document.text
    assert document.title and body == body.strip()
    assert "\n\n\n" not in body and " \n" not in body and "\n " not in body
    assert all(line and "\n" not in line for line in body.split("\n\n"))
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in body.replace("\n", ""))
    end = 0
    for turn in document.turns:
        assert end <= turn.span.start < turn.span.end <= len(body)
        words = body[turn.span.start : turn.span.end]
        assert words == words.strip()
        end = turn.span.end
    assert Span(0, len(body)).contains(Span(0, end))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_read_bytes_gives_a_document_or_a_source_error(data: bytes) -> None:
    try:
        assert read_bytes(data, name="a.txt").text
    except SourceError as error:
        assert str(error).startswith("a.txt: ")


def test_wrapped_lines_are_joined_and_single_lines_are_paragraphs() -> None:
    wrapped = (
        "The council has agreed to close nine of its twelve libraries\n"
        "this autumn, although thousands of readers had asked it not\n"
        "to do so.\n\nVolunteers may run three of them, the leader of the\ncouncil said.\n"
    )
    assert read_text(wrapped).text == (
        "The council has agreed to close nine of its twelve libraries this autumn, although "
        "thousands of readers had asked it not to do so.\n\n"
        "Volunteers may run three of them, the leader of the council said."
    )
    assert (
        read_text("Nine will close.\nThree may not.").text == "Nine will close.\n\nThree may not."
    )


def test_markdown_becomes_plain_text() -> None:
    text = """# Libraries *must* stay

They **matter**, says [the mayor](https://avalon.example/a_(b)), and `so` do I. ![A shelf](x.png)

## Why?

> A quoted line stays.

1. First reason stands.
- Second reason _really_ stands.

| Year | Closed |
| --- | --- |
| 2030 | 9 |

Five * three stays, snake_case_name too, and <b>tags</b> are characters.[^1]
"""
    document = read_bytes(text.encode(), name="a.md")
    assert document.title == "Libraries must stay"
    assert document.text.split("\n\n") == [
        "They matter, says the mayor, and so do I.",
        "Why?",
        "A quoted line stays.",
        "First reason stands.",
        "Second reason really stands.",
        "Year; Closed",
        "2030; 9",
        "Five * three stays, snake_case_name too, and <b>tags</b> are characters.",
    ]
    assert document.removed == ("A shelf",)


def test_front_matter_fills_the_fields() -> None:
    text = (
        '---\ntitle: "Libraries: must they stay?"\nkind: Briefing\noutlet: Avalon Herald\n'
        "date: 4 March 2031\nurl: https://avalon.example/1\nFictional: yes\n---\n\n"
        "# Libraries: must they stay?\n\nThey must.\n"
    )
    document = read_text(text)
    assert document.title == "Libraries: must they stay?"
    assert (document.kind, document.outlet, document.date, document.url) == (
        "briefing",
        "Avalon Herald",
        "2031-03-04",
        "https://avalon.example/1",
    )
    assert dict(document.attributes) == {"fictional": "yes"}
    assert document.text == "They must."


def test_a_rule_at_the_head_is_not_front_matter() -> None:
    document = read_text("---\nThe union said no.\n---\nThe end came.")
    assert document.text == "The union said no.\n\nThe end came."


def test_title_given_is_used_and_does_not_stand_in_the_text_again() -> None:
    text = "Libraries must stay\n\nThey matter, the mayor said."
    assert read_text(text, title="Libraries must stay").text == "They matter, the mayor said."
    other = read_text(text, title="Avalon")
    assert (other.title, other.text) == ("Avalon", text)


def test_a_section_s_name_above_the_headline_is_not_the_title() -> None:
    document = read_text("POLITICS\nLibraries of Avalon must stay\nThey matter, the mayor said.")
    assert (document.title, document.text) == (
        "Libraries of Avalon must stay",
        "They matter, the mayor said.",
    )
    assert document.removed == ("POLITICS",)


def test_id_follows_from_the_content() -> None:
    assert read_text(CURLY) == read_text(CURLY)
    assert read_text(CURLY).id != read_text(CURLY + " More.").id


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Last updated on Monday 3 March 2031 at 12:03", "2031-03-03"),
        ("March 3rd, 2031", "2031-03-03"),
        ("3rd Sept 2031", "2031-09-03"),
        ("2031-03-03T12:00", "2031-03-03"),
        ("31 February 2031", None),
        ("3 March", None),
    ],
)
def test_find_date(text: str, iso: str | None) -> None:
    assert find_date(text) == iso


def test_to_iso_allows_a_year_or_a_month() -> None:
    assert (to_iso("2031"), to_iso("2031-03"), to_iso("2031-13"), to_iso("soon")) == (
        "2031",
        "2031-03",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "white space"),
        (" \n\t\u200b", "white space|no words"),
        ("... !!!", "no words"),
        ("Advertisement\n\nRead more:", "nothing is left"),
        (
            "word " * (MAX_CHARACTERS // 5 + 1),
            "5,000,005 characters long and the limit is 5,000,000",
        ),
    ],
    ids=["empty", "space", "no-words", "furniture", "long"],
)
def test_text_that_cannot_be_mapped_says_why(text: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        read_text(text)
