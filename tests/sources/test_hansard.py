"""Hansard XML of both generations, and XML that must not be read."""

from __future__ import annotations

import pytest

from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources import read_bytes, read_text

NEW = """<publicwhip scraperversion="a" latest="yes">
  <oral-heading id="uk.org.publicwhip/debate/2031-03-04a.1.0" nospeaker="true" url="">Oral
Answers to
Questions</oral-heading>
  <major-heading id="uk.org.publicwhip/debate/2031-03-04a.1.1" nospeaker="true" \
url="https://avalon.example/h">
Harbours
</major-heading>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.1.2" nospeaker="true">
    <p pid="a1.2/1">The Secretary of State was asked—</p>
  </speech>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.1.3" speakername="Ada Vale" \
person_id="uk.org.publicwhip/person/90001" type="Start Speech">
    <p pid="a1.3/1">I beg to move,</p>
    <p pid="a1.3/2" class="indent" pwmotiontext="yes">That this House believes in night shifts.</p>
    <p pid="a1.3/3">Ports that sleep—[Interruption.] I hear hon. Members. They lose, on
      <phrase class="date" code="2031-03-03">3 March</phrase> as ever.</p>
  </speech>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.1.4" speakername="Odo &lt;b&gt;Bray&lt;/b&gt;" \
person_id="uk.org.publicwhip/person/90002" type="Start Intervention">
    <p pid="a1.4/1">Will she give way? Dockers &amp; crews need rest.</p>
  </speech>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.1.5" speakername="Ada Vale" \
person_id="uk.org.publicwhip/person/90001" type="Continuation Speech">
    <p pid="a1.5/1">I will not.</p>
    <p pid="a1.5/2">Question put and agreed to.</p>
    <p pid="a1.5/3">House adjourned.</p>
  </speech>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.1.6" speakername="Isa Thorn" \
person_id="uk.org.publicwhip/person/90003">
    <p pid="a1.6/1">rose—</p>
  </speech>
  <division id="uk.org.publicwhip/debate/2031-03-04a.1.7" nospeaker="true" divdate="2031-03-04" \
divnumber="7">
    <divisioncount ayes="242" noes="309"/>
    <mplist vote="aye"><mpname person_id="uk.org.publicwhip/person/90001" vote="aye">Ada Vale\
</mpname></mplist>
  </division>
</publicwhip>
"""

OLD = """<?xml version="1.0" encoding="ISO-8859-1"?>

<!DOCTYPE publicwhip
[
<!ENTITY mdash   "&#8212;">
<!ENTITY pound  "&#163;" >
<!ENTITY eacute "&#xE9;" >
]>
<publicwhip scrapeversion="b" latest="no">
<speech id="uk.org.publicwhip/westminhall/2009-10-28b.1.0" \
speakerid="uk.org.publicwhip/member/80001" \
speakername="Ren\xe9 Vale" speakeroffice="The Minister for Ports" url="http://avalon.example/1">
	<p pid="b.1.0/1">It cost &pound;3&mdash;caf&eacute;s included. He read in</p>
	<p pid="b.1.0/2" class="italic">The Herald</p>
	<p pid="b.1.0/3">that it was \x93dear\x94.</p>
</speech>
<speech id="uk.org.publicwhip/westminhall/2009-10-28b.1.1" speakerid="unknown" error="No match" \
speakername="Hon. Members"><p>Object.</p><p class="italic">Sitting adjourned.</p></speech>
<speech id="uk.org.publicwhip/westminhall/2009-10-28b.1.2" \
speakerid="uk.org.publicwhip/member/80001" \
speakername="Ren\xe9 Vale"><p>With this it will be convenient to discuss the following: </p>
<p>Amendment 1, leave out the ports.</p></speech>
</publicwhip>
"""


def _turns(document: Document) -> list[tuple[str | None, str]]:
    return [
        (
            turn.speaker.name if turn.speaker else None,
            document.text[turn.span.start : turn.span.end],
        )
        for turn in document.turns
    ]


