"""Whole articles with the mess that real pages carry, against what a careful reader keeps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.sources import read_text
from argmap.sources.captions import repeated_paragraphs
from argmap.sources.clean import clean
from argmap.sources.draft import Paragraph
from argmap.sources.paragraphs import split_paragraphs

HARBOUR = """Dockers vote on walkout in row over night shifts
By Ada Vale, Transport Correspondent
Published 4 March 2031, 10:15
1.2k shares
Dockers at the port of Avalon have voted to strike next month over plans to add night shifts.
Video report by Avalon News transport correspondent Maud Fenn:
Here's what you need to know:
What is the dispute about?
The port wants cranes to run all night, so that larger ships can be emptied in a day.

Cranes would run all night so larger ships can be emptied in a day at the port

Its director, Odo Bray, said the plan was ‘fair and overdue’. The
Advertisement
‘We cannot compete with ports that never sleep,’ he said. ,

A crane at work above the harbour, where 300 people are employed on each shift

Read more:
Five charts on the harbour's decline
Why ships are growing
Union leaders answered that the night is for rest.
“Nobody wants to unload steel at three in the morning.

“We will not be bullied into it,” said Isa Thorn, their leader.
Sign up to our morning newsletter for more stories like this
(Photo: Jane Doe/Getty Images)
© 2031 The Avalon Herald. All rights reserved.
"""

HARBOUR_KEPT = """Dockers at the port of Avalon have voted to strike next month over plans to add \
night shifts.

What is the dispute about?

The port wants cranes to run all night, so that larger ships can be emptied in a day.

Its director, Odo Bray, said the plan was ‘fair and overdue’.

‘We cannot compete with ports that never sleep,’ he said.

A crane at work above the harbour, where 300 people are employed on each shift

Union leaders answered that the night is for rest.

“Nobody wants to unload steel at three in the morning.

“We will not be bullied into it,” said Isa Thorn, their leader."""

LIBRARY = """Thousands of readers are set to lose their nearest library this autumn as the council \
of Avalon closes nine branches.
The council has called the closures “painful but necessary”.

Nine branches will close this autumn, and thousands of readers will lose their nearest library

