import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import MotionError
from argmap.stance import make_topic, negate


@pytest.mark.parametrize(
    ("motion", "expected"),
    [
        ("Nurses should be paid more.", "Nurses should not be paid more."),
        ("Nurses should not be paid more.", "Nurses should be paid more."),
        ("The state cannot afford it.", "The state can afford it."),
        ("The state can afford it.", "The state cannot afford it."),
        ("Britain must spend more.", "Britain must not spend more."),
        ("Assisted dying is humane.", "Assisted dying is not humane."),
        ("Taxes are not too high.", "Taxes are too high."),
        ("More nurses leave every year.", "It is wrong that more nurses leave every year."),
    ],
)
def test_negate_turns_the_proposition_round(motion: str, expected: str) -> None:
    assert negate(motion) == expected


def test_make_topic_completes_the_sentence_and_shows_both_readings() -> None:
    topic = make_topic("  nurses   should be paid more ")
    assert topic.motion == topic.pro == "Nurses should be paid more."
    assert topic.con == "Nurses should not be paid more."
    assert topic.title == "Nurses should be paid more"


def test_make_topic_keeps_the_users_id_and_title() -> None:
    topic = make_topic("Nurses should be paid more.", id="pay", title="Nurse pay")
    assert (topic.id, topic.title) == ("pay", "Nurse pay")


@pytest.mark.parametrize(
    ("motion", "words"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("Nurses", "too short"),
        ("Nurse pay", "too short"),
        ("!!! ???? ...", "too short"),
        ("Should nurses be paid more?", "question"),
        ("Nurses should " + "really " * 60 + "be paid more.", "limit is 300"),
    ],
)
def test_make_topic_refuses_what_is_no_proposition(motion: str, words: str) -> None:
    with pytest.raises(MotionError, match=words):
        make_topic(motion)


@given(st.text(max_size=400))
def test_make_topic_either_gives_a_topic_or_a_motion_error(motion: str) -> None:
    try:
        topic = make_topic(motion)
    except MotionError:
        return
    assert topic.motion[-1] in ".!"
    assert topic.con != topic.pro
    assert make_topic(topic.motion) == topic
