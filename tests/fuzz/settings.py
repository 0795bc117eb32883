"""What lies in files of the program's own that somebody else may have written."""

from __future__ import annotations

import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from argmap.bundled import bundled_debates, load_gold
from argmap.cli.inputs import columns_of, topics_of
from argmap.nlp import list_models, registry
from argmap.nlp.own_models import own_list
from argmap.nlp.zero_shot import read_settings
from argmap.resources import corpus_dir, models_dir
from argmap.sources.limits import max_bytes, max_files
from argmap.sources.robots import permits
from argmap.stance.calibration import loads as calibration
from tests.fuzz import changes, checks
from tests.fuzz.targets import Target
from tests.samples import sample_calibration


def targets() -> Iterator[Target]:
    """A target for each of them."""
    yield Target("model registry", _registry, _read_registry, small=40)
    yield Target("own models", _own, _read_own, small=40)
    yield Target("model settings", _config, _read_config, small=40)
    yield Target("bundled debate", _bundled, _read_bundled, small=15)
    yield Target("gold labels", _gold, _read_gold, small=20)
    yield Target("robots.txt", _robots, _read_robots)
    yield Target("limits in the environment", _limit, _read_limit)
    yield Target("typed motions and columns", _typed, _read_typed)


def _toml(data: bytes, chance: random.Random) -> bytes:
    return chance.choice((changes.changed, changes.relined, _other_value))(data, chance)


_VALUES = (
    "nan", "inf", "-1", "0", "1e400", "9" * 400, "true", '""', '"a"', "[]", "{}", "[1]",
    "2031-02-03", '"\\ud800"',
    '"\\u0000"', "0x", "'''", "[[]]", '{pro = 1}', '{nonsense = "a"}', "1979-05-27T07:32:00Z", "٣",
)  # fmt: skip


def _other_value(data: bytes, chance: random.Random) -> bytes:
    lines = data.decode("utf-8", "replace").split("\n")
    places = [n for n, line in enumerate(lines) if "=" in line]
    for at in chance.sample(places, k=min(len(places), chance.choice((1, 1, 2)))):
        lines[at] = f"{lines[at].partition('=')[0]}= {chance.choice(_VALUES)}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@cache
def _registry_text() -> bytes:
    return (models_dir() / "registry.toml").read_bytes()


def _registry(chance: random.Random) -> bytes:
    return _toml(_registry_text(), chance)


def _swapped(module: object, name: str, value: object, then: Callable[[], object]) -> None:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        then()
    finally:
        setattr(module, name, before)


def _read_registry(data: bytes, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "registry.toml").write_bytes(data)
        _swapped(registry, "models_dir", lambda: Path(folder), registry.registered)


_ROW = {
    "id": "mine", "title": "Mine", "task": "stance", "source": "folder", "folder": "/nowhere",
    "sha256": "0" * 64,
    "licence": "MIT", "size_mb": 1.5, "note": "A note.", "hub": "", "commit": "",
    "temperature": 1.0,
    "hypotheses": {"pro": "{motion}", "con": "{negation}"}, "labels": ["a", "b", "c"],
    "default": False,
}  # fmt: skip


def _own(chance: random.Random) -> bytes:
    hub = {**_ROW, "id": "bart-large-mnli", "source": "hub"}
    return changes.rewritten_json(json.dumps({"models": [_ROW, hub]}).encode(), chance)


def _at_home(data: bytes, then: Callable[[], object]) -> None:
    before = os.environ.get("ARGMAP_HOME")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ARGMAP_HOME"] = folder
        try:
            own_list().write_bytes(data)
            then()
        finally:
            if before is None:
                os.environ.pop("ARGMAP_HOME")
            else:
                os.environ["ARGMAP_HOME"] = before


def _read_own(data: bytes, chance: random.Random) -> None:
    _at_home(data, list_models)


