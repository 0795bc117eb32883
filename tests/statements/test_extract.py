"""The room as a whole: offsets, turns, speakers across documents, context."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.records import Document, Span, Speaker, Turn, content_id
from argmap.statements import CONTEXT_LENGTH, extract
from argmap.statements.speakers import slug


def _document(text: str, *, title: str = "Case") -> Document:
    return Document.create(title=title, text=text)


def _speech(*parts: tuple[Speaker | None, str], kind: str = "hansard") -> Document:
    text, turns = "", []
    for speaker, words in parts:
        text += "\n\n" if text else ""
        turns.append(Turn(Span(len(text), len(text) + len(words)), speaker))
        text += words
    return Document.create(title="Sitting", text=text, kind=kind, turns=tuple(turns))


HALE = Speaker("member-7", "Ada Hale", role="Minister for Ports", party="Blue")
MOSS = Speaker("member-9", "Jon Moss")

WORDS = st.sampled_from(
    [
        "Owen Hartley", "Mr Hartley", "he", "said", "told", "that", "the rise", "is fair", ".", ",",
        ":", "“", "”", "‘", "’", '"', "'", "''", "\n", "\n\n", "according to", "the FNU", "critics",
        "The minister", "added", "?", "…", "(Lab)", "who", "accused", "of saying", "It is", "é",
        "understood", "and", "but", "\x01", "\x02",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, max_size=50))
def test_extract_offsets_hold(words: list[str]) -> None:
    text = " ".join(words)
    speakers, statements = extract([_document(text)])
    ids = {speaker.id for speaker in speakers}
    end = 0
    for statement in statements:
        assert text[statement.start : statement.end] == statement.text
        assert statement.text == statement.text.strip() != ""
        assert end <= statement.start
        assert len(statement.context) <= CONTEXT_LENGTH
        assert statement.speaker is None or statement.speaker in ids
        assert 0.0 <= statement.attribution.confidence <= 1.0
        end = statement.end
    assert ids == {s.speaker for s in statements if s.speaker is not None}
    assert [s.id for s in speakers] == sorted(ids)
    assert extract([_document(text)]) == (speakers, statements)


def test_extract_ids_come_from_content() -> None:
    document = _document("The rise is fair.")
    (statement,) = extract([document])[1]
    assert statement.id == content_id("s", document.id, "0", "17", "The rise is fair.")


def test_extract_without_documents() -> None:
    assert extract([]) == ((), ())


def test_extract_reports_progress() -> None:
    seen: list[tuple[int, int]] = []
    extract(
        [_document("The rise is fair."), _document("It is late.")],
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 2), (2, 2)]


def test_extract_turns_give_the_speaker() -> None:
    document = _speech(
        (None, "The House met at noon."),
        (HALE, "The port is safe. I said that it was safe in May."),
        (MOSS, "The port is not safe.\n\nIt never was."),
    )
    speakers, statements = extract([document])
    assert [(s.text, s.speaker) for s in statements] == [
        ("The port is safe.", "member-7"),
        ("I said that it was safe in May.", "member-7"),
        ("The port is not safe.", "member-9"),
        ("It never was.", "member-9"),
    ]
    assert {s.attribution.method for s in statements} == {"turn"}
    assert {s.attribution.confidence for s in statements} == {1.0}
    assert not any(s.attribution.reported for s in statements)
    assert speakers[0] == Speaker(
        "member-7", "Ada Hale", ("Ada Hale",), "Minister for Ports", "Blue"
    )


# sentence of a speech, whether it passes on another's words
RELAYED = [
    ("The FNU said that wards would close.", True),
    ("The FNU said: “Wards will close.”", True),
    ("According to the FNU, wards will close.", True),
    ("Critics say that wards will close.", True),
    ("He has said that wards will close.", True),
    ("It is understood that wards will close.", True),
    ("The FNU says that wards will close, but they will not.", False),
    ("I said that wards would close.", False),
    ("I said, “Wards will close.”", False),
    ("We believe that wards will close.", False),
    ("I am glad that the Minister said so.", False),
    ("If he says that wards will close, he is wrong.", False),
    ("Does the Minister say that wards will close?", False),
    ("The Government support the port.", False),
    ("The wards will close.", False),
]


@pytest.mark.parametrize(("sentence", "reported"), RELAYED)
def test_extract_turns_mark_what_is_passed_on(sentence: str, reported: bool) -> None:
    (statement,) = extract([_speech((HALE, sentence))])[1]
    assert statement.speaker == "member-7"
    assert statement.attribution.reported is reported


def test_extract_turns_quotation_passed_on_to_its_end() -> None:
    _, statements = extract(
        [_speech((HALE, "The FNU said: “Wards will close. Nurses will leave.” I disagree."))]
    )
    assert [s.attribution.reported for s in statements] == [True, True, False]


def test_extract_text_outside_turns() -> None:
    text = "PORTS\n\nThe port is safe. It is open.\n\nThe hearing ended at noon."
    start = text.index("The port")
    turns = (Turn(Span(start, text.index("\n\nThe hearing")), HALE),)
    record = Document.create(title="Sitting", text=text, kind="hansard", turns=turns)
    talk = Document.create(title="Hearing", text=text, kind="transcript", turns=turns)
    assert [s.text for s in extract([record])[1]] == ["The port is safe.", "It is open."]
    assert [(s.text, s.attribution.method) for s in extract([talk])[1]] == [
        ("The port is safe.", "turn"),
        ("It is open.", "turn"),
        ("The hearing ended at noon.", "none"),
    ]


def test_extract_one_speaker_under_many_names() -> None:
    text = (
        "Harbour Secretary Owen Hartley said the port was safe.\n\n"
        "Mr Hartley opened it in May. He said it was cheap. “It is also clean,” Hartley said.\n\n"
        "The harbour secretary insisted that ships would come."
    )
    speakers, statements = extract([_document(text)])
    assert speakers == (
        Speaker(
            "owen-hartley",
            "Owen Hartley",
            ("Hartley", "Mr Hartley", "Owen Hartley", "the harbour secretary"),
            "Harbour Secretary",
        ),
    )
    assert [s.speaker for s in statements] == [
        "owen-hartley", None, "owen-hartley", "owen-hartley", "owen-hartley"
    ]  # fmt: skip


def test_extract_full_name_is_one_speaker_across_documents() -> None:
    first = _document("Owen Hartley said the port was safe.", title="One")
    second = _document("“The port is safe,” said Owen J. Hartley.", title="Two")
    speakers, statements = extract([first, second])
    assert [speaker.id for speaker in speakers] == ["owen-hartley"]
    assert [s.speaker for s in statements] == ["owen-hartley"] * 2


def test_extract_turn_speaker_and_article_person_merge_under_the_sources_id() -> None:
    article = _document("Ada Hale said the port was safe.", title="Article")
    speakers, statements = extract([article, _speech((HALE, "The port is safe."))])
    assert [speaker.id for speaker in speakers] == ["member-7"]
    assert [s.speaker for s in statements] == ["member-7", "member-7"]


def test_extract_surname_alone_joins_a_full_name_of_another_document() -> None:
    full = _document("Mr Hartley came. Owen Hartley said the port was safe.", title="Full")
    short = _document("Mr Hartley said the port was cheap.", title="Short")
    speakers, _ = extract([full, short])
    assert [speaker.name for speaker in speakers] == ["Owen Hartley"]


@pytest.mark.parametrize(
    "other",
    [
        "Mr Hartley and Owen Hartley met David Hartley. Owen Hartley said the port was safe.",
        "Owen Hartley said the port was safe.",
        "Ms Hartley came. Ruth Hartley said the port was safe.",
    ],
    ids=["two-of-the-name", "title-never-used", "another-gender"],
)
def test_extract_surname_alone_stays_apart_where_unsure(other: str) -> None:
    short = _document("Mr Hartley said the port was cheap.", title="Short")
    speakers, _ = extract([_document(other, title="Full"), short])
    assert "Mr Hartley" in {speaker.name for speaker in speakers}


def test_extract_body_short_and_long_name_merge_across_documents() -> None:
    long = _document("The Federation of Night Workers (FNW) said wards would close.", title="One")
    short = _document("The FNW said wards would close.", title="Two")
    speakers, _ = extract([long, short])
    assert [(s.id, s.aliases) for s in speakers] == [
        ("federation-of-night-workers", ("FNW", "Federation of Night Workers"))
    ]


def test_extract_context_is_the_flow_before() -> None:
    text = "One is fair. Two is late. Three is right. Four is left.\n\nFive is new."
    contexts = [s.context for s in extract([_document(text)])[1]]
    assert contexts == [
        "",
        "One is fair.",
        "One is fair. Two is late.",
        "Two is late. Three is right.",
        "",
    ]


def test_extract_context_follows_a_speaker_over_paragraphs() -> None:
    document = _speech((HALE, "One is fair.\n\nTwo is late."), (MOSS, "Three is right."))
    assert [s.context for s in extract([document])[1]] == ["", "One is fair.", ""]


def test_extract_context_is_short() -> None:
    text = "The port is safe " + "and open " * 60 + "today. It is so."
    first, second = extract([_document(text)])[1]
    assert len(first.text) > CONTEXT_LENGTH
    assert 0 < len(second.context) <= CONTEXT_LENGTH
    assert first.text.endswith(second.context)


def test_extract_reads_a_news_story_whole() -> None:
    text = (
        "Thousands of dockers will walk out in May, as port chiefs warned of queues.\n\n"
        "Harbour Secretary Owen Hartley said he ‘deeply regrets’ the walkout, but added that "
        "the claim was ‘not affordable’.\n\n"
        "A harbour spokeswoman said: ‘We are making plans.\n\n"
        "A crane at rest on Sunday\n\n"
        "‘Ships will be met.’\n\n"
        "Ruth Ellison, leader of the Dockers’ Union, accused Mr Hartley of bluster. "
        "She said only 500 dockers had voted no.\n\n"
        "“I think most will say it is fair,” Ellison said. “It is.”"
    )
    speakers, statements = extract([_document(text)])
    assert [(s.speaker, s.attribution.method) for s in statements] == [
        (None, "indirect"),
        ("owen-hartley", "indirect"),
        ("harbour-spokeswoman", "quote"),
        (None, "none"),
        ("harbour-spokeswoman", "quote"),
        ("ruth-ellison", "indirect"),
        ("ruth-ellison", "indirect"),
        ("ruth-ellison", "quote"),
        ("ruth-ellison", "quote"),
    ]
    roles = {speaker.id: speaker.role for speaker in speakers}
    assert roles["ruth-ellison"] == "Leader of the Dockers’ Union"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Hale", "ada-hale"),
        ("Zoë O’Hara", "zoe-ohara"),
        ("F. N. U.", "f-n-u"),
        ("Ειρήνη", "ειρήνη"),
    ],
)
def test_speakers_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_extract_long_debate_is_quick_enough_to_be_linear() -> None:
    words = "The FNU said that wards would close. I do not agree with “that” at all. " * 25
    document = _speech(*[(HALE if i % 2 else MOSS, words.strip()) for i in range(60)])
    _, statements = extract([document])
    assert len(statements) == 60 * 50


def test_a_transcript_quoted_inside_an_article_has_its_own_speakers() -> None:
    text = (
        "A partial transcript reads as follows:\n\n"
        "“VANCE-HALE: Will the pier be mended? It has waited a year.\n\n"
        "“MOREAU: It will be mended by May.”\n\n"
        "The meeting went on until ten."
    )
    speakers, statements = extract([_document(text)])
    names = {speaker.id: speaker.name for speaker in speakers}
    assert [names.get(s.speaker or "") for s in statements] == [
        None,
        "Vance-Hale",
        "Vance-Hale",
        "Moreau",
        None,
    ]
