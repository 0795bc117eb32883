"""Every number that an option takes: one in its range, or a plain message; never a traceback."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from argmap.cli import app
from tests.cli.running import MOTION, run

NUMBERS = {
    "batch": ("threshold", "workers", "block"),
    "map": ("threshold",),
    "serve": ("port",),
    "doctor": ("port",),
    "eval agreement": ("rows",),
    "bench structure": ("size",),
    "bench batch": ("statements", "motions", "workers", "kills"),
    "bench stance": ("sentences", "runs"),
}
ODD = (
    "nan", "NaN", "inf", "-inf", "-1", "-0", "0", "1e400", "1e3", "9" * 400, "9" * 5000, "٣", "²",
    "1_0",
    "0x10", "", " ", "true", "None", "1,5", "½", "\x00", "1\n", "--", "0.5", "1",
)  # fmt: skip


@cache
def whole() -> Any:
    return typer.main.get_command(app)


@cache
def options() -> tuple[tuple[str, Any], ...]:
    return tuple(_options())


def _options() -> Iterator[tuple[str, Any]]:
    for command, names in NUMBERS.items():
        found: Any = whole()
        for word in command.split():
            found = found.commands[word]
        for name in names:
            yield command, next(p for p in found.params if p.name == name)


def numeric() -> list[str]:
    """Every option of every command whose type is a number."""
    found: list[str] = []

    def walk(command: Any, path: str) -> None:
        for word, below in (getattr(command, "commands", None) or {}).items():
            walk(below, f"{path} {word}".strip())
        found.extend(
            f"{path}: {p.name}"
            for p in command.params
            if p.type_descriptor.annotation in (int, float, list[int], list[float])
        )

    walk(whole(), "")
    return found


def test_no_number_of_the_command_line_is_left_out() -> None:
    assert sorted(numeric()) == sorted(f"{c}: {n}" for c, names in NUMBERS.items() for n in names)


@given(value=st.one_of(st.sampled_from(ODD), st.text(max_size=12), st.integers().map(str)))
def test_any_number_is_in_its_range_or_is_refused(value: str) -> None:
    context = typer.Context(whole())
    for command, option in options():
        try:
            found = option.process_value(context, value)
        except typer.BadParameter as error:
            assert str(error).strip(), command  # in words
            continue
        for number in found if isinstance(found, list | tuple) else [found]:
            assert math.isfinite(number)
            assert option.min is None or number >= option.min
            assert option.max is None or number <= option.max


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "9" * 400, "²", "", "x"])
def test_a_threshold_that_is_none_is_told_before_anything_is_read(value: str) -> None:
    for command in (["map", "no-such-file"], ["batch", "no-such-file", "--out", "x"]):
        result = run(*command, "--motion", MOTION, f"--threshold={value}")
        assert result.exit_code == 2
        assert "--threshold" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("value", ["0", "65536", "-1", "nan", "1e3", "9" * 400])
def test_a_port_that_is_none_is_told(value: str) -> None:
    result = run("serve", f"--port={value}")
    assert result.exit_code == 2
    assert "--port" in result.stderr and "Traceback" not in result.stderr
