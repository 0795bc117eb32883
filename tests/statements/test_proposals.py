"""What a sentence puts up for argument, said again as a motion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.records import Document
from argmap.statements import find_proposals


def motions(text: str, title: str = "Untitled") -> list[str]:
    return [p.motion for p in find_proposals((Document.create(title=title, text=text),))]


@pytest.mark.parametrize(
    ("sentence", "motion"),
    [
        (
            "That this House believes that school meals should be free for every child.",
            "School meals should be free for every child.",
        ),
        (
            "That this House calls on the Government to end the sale of peat.",
            "The Government should end the sale of peat.",
        ),
        (
            "The union urged ministers to raise the levy on sugar.",
            "Ministers should raise the levy on sugar.",
        ),
        (
            "Campaigners have called for a ban on disposable cups in Holm.",
            "There should be a ban on disposable cups in Holm.",
        ),
        (
            "Members spoke on the plan to close the lido in Arden.",
            "The plan to close the lido in Arden should go ahead.",
        ),
        (
            "Peers debated the Clean Rivers Bill on Tuesday.",
            "The Clean Rivers Bill should become law.",
        ),
        ("Should the county sell its farms?", "The county should sell its farms."),
        (
            "“The state must pay for school buses,” said Ann Lee.",
            "The state must pay for school buses.",
        ),
        (
            "The scheme would charge lorries £1,900 a year to enter the port.",
            "It is right to charge lorries £1,900 a year to enter the port.",
        ),
        (
            "The bill would allow tenants to keep a dog.",
            "Tenants should be allowed to keep a dog.",
        ),
        ("Porters voted to strike over pay.", "Porters should strike over pay."),
    ],
)
def test_a_wording_that_asks_for_something_gives_its_motion(sentence: str, motion: str) -> None:
    assert motion in motions(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "They should do it at once for us.",
        "It must be said that the weather was fine.",
        "The talks went on until noon.",
        "He said it should not have come to that.",
        "North Riding asks for the keys to the railways.",
        "The bill would give them a choice of doctors.",
        "",
    ],
)
def test_what_nobody_could_be_for_or_against_gives_nothing(sentence: str) -> None:
    assert motions(sentence) == []


def test_a_headline_counts_and_has_no_place_in_the_text() -> None:
    document = Document.create(title="Arden to close its lido", text="The pool is old.")
    (found,) = find_proposals((document,))
    assert (found.motion, found.span, found.form) == (
        "Arden should close its lido.",
        None,
        "headline",
    )


def test_each_proposal_shows_the_sentence_that_it_was_read_off() -> None:
    text = "The day was cold.\n\nMembers urged the county to sell its farms. It was late."
    document = Document.create(title="Farms", text=text)
    (found,) = find_proposals((document,))
    assert found.span is not None
    assert text[found.span.start : found.span.end] == "Members urged the county to sell its farms."
    assert 0.0 < found.place < 1.0


@given(st.text(max_size=300))
def test_any_text_is_read_and_gives_whole_sentences(text: str) -> None:
    document = Document.create(title=text[:40], text=text)
    for found in find_proposals((document,)):
        assert found.motion.endswith(".")
        assert found.motion == " ".join(found.motion.split())
        assert found.span is None or 0 <= found.span.start < found.span.end <= len(text)
