"""What the model's spans say about sentences, and how rule and model are weighed."""

from __future__ import annotations

import pytest

from argmap.nlp import AttributionSpans, FakeAttributor
from argmap.records import Document, Span, Statement
from argmap.statements import extract
from argmap.statements.attributions import Claim
from argmap.statements.evidence import covering, model_claims, weigh
from argmap.statements.phrases import Mention
from argmap.statements.stretches import read_stretch


def spans(text: str, source: str | None, cue: str, *contents: str) -> AttributionSpans:
    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return AttributionSpans(
        at(cue), None if source is None else at(source), tuple(at(c) for c in contents), 0.9
    )


def claims(text: str, *found: AttributionSpans) -> list[Claim | None]:
    sentences, _ = read_stretch(text, Span(0, len(text)))
    return model_claims(sentences, found, threshold=0.5)


def test_a_sentence_that_is_mostly_content_is_claimed() -> None:
    text = "The mayor is keen to see the ferry go. Rain fell."
    first, second = claims(text, spans(text, "The mayor", "is keen", "to see the ferry go"))
    assert first is not None and first.source is not None
    assert (first.source.name, first.cue, first.method) == ("mayor", "is keen", "indirect")
    assert first.confidence == pytest.approx(0.9)
    assert second is None


def test_a_sentence_with_a_word_of_content_is_not() -> None:
    text = "Despite what Ann Kettle calls delays, the harbour board built the pier in a year."
    assert claims(text, spans(text, "Ann Kettle", "calls", "delays")) == [None]


def test_a_content_over_several_sentences_claims_each_of_them() -> None:
    text = "Ann Kettle was blunt. The ferry leaks. The pier is rotten."
    found = spans(text, "Ann Kettle", "blunt", "The ferry leaks. The pier is rotten")
    first, second, third = claims(text, found)
    assert first is None
    assert second is not None and third is not None
    assert second.source == third.source
    assert (second.origin, third.origin) == (0, 0)


def test_the_writers_own_voice_is_nobody_elses() -> None:
    text = "We are sure that the ferry leaks."
    assert claims(text, spans(text, "We", "sure", "that the ferry leaks")) == [None]


def test_a_holder_that_nobody_names_is_reported_and_uncertain() -> None:
    text = "There is a hope that the ferry will sail."
    (claim,) = claims(text, spans(text, None, "hope", "that the ferry will sail"))
    assert claim is not None
    assert (claim.source, claim.reported, claim.confidence) == (None, True, 0.5)


def test_a_name_that_no_rule_knows_is_taken_from_its_capitals() -> None:
    text = "The pier, in Zorvane Quill’s telling, is rotten to the core."
    (claim,) = claims(text, spans(text, "Zorvane Quill", "telling", "is rotten to the core"))
    assert claim is not None and claim.source is not None
    assert claim.source.name == "Zorvane Quill"


def test_what_the_source_says_another_believes_is_reported() -> None:
    text = "Ann Kettle is aware that Bo Brandt says that the ferry leaks."
    found = spans(text, "Ann Kettle", "is aware", "that Bo Brandt says that the ferry leaks")
    (claim,) = claims(text, found)
    assert claim is not None and claim.reported


def test_covering_prefers_the_attribution_that_covers_more() -> None:
    text = "Ann Kettle hopes and Bo Brandt insists that the ferry will sail on Monday."
    wide = spans(text, "Bo Brandt", "insists", "that the ferry will sail on Monday")
    narrow = spans(text, "Ann Kettle", "hopes", "on Monday")
    sentences, _ = read_stretch(text, Span(0, len(text)))
    assert covering(sentences, [narrow, wide]) == [wide]


MINE = Mention(Span(0, 3), "person", "Ann")
OTHER = Mention(Span(20, 22), "person", "Bo")
RULE = Claim(MINE, 0, "indirect", "said", 0.85)
QUOTE = Claim(MINE, 0, "quote", "said", 0.95)


def test_weigh_takes_what_only_one_says_where_it_may() -> None:
    model = Claim(OTHER, 0, "indirect", "mused", 0.7)
    assert weigh(None, model, threshold=0.5) is model
    assert weigh(None, model, threshold=0.8) is None
    assert weigh(None, None, threshold=0.5) is None
    assert weigh(QUOTE, None, threshold=0.5) is QUOTE
    assert weigh(RULE, None, threshold=0.5) is None


def test_weigh_keeps_a_rule_whose_source_the_model_gives_a_part_of_the_sentence() -> None:
    part = Claim(MINE, 0, "indirect", "said", 0.9)
    assert weigh(RULE, None, part, threshold=0.5) is RULE
    assert weigh(RULE, None, Claim(OTHER, 0, "indirect", "said", 0.9), threshold=0.5) is None
    assert weigh(RULE, None, Claim(MINE, 0, "indirect", "said", 0.3), threshold=0.5) is None


def test_two_cues_of_one_source_cover_a_sentence_together() -> None:
    text = "He accused the board of sloth as he blamed the mayor for the wreck of the ferry."
    first = spans(text, "He", "accused", "the board of sloth")
    second = spans(text, "he", "blamed", "the mayor for the wreck")
    sentences, _ = read_stretch(text, Span(0, len(text)))
    assert covering(sentences, [first]) == [None]
    assert covering(sentences, [first, second]) == [first]


def test_weigh_agreeing_claims_keep_the_rule_and_the_surer_confidence() -> None:
    model = Claim(MINE, 0, "indirect", "said", 0.97)
    claim = weigh(RULE, model, threshold=0.5)
    assert claim is not None
    assert (claim.source, claim.method, claim.confidence) == (MINE, "indirect", 0.97)


def test_weigh_leaves_hearsay_to_the_rules_and_hears_a_sure_model_on_the_source() -> None:
    hearsay = Claim(None, -1, "indirect", "was reported to", 0.5, reported=True)
    model = Claim(OTHER, 0, "indirect", "was reported to", 0.97)
    assert weigh(hearsay, model, threshold=0.5) is hearsay
    assert weigh(hearsay, None, threshold=0.5) is hearsay
    assert weigh(RULE, model, threshold=0.5) is model
    weak = Claim(OTHER, 0, "indirect", "said", 0.3)
    assert weigh(RULE, weak, threshold=0.5) is RULE


def test_a_turn_is_never_given_to_the_model() -> None:
    class Refusing(FakeAttributor):
        def find(self, texts, **_):  # type: ignore[no-untyped-def]
            raise AssertionError("a speech has its speaker")

    from argmap.records import Speaker, Turn

    text = "The pier is safe. Ann Kettle is adamant that it is not."
    document = Document.create(
        title="Debate",
        text=text,
        kind="transcript",
        turns=(Turn(Span(0, len(text)), Speaker("bo", "Bo Brandt")),),
    )
    assert len(extract([document], attributor=Refusing())[1]) == 2


def test_extract_hears_the_model_where_no_rule_does() -> None:
    text = "Ann Kettle is adamant that the ferry leaks.\n\nThe board met. Ann Kettle was there."
    document = Document.create(title="News", text=text)
    _, without = extract([document])
    speakers, with_model = extract([document], attributor=FakeAttributor())
    first: Statement = with_model[0]
    assert without[0].speaker is None
    assert [s.name for s in speakers if s.id == first.speaker] == ["Ann Kettle"]
    assert (first.attribution.cue, first.attribution.confidence) == ("is adamant", 0.8)
    assert with_model[1:] == without[1:]
