"""Which mentions are one speaker, one row a case, within a document and across documents.

A row holds documents (text, or text and date) and, sentence by sentence over all of them, the
name of the speaker whom the sentence must be put on; ``None`` where nobody may be named. Two
sentences with one name are one speaker and two names are two. All people, bodies and events are
invented.
"""

from __future__ import annotations

import pytest

from argmap.records import Document, Span, Speaker, Turn
from argmap.statements import extract
from tests.statements.identities_across import ACROSS
from tests.statements.identities_within import WITHIN, Source

TITLES = ("first source", "second source", "third source", "fourth source")


def spoken(sources: list[Source]) -> list[str | None]:
    documents = [
        Document.create(title=title, text=source)
        if isinstance(source, str)
        else Document.create(title=title, text=source[0], date=source[1])
        for title, source in zip(TITLES, sources, strict=False)
    ]
    speakers, statements = extract(documents)
    names = {speaker.id: speaker.name for speaker in speakers}
    assert len(set(names.values())) == len(names), "two speakers look the same"
    return [names[s.speaker] if s.speaker else None for s in statements]


@pytest.mark.parametrize(
    ("sources", "expected"), [c[1:] for c in WITHIN], ids=[c[0] for c in WITHIN]
)
def test_identity_within_a_document(sources: list[Source], expected: list[str | None]) -> None:
    assert spoken(sources) == expected


@pytest.mark.parametrize(
    ("sources", "expected"), [c[1:] for c in ACROSS], ids=[c[0] for c in ACROSS]
)
def test_identity_across_documents(sources: list[Source], expected: list[str | None]) -> None:
    assert spoken(sources) == expected


def test_identity_cases_are_many() -> None:
    cases = [*WITHIN, *ACROSS]
    assert len(cases) >= 60
    assert len({case[0] for case in cases}) == len(cases)


def test_a_holder_without_a_name_is_a_reported_view() -> None:
    _, (statement,) = extract(
        [Document.create(title="Case", text="NHS bosses said that it was safe.")]
    )
    assert statement.attribution.speaker is None
    assert statement.attribution.reported


def test_what_a_letter_says_is_its_writers_own_view() -> None:
    text = "Ruth Ellison wrote a letter to ministers. The letter said that wards would close."
    _, (_, statement) = extract([Document.create(title="Case", text=text)])
    assert statement.speaker == "ruth-ellison"
    assert not statement.attribution.reported
    assert 0.5 < statement.attribution.confidence < 0.85


def test_an_office_is_read_up_to_the_brackets_of_an_abbreviation() -> None:
    text = (
        "Ruth Ellison, general secretary of the Federation of Night Workers (FNW), "
        "said that wards would close."
    )
    (speaker,), _ = extract([Document.create(title="Case", text=text)])
    assert speaker.role == "General secretary of the Federation of Night Workers"


def sitting(*speeches: tuple[Speaker, str], date: str) -> Document:
    """A record in which each speaker has one turn."""
    text, turns = "", []
    for speaker, words in speeches:
        text += "\n\n" if text else ""
        turns.append(Turn(Span(len(text), len(text) + len(words)), speaker))
        text += words
    return Document.create(
        title="Sitting", text=text, kind="hansard", date=date, turns=tuple(turns)
    )


MEMBER = Speaker("m1", "Owen Hartley", role="Secretary of State for Harbours")
OTHER = Speaker("m2", "David Hartley")


@pytest.mark.parametrize(
    ("speeches", "article", "speaker"),
    [
        ([(MEMBER, "It is safe.")], "Owen Hartley said that it was late.", "m1"),
        ([(MEMBER, "It is safe.")], "The harbours secretary said that it was late.", "m1"),
        ([(MEMBER, "It is safe.")], "The shadow harbours secretary said that it was late.", None),
        # The surname alone could be either's.
        (
            [(MEMBER, "It is safe."), (OTHER, "It is not.")],
            "Mr Hartley said that it was late.",
            None,
        ),
    ],
    ids=["full-name", "office", "shadow", "surname-of-two"],
)
def test_members_of_a_sitting_and_an_article_of_the_week(
    speeches: list[tuple[Speaker, str]], article: str, speaker: str | None
) -> None:
    record = sitting(*speeches, date="2022-03-01")
    report = Document.create(title="Report", text=article, date="2022-03-02")
    _, statements = extract([record, report])
    found = statements[-1].speaker
    assert found == speaker if speaker else found not in ("m1", "m2")


def test_an_article_of_another_year_does_not_give_the_office_to_the_member() -> None:
    record = sitting((MEMBER, "It is safe."), date="2015-03-01")
    text = "The harbours secretary said that it was late."
    _, statements = extract([record, Document.create(title="Report", text=text, date="2022-03-02")])
    assert statements[-1].speaker != "m1"