Volunteers may run three of them.
LAST UPDATED 12:03
Comments (23)
Share Tweet Email
"""


def test_article_comes_out_as_a_careful_reader_keeps_it() -> None:
    document = read_text(HARBOUR)
    assert document.title == "Dockers vote on walkout in row over night shifts"
    assert document.text == HARBOUR_KEPT
    assert document.date == "2031-03-04"
    assert document.attributes["author"] == "Ada Vale"
    assert set(document.removed) == {
        "By Ada Vale, Transport Correspondent",
        "Published 4 March 2031, 10:15",
        "1.2k shares",
        "Video report by Avalon News transport correspondent Maud Fenn:",
        "Here's what you need to know:",
        "Cranes would run all night so larger ships can be emptied in a day at the port",
        "The",
        "Advertisement",
        ",",
        "Read more:",
        "Five charts on the harbour's decline",
        "Why ships are growing",
        "Sign up to our morning newsletter for more stories like this",
        "(Photo: Jane Doe/Getty Images)",
        "© 2031 The Avalon Herald. All rights reserved.",
    }


def test_article_without_headline_is_titled_by_its_first_words() -> None:
    document = read_text(LIBRARY)
    assert document.title == "Thousands of readers are set to lose their nearest library…"
    assert document.text.split("\n\n") == [
        "Thousands of readers are set to lose their nearest library this autumn as the council of "
        "Avalon closes nine branches.",
        "The council has called the closures “painful but necessary”.",
        "Volunteers may run three of them.",
    ]


@pytest.mark.parametrize(
    ("caption", "drops"),
    [
        # The same words in another order.
        ("This week nurses and porters at nine hospitals walked out over pay and rotas", True),
        # Another number, a negation, and news of its own.
        ("Nurses and porters at seven hospitals walked out over pay and rotas in week 7", False),
        (
            "Nurses and porters at nine hospitals walked out, not over pay and rotas, this week",
            False,
        ),
        ("Nurses and porters outside the hospital in Avalon, where the mayor joined them", False),
        # A finished sentence is the article's own.
        ("Over pay and rotas nurses and porters at nine hospitals walked out this week.", False),
        # Somebody's words.
        ("“Nurses and porters at nine hospitals walked out over pay and rotas this week", False),
        # Too little to judge by.
        ("Pay and rotas", False),
    ],
)
def test_caption_goes_only_where_it_repeats_a_sentence(caption: str, drops: bool) -> None:
    sentence = "Nurses and porters at nine hospitals walked out this week over pay and rotas."
    assert repeated_paragraphs([sentence, caption]) == (frozenset({1}) if drops else frozenset())
    assert repeated_paragraphs([caption, sentence]) == (frozenset({0}) if drops else frozenset())


def test_paragraph_that_comes_word_for_word_again_goes_once() -> None:
    line = "The bridge between the two towns will be closed for a year."
    assert repeated_paragraphs([line, "It is old.", line]) == {2}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Talks with the union have failed. Can", "Talks with the union have failed."),
        ("‘It is difficult for people. ,", "‘It is difficult for people."),
        ("“It is difficult for people. ,”", "“It is difficult for people.”"),
        ("Talks failed (Getty Images)", "Talks failed"),
        ("Talks failed (Image: Jane Doe/PA)", "Talks failed"),
        ("Image caption, Dockers at the gate", "Dockers at the gate"),
        # These are whole.
        ("Will she resign? No", "Will she resign? No"),
        ("He lives in St. John", "He lives in St. John"),
        ("“Talks have failed. The", "“Talks have failed. The"),
        ("Talks failed (again)", "Talks failed (again)"),
        ("“See the gallery (Photo: Jane Doe)", "“See the gallery (Photo: Jane Doe)"),
    ],
)
def test_loose_ends_are_taken_off(text: str, kept: str) -> None:
    assert [paragraph.text for paragraph in clean([Paragraph(text)]).paragraphs] == [kept]


def test_lines_inside_one_quotation_are_never_dropped() -> None:
    lines = ["She read it out: “These are the words.", "Advertisement", "And the end,” she said."]
    cleaned = clean([Paragraph(line) for line in lines])
    assert [paragraph.text for paragraph in cleaned.paragraphs] == lines
    assert cleaned.removed == ()


def test_link_list_ends_where_sentences_go_on() -> None:
    text = "Talks failed.\nRelated articles\n- How talks began\n- Who is who?\nA strike looms."
    cleaned = clean(split_paragraphs(text))
    assert [paragraph.text for paragraph in cleaned.paragraphs] == [
        "Talks failed.",
        "Who is who?",
        "A strike looms.",
    ]


def test_heading_after_a_link_list_stays() -> None:
    lines = ["Read more:", "Why ships grow", "How ports shrink", "What next", "The vote is in May."]
    cleaned = clean([Paragraph(line) for line in lines])
    assert [paragraph.text for paragraph in cleaned.paragraphs] == lines[3:]


_LINES = st.one_of(
    st.sampled_from([line for line in (HARBOUR + LIBRARY).split("\n") if line]),
    st.text(
        st.sampled_from("abc AB.,:“”‘’'\"()12 said Can The Read more Getty Images"), min_size=1
    ).filter(lambda text: bool(text.strip())),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINES, max_size=25))
def test_cleaning_what_is_clean_changes_nothing(lines: list[str]) -> None:
    once = clean(split_paragraphs("\n".join(" ".join(line.split()) for line in lines)))
    again = clean(once.paragraphs)
    assert again.paragraphs == once.paragraphs
    assert again.removed == ()
    plain = clean([Paragraph(paragraph.text) for paragraph in once.paragraphs])
    assert [p.text for p in plain.paragraphs] == [p.text for p in once.paragraphs]
