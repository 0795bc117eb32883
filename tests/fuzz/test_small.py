"""A few hundred inputs for every way in, in seconds; ``python -m tests.fuzz`` tries millions."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from argmap.errors import SourceError
from tests.fuzz import checks, guard
from tests.fuzz.targets import READ, REFUSED, SHARES, every

TARGETS = every()


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_is_read_or_refused_in_plain_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "SECONDS", 60.0)  # nothing is timed here; late imports take a while
    target = TARGETS[name]
    came_to = set()
    for number in range(target.small):
        data = target.input(20, number)
        with guard.watched(programs=target.programs):
            came_to.add(target.tried(data, seed=20, number=number))
    assert came_to <= {READ, REFUSED}
    # Inputs that are all refused at the door, or all harmless, would try nothing.
    if target.small >= 40 and name not in ("robots.txt", "address of a view"):
        assert READ in came_to


def test_every_target_has_a_share_of_the_inputs() -> None:
    assert set(SHARES) == set(TARGETS)


def test_an_input_is_made_again_from_its_number() -> None:
    for target in TARGETS.values():
        assert target.input(3, 7) == target.input(3, 7)


@pytest.mark.parametrize(
    ("what", "error"),
    [
        (lambda: Path("/proc/self/comm").write_text("x"), guard.TrespassError),
        (lambda: subprocess.run([sys.executable, "-c", ""], check=True), guard.TrespassError),
        (lambda: warnings.warn("odd", UserWarning, stacklevel=1), UserWarning),
    ],
)
def test_the_guard_tells_what_no_reader_may_do(what: object, error: type[BaseException]) -> None:
    with pytest.raises(error), guard.watched():
        what()  # type: ignore[operator]


def test_the_guard_tells_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS", 0.01)
    with pytest.raises(guard.OverrunError), guard.watched():
        sum(range(3_000_000))


def test_a_message_that_says_nothing_to_do_is_told() -> None:
    checks.message(SourceError("a.txt", "the file is empty.", "Choose a file that holds text."))
    with pytest.raises(checks.BrokenError, match="without a remedy"):
        checks.message(SourceError("a.txt", "the file is empty.", "It is a pity."))
