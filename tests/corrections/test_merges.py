"""Which pairs are offered as one speaker, and which never are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.bundled import bundled_debates
from argmap.corrections import suggest_merges
from argmap.records import (
    Attribution,
    Debate,
    Document,
    Edit,
    Run,
    Span,
    Speaker,
    Statement,
    Turn,
    content_id,
)
from argmap.statements import extract

Named = tuple[str, str | None] | str


def debate_of(*named: Named, dates: tuple[str | None, ...] = ()) -> Debate:
    """A debate in which each speaker says one sentence in a document of their own."""
    documents, speakers, statements = [], [], []
    for number, one in enumerate(named):
        name, role = one if isinstance(one, tuple) else (one, None)
        text = f"Sentence number {number}."
        document = Document.create(
            title=str(number), text=text, date=dates[number] if dates else None
        )
        speaker = Speaker(f"p{number}", name, role=role)
        documents.append(document)
        speakers.append(speaker)
        statements.append(
            Statement(
                content_id("s", document.id), document.id, 0, len(text), text,
                Attribution(speaker.id, "quote", "said", 0.9),
            )
        )  # fmt: skip
    return Debate(
        "Case", Run("0", {}, {}, {}), tuple(documents), tuple(speakers), (), tuple(statements)
    )


def offered(debate: Debate) -> set[frozenset[str]]:
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    return {frozenset((names[o.speaker], names[o.into])) for o in suggest_merges(debate)}


OFFERED: list[tuple[str, Named, Named, str]] = [
    ("sound", "Owen Barkley", "Owen Barclay", "spelling"),
    ("left-out", "Owen Hartley", "Owen Hartly", "spelling"),
    ("doubled", "Ruth Ellison", "Ruth Elison", "spelling"),
    ("swapped", "Ruth Ellison", "Ruth Elilson", "spelling"),
    ("silent", "Ruth Browne", "Ruth Brown", "spelling"),
    ("mc-mac", "Owen Macdonald", "Owen McDonald", "spelling"),
    ("vowel", "Owen Evens", "Owen Evans", "spelling"),
    ("accent", "Ana Muñoz", "Ana Munoz", "same first name"),
    ("first-name-sound", "Catherine Pryce", "Katherine Pryce", "nearly the same first name"),
    ("first-name-slip", "Siobhan Pryce", "Siobahn Pryce", "nearly the same first name"),
    ("short-form", "Steve Pryce", "Stephen Pryce", "short form"),
    ("short-and-slip", "Steve Barkley", "Stephen Barclay", "spelling"),
    ("initial", "R. Ellison", "Ruth Ellison", "initial"),
    ("middle-name", "Owen James Hartley", "Owen Hartley", "same first name"),
    ("surname-alone", "Ms Ellison", "Ruth Ellison", "surname"),
    ("surname-slip", "Mr Barkley", "Mr Barclay", "spelling"),
    ("abbreviation", "Federation of Night Workers", "FNW", "initials"),
    ("small-words", "Department for Harbours", "Department of Harbours", "small words"),
    ("body-slip", "Port Workers Federation", "Port Workers Fedaration", "spelling"),
    ("office", ("Ruth Ellison", "Harbour secretary"), "Harbour secretary", "role"),
]
NOT_OFFERED: list[tuple[str, Named, Named]] = [
    ("first-names-differ", "Owen Hartley", "Ruth Hartley"),
    ("first-names-alike", "Alan Hartley", "Alana Hartley"),
    ("his-and-hers", "Francis Hartley", "Frances Hartley"),
    ("two-known-names", "Jean Hartley", "Joan Hartley"),
    ("one-letter-short", "Owen Hunt", "Owen Hurt"),
    ("norris-morris", "Owen Morris", "Owen Norris"),
    ("father-and-son", "Owen Robert", "Owen Roberts"),
    ("surnames-differ", "Owen Hartley", "Owen Pryce"),
    ("johnson-johnston", "Owen Johns", "Owen Johnston"),
    ("initial-differs", "T. Ellison", "Ruth Ellison"),
    ("title-says-he", "Mr Ellison", "Ruth Ellison"),
    ("title-says-she", "Ms Hartley", "Owen Hartley"),
    ("role-of-another", ("Ruth Ellison", "Harbour secretary"), "Transport secretary"),
    ("shadow", ("Ruth Ellison", "Shadow harbour secretary"), "Harbour secretary"),
    ("two-bodies", "Port Workers Federation", "Dock Workers Federation"),
    ("letters-differ", "Federation of Night Workers", "FNU"),
    ("loose-years", "Mr Pryce (2015)", "Mr Pryce (2022)"),
    ("spokesman", ("Ruth Ellison", "FNU spokesman"), "FNU spokesman"),
    ("body-and-person", "Ruth Ellison", "Ellison Federation"),
]


@pytest.mark.parametrize(
    ("first", "second", "why"), [c[1:] for c in OFFERED], ids=[c[0] for c in OFFERED]
)
def test_pairs_that_may_be_one_are_offered(first: Named, second: Named, why: str) -> None:
    (offer,) = suggest_merges(debate_of(first, second, ("Nadia Quill", "Mayor")))
    assert {offer.speaker, offer.into} == {"p0", "p1"}
    assert why in offer.why[0]
    assert 0.5 < offer.score < 1


@pytest.mark.parametrize(
    ("first", "second"), [c[1:] for c in NOT_OFFERED], ids=[c[0] for c in NOT_OFFERED]
)
def test_pairs_that_are_two_are_not_offered(first: Named, second: Named) -> None:
    assert suggest_merges(debate_of(first, second)) == ()


def test_the_one_who_is_heard_more_is_kept() -> None:
    debate = debate_of("Owen Barclay", "Owen Barkley", "Ruth Ellison")
    third = debate.statements[2]
    more = replace(third, attribution=replace(third.attribution, speaker="p1"))
    (offer,) = suggest_merges(replace(debate, statements=(*debate.statements[:2], more)))
    assert (offer.speaker, offer.into) == ("p0", "p1")


def test_a_surname_that_two_bear_is_offered_to_neither() -> None:
    debate = debate_of("Mr Hartley", "Owen Hartley", "David Hartley")
    assert suggest_merges(debate) == ()


def test_the_same_role_counts_for_a_pair() -> None:
    plain = suggest_merges(debate_of("Owen Barkley", "Owen Barclay"))[0]
    same = suggest_merges(
        debate_of(("Owen Barkley", "Harbour Secretary"), ("Owen Barclay", "harbour secretary"))
    )[0]
    assert same.score > plain.score
    assert "the same role is told of both" in same.why


def test_two_parties_are_two_people() -> None:
    debate = debate_of("Owen Barkley", "Owen Barclay")
    one, other = debate.speakers
    apart = (replace(one, party="Green"), replace(other, party="Blue"))
    assert suggest_merges(replace(debate, speakers=apart)) == ()


def test_an_office_is_not_offered_to_its_holder_of_another_year() -> None:
    pair: tuple[Named, Named] = (("Ruth Ellison", "Harbour secretary"), "Harbour secretary")
    near = debate_of(*pair, dates=("2022-12-01", "2022-12-04"))
    far = debate_of(*pair, dates=("2022-12-01", "2015-12-04"))
    assert len(suggest_merges(near)) == 1
    assert suggest_merges(far) == ()


def test_two_whom_one_source_tells_apart_are_not_offered() -> None:
    debate = debate_of("Owen Davis", "Owen Davies")
    assert len(suggest_merges(debate)) == 1
    turns = tuple(
        Turn(Span(number, number + 1), speaker) for number, speaker in enumerate(debate.speakers)
    )
    first = replace(debate.documents[0], turns=turns)
    assert suggest_merges(replace(debate, documents=(first, *debate.documents[1:]))) == ()


def test_a_refusal_is_remembered_until_it_is_undone() -> None:
    debate = debate_of("Owen Barkley", "Owen Barclay")
    # Whichever way round it was said.
    refusal = Edit.create("distinct", sequence=1, time="t", speaker="p1", into="p0")
    assert suggest_merges(replace(debate, edits=(refusal,))) == ()
    undo = Edit.create("undo", sequence=2, time="t", target=refusal.id)
    assert len(suggest_merges(replace(debate, edits=(refusal, undo)))) == 1


def test_a_misspelling_in_another_article_is_offered() -> None:
    texts = (
        "Health Secretary Owen Barkley said that the demand was not affordable.",
        "Owen Barclay, the health secretary, said that the door was open.",
    )
    documents = tuple(Document.create(title=str(n), text=t) for n, t in enumerate(texts))
    speakers, statements = extract(documents)
    debate = Debate("Two", Run("0", {}, {}, {}), documents, speakers, (), statements)
    assert offered(debate) == {frozenset(("Owen Barkley", "Owen Barclay"))}


@pytest.mark.parametrize("bundled", bundled_debates(), ids=lambda b: b.id)
def test_nothing_is_offered_in_the_bundled_debates(bundled: object) -> None:
    documents = bundled.documents  # type: ignore[attr-defined]
    speakers, statements = extract(documents)
    debate = Debate("Corpus", Run("0", {}, {}, {}), documents, speakers, (), statements)
    assert len(speakers) > 5
    assert offered(debate) == set()


def test_offers_come_in_the_same_order_whatever_that_of_the_speakers() -> None:
    debate = debate_of("Owen Barkley", "Owen Barclay", "Ruth Elison", "Ruth Ellison")
    turned = replace(debate, speakers=tuple(reversed(debate.speakers)))
    assert suggest_merges(turned) == suggest_merges(debate)
    scores = [offer.score for offer in suggest_merges(debate)]
    assert scores == sorted(scores, reverse=True)


def test_an_office_without_a_name_is_offered_where_no_dates_speak_against_it() -> None:
    undated = debate_of("Harbour secretary (first source)", "Harbour secretary (second source)")
    assert [offer.why for offer in suggest_merges(undated)] == [
        ("the same office, without a name",)
    ]
    years = debate_of(
        "Harbour secretary (2015)", "Harbour secretary (2022)", dates=("2015-03-01", "2022-03-01")
    )
    assert suggest_merges(years) == ()
