"""The same sentence in other debates on the same motion."""

from __future__ import annotations

from dataclasses import replace

from argmap.store import SameSentence, Store
from tests.structure import builders

ROWS = (("a", "pro", 0.9), ("b", "con", 0.9), ("c", "none", 0.9))


def test_other_debates_on_the_same_motion_are_looked_through() -> None:
    here = builders.debate(*ROWS[:2], texts=("Pay is too low.", "It costs."))
    there = builders.debate(*ROWS, texts=("It works.", "“Pay is too low”", "Pay is too low."))
    topic = replace(here.topics[0], id="other", motion="Nurses should strike.")
    elsewhere = replace(there, title="Strikes", topics=(topic,), stances=())
    with Store() as store:
        own = store.save(here)
        other = store.save(replace(there, title="Pay again"))
        store.save(elsewhere)
        motion = here.topics[0].motion.upper()
        assert store.same_sentence(motion, "Pay is too low", but=own) == (
            SameSentence(other, "Pay again", "pay", ("b", "c")),
        )
        both = store.same_sentence(motion, "Pay is too low")
        assert {found.session for found in both} == {own, other}
        assert store.same_sentence(motion, "Nobody said this.", but=own) == ()
