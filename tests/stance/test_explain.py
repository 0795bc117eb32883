import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.nlp import FakeClassifier, PairClassifier
from argmap.records import Statement
from argmap.stance import explain, make_topic
from argmap.stance.rewording import rewordings, turnings

TOPIC = make_topic("Nurses should receive a larger pay rise.", id="pay")


def said(text: str, context: str = "") -> Statement:
    return Statement("u1", "d1", 0, len(text), text, context=context)


def test_the_word_that_makes_the_label_weighs_most() -> None:
    found = explain(said("Nurses never deserve it."), TOPIC, classifier=FakeClassifier())
    assert found.best == found.stance.label == "con"
    heaviest = max(found.words, key=lambda word: word.weight)
    # Without "never" the stand-in reads a side for; without "Nurses", none at all.
    assert {heaviest.text} <= {"never", "Nurses"}
    assert [w.text for w in found.words] == ["Nurses", "never", "deserve", "it"]
    assert {w.text for w in found.words if w.weight < 0.01} == {"deserve", "it"}


def test_words_are_asked_in_one_call_and_counted_once() -> None:
    classifier = FakeClassifier()
    explain(said("Nurses never deserve it."), TOPIC, classifier=classifier)
    wordings = len(rewordings(TOPIC.motion)[:6]) + len(turnings(TOPIC.motion)[:6])
    assert classifier.calls == 2 + (4 + 3 + 2) + wordings


def test_two_words_that_only_count_together_are_one_phrase() -> None:
    found = explain(said("Nurses and more nurses deserve it."), TOPIC, classifier=FakeClassifier())
    # Either "Nurses" alone is enough for the stand-in, so neither word alone carries the label;
    # no phrase of three words holds both without the other words between.
    assert all(word.weight == 0 for word in found.words)
    found = explain(said("Nurses, nurses!"), TOPIC, classifier=FakeClassifier())
    assert [phrase.text for phrase in found.phrases] == ["Nurses, nurses"]


def test_a_reader_of_words_alone_holds_under_rewording_and_fails_to_turn() -> None:
    found = explain(said("Nurses deserve a rise."), TOPIC, classifier=FakeClassifier())
    assert found.steady
    turned = [asked for asked in found.wordings if asked.kind == "opposite"]
    assert turned and not any(asked.holds for asked in turned)


def test_the_words_before_are_left_out_once_where_there_are_any() -> None:
    assert explain(said("It must."), TOPIC, classifier=FakeClassifier()).alone is None
    found = explain(said("It must.", "Nurses asked."), TOPIC, classifier=FakeClassifier())
    assert found.alone is not None and found.alone.label == "none"


@given(st.text(max_size=60))
def test_every_word_is_where_it_is_said_to_be(text: str) -> None:
    found = explain(said(text), TOPIC, classifier=FakeClassifier())
    for weight in (*found.words, *found.phrases):
        assert text[weight.span.start : weight.span.end] == weight.text
        assert -1 <= weight.weight <= 1
    ends = [word.span.end for word in found.words]
    assert ends == sorted(ends)


def test_rewordings_end_as_the_motion_ends_and_leave_it_out() -> None:
    for rule in (rewordings, turnings):
        every = rule(TOPIC.motion)
        assert len(every) >= 3
        assert TOPIC.motion not in every
        assert all(text.endswith((".", "?")) for text in every)
    assert rewordings("women's colleges") == ()


@pytest.mark.model
def test_the_shipped_model_is_explained(classifier: PairClassifier) -> None:
    sentence = said("Nurses should not get a larger pay rise because the money is not there.")
    found = explain(sentence, TOPIC, classifier=classifier)
    assert abs(found.stance.pro + found.stance.con + found.stance.none - 1) < 1e-3
    assert any(abs(word.weight) > 0.01 for word in found.words)
