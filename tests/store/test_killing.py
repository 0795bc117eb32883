"""A few kills of a real dashboard; ``python -m tests.store.killing`` does as many as one likes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.store.conftest import SQLITE
from tests.store.killing import LostError, kill_again_and_again, report
from tests.store.readers import Corrector

# What is looked at here is SQLite's file.
pytestmark = [
    SQLITE,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="servers are forked"),
    pytest.mark.timeout(600),
]


def test_a_killed_dashboard_has_lost_nothing_that_it_promised(home: Path) -> None:
    home.parent.mkdir(parents=True)
    known = kill_again_and_again(2, seed=11, home=home)
    assert known.counts["corrections"] > 0
    assert sum(known.steps[step] for step in known.steps if step.startswith(("between", "inside")))
    assert '"kills": 2' in report(known, 2, 11)


def test_a_promise_that_was_not_kept_is_found_out(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness itself: a reader that was told more than the log holds is believed."""
    home.parent.mkdir(parents=True)
    answered = Corrector.answered

    def twice(reader: Corrector) -> None:
        told = reader.pending
        answered(reader)
        assert told is not None
        reader.told.append(told)

    monkeypatch.setattr(Corrector, "answered", twice)
    with pytest.raises(LostError, match="but the log has"):
        kill_again_and_again(1, seed=1, home=home)
