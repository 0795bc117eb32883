"""Divisions, and where each speech stands in the record, in both generations of ParlParse."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from argmap.records import Document, Vote
from argmap.sources import read_bytes, read_text
from argmap.sources.divisions import question_of, totals, votes
from argmap.sources.places import clock, web_address
from tests.sources.official import DAY, OLDER_DAY

PERSON = "uk.org.publicwhip/person/"
MEMBER = "uk.org.publicwhip/member/"


def _spoken(document: Document) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (turn.speaker.id.rpartition("/")[2], turn.time, turn.column, turn.url)
        for turn in document.turns
        if turn.speaker
    ]


def test_turns_carry_time_column_and_address() -> None:
    assert _spoken(read_text(DAY)) == [
        ("90001", "14:05", "7", None),
        ("90002", None, "8", None),
        ("90003", "14:20", "8", "https://avalon.example/8"),
    ]
    assert _spoken(read_bytes(OLDER_DAY.encode("latin-1"), name="old.xml")) == [
        ("80001", "13:49", "302", "http://avalon.example/a"),
        ("80002", "15:47", "303", "http://avalon.example/b"),
    ]


def test_division_of_the_newer_form_keeps_every_vote() -> None:
    document = read_text(DAY)
    (division,) = document.divisions
    assert document.text[division.span.start : division.span.end] == (
        "Division No. 12: Ayes 2, Noes 1."
    )
    assert (division.document, division.number, division.date, division.time) == (
        document.id,
        "12",
        "2031-03-04",
        "14:30",
    )
    assert (division.ayes, division.noes, division.column) == (2, 1, "9")
    assert division.url == "https://avalon.example/9"
    assert division.question == "Clause 2 - Night work: That the amendment be made"
    assert division.votes == (
        Vote(f"{PERSON}90001", "Ada Vale", "aye"),
        Vote(f"{PERSON}90004", "Isa Thorn", "aye", proxy=f"{PERSON}90001"),
        Vote(f"{PERSON}90003", "Odo Bray", "aye", teller=True),
        Vote(f"{PERSON}90005", "Una Fell", "both"),
        Vote(f"{PERSON}90002", "Odo Bray", "no"),
    )
    assert document.removed == ("Division No. 12: the names of 5 members",)


def test_division_of_the_older_form_joins_on_the_speaker_s_id() -> None:
    document = read_bytes(OLDER_DAY.encode("latin-1"), name="old.xml")
    (division,) = document.divisions
    assert division.votes == (
        Vote(f"{MEMBER}80001", "Mr. René Vale", "aye"),
        Vote(f"{MEMBER}80003", "Isa Thorn", "aye", teller=True),
        Vote(f"{MEMBER}80002", "Mr. Odo Bray", "no"),
    )
    assert division.time == "15:47"
    assert division.question == ("Lighthouses: That the original words stand part of the Question")
    speakers = {turn.speaker.id for turn in document.turns if turn.speaker}
    assert speakers == {vote.person for vote in division.votes if not vote.teller}


@pytest.mark.parametrize(
    ("xml", "sides", "counted"),
    [
        (
            "<division><divisioncount content='4' not-content='1'/><lordlist vote='content'>"
            "<lord id='l/1' vote='content'>Lord Vale</lord></lordlist></division>",
            ["aye"],
            (4, 1),
        ),
        (
            "<division><divisioncount for='1' against='1' abstentions='1'/>"
            "<mspname id='m/1' vote='for'>A</mspname><mspname id='m/2' vote='against'>B</mspname>"
            "<mspname id='m/3' vote='abstentions'>C</mspname></division>",
            ["aye", "no", "abstain"],
            (1, 1),
        ),
        (
            "<division><mplist vote='no'><mpname person_id='p/1'>A</mpname>"
            "<mpname person_id='p/2' teller='yes'>B</mpname><mpname>Anon</mpname></mplist>"
            "</division>",
            ["no", "no", "no"],
            (0, 2),
        ),
        ("<division><mpname id='p/1' vote='maybe'>A</mpname></division>", [], (0, 0)),
    ],
    ids=["lords", "holyrood", "no totals", "unknown side"],
)
def test_other_houses_and_gaps(xml: str, sides: list[str], counted: tuple[int, int]) -> None:
    element = etree.fromstring(xml)
    assert [vote.side for vote in votes(element)] == sides
    assert totals(element) == counted


def test_question_is_the_last_one_put_under_the_last_heading() -> None:
    heading = ("Harbour Bill", True)
    assert question_of([]) is None
    assert question_of([heading, ("Whether to sail is a question.", False)]) == "Harbour Bill"
    put = "Mr. Speaker put forthwith the Question already proposed (S.O. No. 83E), That it be so."
    assert question_of([heading, (put, False)]) == "Harbour Bill: That it be so"
    later = [heading, (put, False), ("Amendment proposed: 9, line 2, leave out “night”", False)]
    assert question_of(later) == "Amendment proposed: 9, line 2, leave out “night”"
    long = question_of([("x " * 500, True)])
    assert long is not None
    assert len(long) <= 400
    assert long.endswith("…")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("015:47:00", "15:47"),
        ("09:05:00", "09:05"),
        ("000:15:00", "00:15"),
        ("7:30", "07:30"),
        ("25:00:00", None),
        ("", None),
        (None, None),
        ("noon", None),
    ],
)
def test_clock(given: str | None, read: str | None) -> None:
    assert clock(given) == read


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//a.example", "https://a.example/<b>", "", None],
)
def test_address_of_another_kind_is_none(address: str | None) -> None:
    assert web_address(address) is None


_WORDS = st.text(st.sampled_from("ab &<>“é文🗳.\n["), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_WORDS, st.sampled_from(["1", "2", None]), st.booleans()), max_size=6))
def test_offsets_hold_whatever_is_said(parts: list[tuple[str, str | None, bool]]) -> None:
    root = etree.Element("publicwhip")
    first = etree.SubElement(root, "speech", speakername="A", person_id="p/0")
    etree.SubElement(first, "p").text = "Said."
    for number, (words, person, divided) in enumerate(parts):
        speech = etree.SubElement(root, "speech", colnum=str(number))
        if person:
            speech.set("person_id", person)
            speech.set("speakername", f"N{person}")
        etree.SubElement(speech, "p").text = words
        if divided:
            division = etree.SubElement(root, "division", divnumber=str(number))
            etree.SubElement(division, "mpname", id="1", vote="aye").text = "N, A"
    document = read_text(etree.tostring(root, encoding="unicode"), name="day.xml")
    assert len(document.divisions) == sum(divided for *_, divided in parts)
    for division in document.divisions:
        shown = document.text[division.span.start : division.span.end]
        assert shown == f"Division No. {division.number}: Ayes 1, Noes 0."
    ends = [0]
    for turn in document.turns:
        assert ends[-1] <= turn.span.start < turn.span.end <= len(document.text)
        assert document.turn_at(turn.span.start) is turn
        assert document.turn_at(turn.span.end - 1) is turn
        ends.append(turn.span.end)
