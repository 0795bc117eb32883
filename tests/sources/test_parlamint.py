"""ParlaMint's TEI: speakers, parties of the day, and what is no speech."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from argmap.errors import SourceError
from argmap.records import Document, Speaker
from argmap.sources import read, read_text
from tests.sources.official import ANNOTATED, ORGS, PEOPLE, parlamint

TEI = "http://www.tei-c.org/ns/1.0"


def _turns(document: Document) -> list[tuple[str | None, str]]:
    return [
        (
            turn.speaker.name if turn.speaker else None,
            document.text[turn.span.start : turn.span.end],
        )
        for turn in document.turns
    ]


def _speakers(document: Document) -> dict[str, Speaker]:
    return {t.speaker.id.rpartition("/")[2]: t.speaker for t in document.turns if t.speaker}


def test_utterances_are_turns_and_what_is_no_speech_is_left_out() -> None:
    document = read_text(parlamint(lists=PEOPLE + ORGS), name="day.xml")
    assert _turns(document) == [
        (None, "Night work"),
        ("Madam Chair", "The sitting is open."),
        ("Ada of Vale", "Night work should end. It harms people.\n\nWe should act now."),
        ("Odo Bray", "It should not."),
        (None, "Somebody calls out."),
    ]
    assert document.removed == (
        "14:05",
        "Laughter",
        "She holds up a lamp.",
        "Carried by 3 to 1.",
    )


def test_document_says_which_sitting_it_is() -> None:
    document = read_text(parlamint(lists=PEOPLE + ORGS))
    assert (document.kind, document.title, document.outlet, document.date, document.url) == (
        "parlamint",
        "Assembly of Avalon, 4 March 2031",
        "Assembly of Avalon",
        "2031-03-04",
        "https://avalon.example/minutes",
    )
    assert dict(document.attributes) == {
        "source": "ParlaMint",
        "speeches": "4",
        "language": "en",
    }
    assert [t.url for t in document.turns if t.speaker] == [
        None,
        None,
        "https://avalon.example/page/2",
    ]


def test_speaker_has_the_party_and_office_of_the_day() -> None:
    speakers = _speakers(read_text(parlamint(lists=PEOPLE + ORGS)))
    assert speakers["ValeAda"] == Speaker(
        "ParlaMint-AV/ValeAda", "Ada of Vale", ("Ada Valé",), "Minister for Ports", "Tide Party"
    )
    assert speakers["BrayOdo"].party == "Netmenders"
    assert speakers["ThornIsa"].role == "Chair"


def test_lists_are_found_beside_the_file_and_in_the_folder_above(tmp_path: Path) -> None:
    year = tmp_path / "2031"
    year.mkdir()
    day = year / "ParlaMint-AV_2031-03-04-lower.xml"
    day.write_text(parlamint(), encoding="utf-8")
    (year / "ParlaMint-AV-listPerson.xml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "ParlaMint-AV-listOrg.xml").write_text(ORGS, encoding="utf-8")
    assert _speakers(read(day)) == _speakers(read_text(parlamint(lists=PEOPLE + ORGS)))


def test_without_lists_the_printed_name_or_the_id_serves() -> None:
    speakers = _speakers(read_text(parlamint()))
    assert (speakers["ValeAda"].name, speakers["ValeAda"].party) == ("Ms Vale (Tide)", None)
    assert (speakers["BrayOdo"].id, speakers["BrayOdo"].name) == (
        "ParlaMint-AV/BrayOdo",
        "Bray Odo",
    )
    only_people = _speakers(read_text(parlamint(lists=PEOPLE)))
    assert only_people["ValeAda"].party == "TIDE"
    assert only_people["BrayOdo"].party == "NET"


def test_annotated_edition_gives_the_text_that_was_cut_into_tokens() -> None:
    document = read_text(ANNOTATED)
    assert document.text == "We can’t, Odo Bray."
    assert document.removed == ("Shame",)


def test_name_of_the_corpus_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "x-listPerson.xml").write_text(PEOPLE, encoding="utf-8")
    day = inner / "day.xml"
    day.write_text(
        parlamint().replace("ParlaMint-AV_2031-03-04-lower", "../../x_2031-03-04"),
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match="malformed"):
        read(day)


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        (PEOPLE, "no speeches"),
        (f'<teiCorpus xmlns="{TEI}" xml:id="ParlaMint-AV"><teiHeader/></teiCorpus>', "no speeches"),
        (f'<TEI xmlns="{TEI}"><text><body><u><seg>Hm.</seg></u></body></text></TEI>', "nobody"),
        (f'<TEI xmlns="{TEI}"><text>', "malformed"),
        (
            f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI xmlns="{TEI}">&x;</TEI>',
            "entities",
        ),
    ],
    ids=["people", "root of a corpus", "nobody", "broken", "unsafe"],
)
def test_what_holds_no_speeches_or_is_unsafe_is_refused(xml: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        read_text(xml, name="day.xml")


_SAID = st.text(st.sampled_from("ab &<>“é文🗳."), max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["#A", "#B", None]), st.lists(st.tuples(_SAID, _SAID))),
        max_size=5,
    )
)
def test_offsets_hold_and_every_word_stays(
    utterances: list[tuple[str | None, list[tuple[str, str]]]],
) -> None:
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    body = etree.SubElement(etree.SubElement(root, f"{{{TEI}}}text"), f"{{{TEI}}}body")
    for who, segments in [("#C", [("Said.", "")]), *utterances]:
        u = etree.SubElement(body, f"{{{TEI}}}u")
        if who:
            u.set("who", who)
        for before, after in segments:
            seg = etree.SubElement(u, f"{{{TEI}}}seg")
            seg.text = before
            note = etree.SubElement(seg, f"{{{TEI}}}note")
            note.text = "noted"
            note.tail = after
    document = read_text(etree.tostring(root, encoding="unicode"))
    said = "".join(
        "".join((before + after).split())
        for _, segments in [(None, [("Said.", "")]), *utterances]
        for before, after in segments
    )
    assert "".join(document.text.split()) == said
    end = 0
    for turn in document.turns:
        assert end <= turn.span.start < turn.span.end <= len(document.text)
        end = turn.span.end
