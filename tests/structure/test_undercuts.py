"""Wording that denies bearing, and wording that only looks like it."""

import pytest

from argmap.structure.undercuts import denies_bearing


@pytest.mark.parametrize(
    "text",
    [
        "That is no reason to cut the rise.",
        "It is not a good enough reason for closing the ward.",
        "Those figures are hardly an argument against the bill.",
        "Even if that is so, it does not follow that pay should rise.",
        "However, that does not mean that lights should be switched off.",
        "That doesn’t necessarily mean we should wait.",
        "That argument is beside the point.",
        "The minister misses the point.",
        "His figure has nothing to do with the ferries.",
        "The number measures what goes in, not what comes out.",
        "Those two things are not connected.",
        "I see no link at all between that loss and the database.",
        "That is not the same as devolution.",
        "This is a red herring.",
        "We are not comparing like with like.",
        "That statistic tells us nothing.",
    ],
)
def test_denies_bearing_finds_undercuts(text: str) -> None:
    assert denies_bearing(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "There is no reason to wait.",
        "That is not the only reason why people are relieved.",
        "I see no reason why those names should not be acceptable.",
        "This is a different matter that I want to raise.",
        "The Bill says nothing about people traffickers.",
        "They did not follow their own rules.",
        "Even if they escape, the door is shut.",
        "Zones that are not linked up as a network do nothing.",
        "Pay is the reason that nurses leave.",
    ],
)
def test_denies_bearing_passes_over_what_only_looks_like_it(text: str) -> None:
    assert not denies_bearing(text)