def test_every_speech_is_a_turn_in_order() -> None:
    document = read_text(NEW, name="debates.xml")
    assert _turns(document) == [
        (None, "Oral Answers to Questions"),
        (None, "Harbours"),
        (None, "The Secretary of State was asked—"),
        ("Ada Vale", "I beg to move,"),
        (None, "That this House believes in night shifts."),
        ("Ada Vale", "Ports that sleep—"),
        (None, "[Interruption.]"),
        ("Ada Vale", "I hear hon. Members. They lose, on 3 March as ever."),
        ("Odo <b>Bray</b>", "Will she give way? Dockers & crews need rest."),
        ("Ada Vale", "I will not."),
        (None, "Question put and agreed to.\n\nHouse adjourned."),
        (None, "rose—"),
        (None, "Division No. 7: Ayes 242, Noes 309."),
    ]
    assert "Ports that sleep—[Interruption.] I hear" in document.text
    assert document.removed == ("Division No. 7: the names of 1 members",)


def test_document_says_which_sitting_it_is() -> None:
    document = read_bytes(NEW.encode(), name="a.txt")
    assert (document.kind, document.outlet, document.date, document.url) == (
        "hansard",
        "House of Commons",
        "2031-03-04",
        "https://avalon.example/h",
    )
    assert document.title == "House of Commons debates, 4 March 2031"
    assert dict(document.attributes) == {"source": "ParlParse", "speeches": "4", "latest": "yes"}


def test_speaker_carries_the_file_s_own_id() -> None:
    speakers = {t.speaker.name: t.speaker for t in read_text(NEW).turns if t.speaker}
    assert speakers["Ada Vale"].id == "uk.org.publicwhip/person/90001"
    assert speakers["Ada Vale"].role is None


def test_older_files_are_read_alike() -> None:
    document = read_bytes(OLD.encode("latin-1"), name="old.xml")
    assert _turns(document) == [
        ("René Vale", "It cost £3—cafés included. He read in The Herald that it was “dear”."),
        ("Hon. Members", "Object."),
        (None, "Sitting adjourned."),
        ("René Vale", "With this it will be convenient to discuss the following:"),
        (None, "Amendment 1, leave out the ports."),
    ]
    first, second = (turn.speaker for turn in document.turns[:2])
    assert first and (first.id, first.role) == (
        "uk.org.publicwhip/member/80001",
        "The Minister for Ports",
    )
    assert second and second.id not in ("unknown", "")
    assert document.title == "Westminster Hall debates, 28 October 2009"
    assert document.attributes["latest"] == "no"


_LAUGHS = "".join(
    f'<!ENTITY lol{n} "{"&lol" + str(n - 1) + ";" if n else "lol"}{"&lol0;" * 9}">'
    for n in range(9)
)


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        (f"<!DOCTYPE publicwhip [{_LAUGHS}]><publicwhip>&lol8;</publicwhip>", "entities"),
        (
            '<!DOCTYPE publicwhip [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            "<publicwhip><speech speakername='A'><p>&x;</p></speech></publicwhip>",
            "entities",
        ),
        ('<!DOCTYPE publicwhip [<!ENTITY % p "x"> %p;]><publicwhip/>', "entities"),
        ('<!DOCTYPE publicwhip SYSTEM "http://a.example/b.dtd"><publicwhip/>', "another file"),
        ("<publicwhip><speech></publicwhip>", "malformed"),
        ("<publicwhip><speech speakername='A'><p>&nbsp;</p></speech></publicwhip>", "malformed"),
        ("<?xml version='1.0'?><rss><channel>news</channel></rss>", "root is “rss”"),
        ("<publicwhip><major-heading>Prayers</major-heading></publicwhip>", "no speeches"),
    ],
    ids=["laughs", "file", "parameter", "dtd", "broken", "undeclared", "other", "empty"],
)
def test_xml_that_is_unsafe_or_broken_is_refused(xml: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read_text(xml, name="debates.xml")
    assert "passwd" not in str(caught.value)
    assert caught.value.where == "debates.xml"