def _config(chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        from argmap.stance.calibration import dumps

        return changes.rewritten_json(dumps(sample_calibration()).encode(), chance)
    base = {"architectures": ["A"], "id2label": {"0": "entailment", "1": "neutral"}, "auto_map": {}}
    return changes.rewritten_json(json.dumps(base).encode(), chance)


def _read_config(data: bytes, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.json").write_bytes(data)
        (folder / "a.safetensors").write_bytes(b"")
        # What read_calibration makes a plain message of.
        with suppress(KeyError, TypeError, ValueError, OverflowError, RecursionError):
            calibration(data.decode("utf-8", "replace"))
        read_settings(folder)


@cache
def _a_debate() -> tuple[str, bytes, bytes]:
    home = sorted(path.parent for path in corpus_dir().glob("*/debate.toml"))[0]
    gold = (home / "gold.jsonl").read_bytes().splitlines(keepends=True)
    return home.name, (home / "debate.toml").read_bytes(), b"".join(gold[:5])


def _bundled(chance: random.Random) -> bytes:
    return _toml(_a_debate()[1], chance)


def _read_bundled(data: bytes, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / _a_debate()[0]
        home.mkdir()
        (home / "debate.toml").write_bytes(data)
        bundled_debates(folder=Path(name))


def _gold(chance: random.Random) -> bytes:
    lines = _a_debate()[2].splitlines()
    at = chance.randrange(len(lines))
    lines[at] = changes.rewritten_json(lines[at], chance)
    return b"\n".join(lines)


def _read_gold(data: bytes, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        debate, table, _ = _a_debate()
        home = Path(name) / debate
        home.mkdir()
        (home / "debate.toml").write_bytes(table)
        (home / "gold.jsonl").write_bytes(data)
        load_gold(debate, folder=Path(name))


_ROBOTS = (
    b"User-agent: *\nDisallow: /a\nAllow: /a/b*$\nCrawl-delay: 2\n\n"
    b"User-agent: ArgumentMapper\nDisallow: /*?x=\nRequest-rate: 1/10m 1200-1300\n"
    b"Visit-time: 0600-0845\nSitemap: https://x.example/s.xml\nHost: x\n"
)


def _robots(chance: random.Random) -> bytes:
    return chance.choice((changes.changed, changes.relined))(_ROBOTS, chance)


def _read_robots(data: bytes, chance: random.Random) -> None:
    url = "https://x.example/" + chance.choice(("", "a", "a/b?x=%ff", "a" * 300, "%2F%zz", "é"))
    checks.hold(permits(data, url) in (True, False), "robots.txt without an answer")


_NUMBERS = (
    "", " ", "0", "-1", "1", "25", "+1", "1.5", "1e3", "nan", "inf", "٣", "²", "0x10", "1_000",
    "9" * 7, "9" * 5000,
    "1 2", "\u202e1", "1\n",
)  # fmt: skip


def _limit(chance: random.Random) -> bytes:
    text = chance.choice(_NUMBERS)
    return (text if chance.random() < 0.5 else text + chance.choice(_NUMBERS)).encode()


def _read_limit(data: bytes, chance: random.Random) -> None:
    for name, get in (("ARGMAP_MAX_FILE_MB", max_bytes), ("ARGMAP_MAX_FILES", max_files)):
        before = os.environ.get(name)
        os.environ[name] = data.decode()
        try:
            checks.hold(get() > 0, "a limit of nothing")
        finally:
            if before is None:
                os.environ.pop(name)
            else:
                os.environ[name] = before


_WORDS = (
    "a=", "Nurses should receive a larger pay rise", ".", "?", "", " ", "=", "\u0661=", "\x00",
    "\ud800", "\u202e", "a" * 70,
    "ban", "should not", "n't", "must", "The port must sleep", "text=", "speaker=", "x" * 400, "’",
    "İ", "ß", "\n", "!!",
)  # fmt: skip


def _typed(chance: random.Random) -> bytes:
    return "".join(chance.choices(_WORDS, k=chance.choice((1, 2, 3, 6)))).encode(
        "utf-8", "surrogatepass"
    )


def _read_typed(data: bytes, chance: random.Random) -> None:
    import typer

    text = data.decode("utf-8", "surrogatepass")
    for read in (columns_of, topics_of):
        try:
            read([text])
        except typer.BadParameter as error:
            checks.hold(str(error).strip(), "a message without words")
