"""Transcripts with names before the colon, and articles that are not transcripts."""

from __future__ import annotations

import pytest

from argmap.records import Document
from argmap.sources import read_text

CHAMBER = """---
title: Night shifts in the harbour
kind: transcript
fictional: yes
---

# Night shifts in the harbour

The chamber of Avalon met at two.

**Ada Vale (Minister for Ports, Avalon Party):** I beg to move. It is right: ports must not sleep.

It is also fair.

**MR BRAY:** I disagree.

(Laughter)

**Odo Bray**: Dockers <i>need</i> rest.

## The second day

**Vale:**

Thank you.
"""


def _turns(document: Document) -> list[tuple[str | None, str]]:
    return [
        (
            turn.speaker.name if turn.speaker else None,
            document.text[turn.span.start : turn.span.end],
        )
        for turn in document.turns
    ]


def test_turns_hold_what_was_said_and_not_the_names() -> None:
    document = read_text(CHAMBER)
    assert document.kind == "transcript"
    assert _turns(document) == [
        (None, "The chamber of Avalon met at two."),
        ("Ada Vale", "I beg to move. It is right: ports must not sleep.\n\nIt is also fair."),
        ("Odo Bray", "I disagree."),
        (None, "(Laughter)"),
        ("Odo Bray", "Dockers <i>need</i> rest."),
        (None, "The second day"),
        ("Ada Vale", "Thank you."),
    ]
    assert "Bray" not in document.text


def test_speakers_have_role_party_and_the_names_they_are_called_by() -> None:
    speakers = {t.speaker.name: t.speaker for t in read_text(CHAMBER).turns if t.speaker}
    vale, bray = speakers["Ada Vale"], speakers["Odo Bray"]
    assert (vale.role, vale.party, vale.aliases) == (
        "Minister for Ports",
        "Avalon Party",
        ("Vale",),
    )
    assert (bray.role, bray.party, bray.aliases) == (None, None, ("Mr Bray",))


def test_names_in_capitals_are_written_as_one_writes_them() -> None:
    text = (
        "ISA O'THORN: Good evening.\nODO McBRAY: Good evening.\nBBC: Who won?\n"
        "ISA O'THORN: We did.\nODO McBRAY: No.\nBBC: Thanks."
    )
    names = [turn.speaker.name for turn in read_text(text).turns if turn.speaker]
    assert names[:3] == ["Isa O'Thorn", "Odo McBray", "BBC"]


def test_first_question_is_no_headline() -> None:
    document = read_text("Q: Why strike\nA: For pay.\nQ: How long?\nA: A week.")
    assert document.text == "Why strike\n\nFor pay.\n\nHow long?\n\nA week."


def test_times_before_and_after_the_name_are_left_out() -> None:
    text = "[00:01] Ada: One is here.\n[00:02] Odo: Two is here.\nAda [00:03]: Three is here."
    assert _turns(read_text(text)) == [
        ("Ada", "One is here."),
        ("Odo", "Two is here."),
        ("Ada", "Three is here."),
    ]


def test_mark_up_in_a_name_stays_plain_characters() -> None:
    text = "<b>Ada</b> Vale: One.\n\nOdo Bray: Two.\n\n<b>Ada</b> Vale: Three.\n\nOdo Bray: Four."
    assert _turns(read_text(text, name="a"))[0] == ("<b>Ada</b> Vale", "One.")


@pytest.mark.parametrize(
    "text",
    [
        # One line with a colon, or a few that differ.
        "Nine will close.\n\nThe mayor: a divided figure.\n\nThe council met.\n\nIt voted.",
        "Background: it is old.\n\nCost: three million.\n\nBenefit: none.\n\nIt closed.",
        # A quotation after a cue.
        "The mayor said: “No.”\n\nThe council said: “Yes.”\n\nThe mayor said: “Never.”",
        # Live coverage with prompts.
        "Watch: the vote\n\nIt passed.\n\nRead more: why it passed\n\nWatch: the vote again\n\nSo.",
        "Update: it passed.\n\nNote: it passed.\n\nUpdate: it failed.\n\nNote: it failed.",
        "Pros: cheap.\n\nCons: slow.\n\nPros: near.\n\nCons: old.",
    ],
)
def test_articles_with_colons_are_no_transcripts(text: str) -> None:
    document = read_text(text)
    assert document.kind == "article"
    assert document.turns == ()


def test_furniture_between_speeches_goes_only_where_nobody_speaks() -> None:
    text = (
        "Listen to this article\n\nADA: Advertisement is the soul of trade.\n\n"
        "ODO: Advertisement\n\nADA: So it is.\n\nODO: Quite."
    )
    document = read_text(text)
    assert document.removed == ("Listen to this article",)
    assert ("Odo", "Advertisement") in [(n, words) for n, words in _turns(document)]


@pytest.mark.parametrize(
    ("given", "role", "party"),
    [
        ("Con", None, "Con"),
        ("Heritage Party, Stoke Averill", "Stoke Averill", "Heritage Party"),
        ("Minister for Ports, Lab", "Minister for Ports", "Lab"),
        ("Director, Dockers’ Union", "Director, Dockers’ Union", None),
    ],
)
def test_what_stands_in_brackets_is_role_or_party(
    given: str, role: str | None, party: str | None
) -> None:
    text = f"Ada Vale ({given}): One.\n\nOdo: Two.\n\nAda Vale: Three.\n\nOdo: Four."
    speaker = read_text(text).turns[0].speaker
    assert speaker is not None
    assert (speaker.role, speaker.party) == (role, party)
