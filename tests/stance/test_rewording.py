import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.stance.rewording import reworded, turned


def every(rule: object, motion: str) -> set[str | None]:
    return {rule(motion, random.Random(seed)) for seed in range(60)}  # type: ignore[operator]


def test_an_opposite_verb_turns_a_motion_round_both_ways() -> None:
    assert "We should allow whaling" in every(turned, "We should ban whaling")
    assert "Whaling should be allowed" in every(turned, "Whaling should be banned")
    assert "Whaling should be banned" in every(turned, "Whaling should be allowed")


def test_every_turned_wording_says_the_opposite() -> None:
    signs = (
        "not",
        "mistake",
        "wrong",
        "no case",
        "no reason",
        "refuse",
        "allow",
        "legalise",
        "legalize",
    )
    for wording in every(turned, "We should ban whaling"):
        assert wording is not None
        assert any(sign in wording for sign in signs), wording


def test_rewordings_keep_what_is_proposed() -> None:
    found = every(reworded, "Forced marriage should be banned")
    assert "Forced marriage should be outlawed" in found
    assert None not in found
    assert not [w for w in found if w and (" not " in w or "allowed" in w)]


@pytest.mark.parametrize("motion", ["women's colleges", "Is there pus in milk?", ""])
def test_what_no_rule_fits_is_left_alone(motion: str) -> None:
    assert every(turned, motion or "x") == {None}
    assert every(reworded, motion or "x") == {None}


@given(st.text(min_size=1, max_size=80), st.integers(0, 9))
def test_no_motion_makes_the_rules_fail(motion: str, seed: int) -> None:
    for rule in (turned, reworded):
        made = rule(motion, random.Random(seed))
        assert made is None or made.strip()
