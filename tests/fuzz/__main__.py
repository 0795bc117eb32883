"""Fuzzing of every way in: ``python -m tests.fuzz --inputs 1000000 --seed 0 --jobs 2``.

Each input follows from the seed, its target's name and its number, so that a run can be stopped
and gone on with, and one input be tried again: ``python -m tests.fuzz --only csv --at 1234``.
What broke is kept in the folder of the run with the trace, one file a kind.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import json
import math
import re
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.guard import watched
from tests.fuzz.targets import SHARES, Target, every

_SECONDS = 4
_HUNG = 120
_DIGITS = re.compile(r"0x[0-9a-f]+|\d+")


def main(argv: Sequence[str]) -> int:
    """Run, and print what came of it; 1 where something broke."""
    options = _parser().parse_args(argv)
    targets = every()
    if options.only:
        targets = {name: targets[name] for name in options.only}
    if options.at is not None:
        return _again(next(iter(targets.values())), options)
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    if options.part is not None:
        _work(targets, options, folder)
        return 0
    parts = range(options.jobs)
    command = [sys.executable, "-m", "tests.fuzz", *argv]
    waiting = {part: subprocess.Popen([*command, "--part", str(part)]) for part in parts}
    while waiting:
        time.sleep(1)
        for part, child in list(waiting.items()):
            if child.poll() is None:
                continue
            del waiting[part]
            if child.returncode:  # a crash or a hang that no exception can tell of
                _died(folder, part, child.returncode, jobs=options.jobs)
                waiting[part] = subprocess.Popen([*command, "--part", str(part)])
    return _report(targets, folder, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="how many in all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--folder", default="/tmp/argmap-fuzz", help="state, log and what broke")
    parser.add_argument("--only", nargs="*", metavar="TARGET", help="these alone")
    parser.add_argument("--at", type=int, help="try one input of the target in --only again")
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    return parser


def _again(target: Target, options: argparse.Namespace) -> int:
    data = target.input(options.seed, options.at)
    sys.stdout.flush()
    print(repr(data))
    with watched(programs=target.programs):
        print(target.tried(data, seed=options.seed, number=options.at))
    return 0


def counts(targets: dict[str, Target], inputs: int) -> dict[str, int]:
    """How many inputs each target gets."""
    whole = sum(SHARES[name] for name in targets)
    return {name: math.ceil(inputs * SHARES[name] / whole) for name in targets}


# --- one process -----------------------------------------------------------------------------


def _work(targets: dict[str, Target], options: argparse.Namespace, folder: Path) -> None:
    """Try what of this part was not tried before; the targets in turn, a piece at a time."""
    state = folder / f"state-{options.part}.json"
    done: dict[str, dict[str, float]] = json.loads(state.read_text()) if state.exists() else {}
    wanted = counts(targets, options.inputs)
    now = folder / f"now-{options.part}"
    for name in targets:
        done.setdefault(name, {"next": 0, "read": 0, "refused": 0, "broke": 0, "seconds": 0.0})
    while left := [name for name in targets if done[name]["next"] * options.jobs < wanted[name]]:
        for name in left:
            _piece(targets[name], done[name], wanted[name], options, folder, now)
            state.with_suffix(".partial").write_text(json.dumps(done))
            state.with_suffix(".partial").replace(state)
    with contextlib.suppress(FileNotFoundError):
        now.unlink()


def _piece(
    target: Target,
    own: dict[str, float],
    wanted: int,
    options: argparse.Namespace,
    folder: Path,
    now: Path,
) -> None:
    begun = time.monotonic()
    before = dict(own)
    with now.open("wb", buffering=0) as file:
        while True:
            number = int(own["next"]) * options.jobs + options.part
            if number >= wanted or time.monotonic() - begun > _SECONDS:
                break
            own["next"] += 1
            file.seek(0)
            file.write(json.dumps([target.name, number]).encode().ljust(200))
            faulthandler.dump_traceback_later(_HUNG, exit=True)
            data = target.input(options.seed, number)
            try:
                with watched(programs=target.programs):
                    own[target.tried(data, seed=options.seed, number=number)] += 1
            except Exception as error:
                own["broke"] += 1
                keep(folder, target.name, number, data, error)
            faulthandler.cancel_dump_traceback_later()
    own["next"] = max(own["next"], before["next"] + (1 if number >= wanted else 0))
    own["seconds"] += time.monotonic() - begun


def kind_of(error: BaseException) -> str:
    """What tells one fault from another: the type, where it was raised, and the words of it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/argmap/" in f.filename] or list(frames)
    at = f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else "?"
    said = (
        _DIGITS.sub("N", str(error)).partition(": ")[0] if isinstance(error, AssertionError) else ""
    )
    return ascii(f"{type(error).__name__} in {at} {said[:70]}".strip())[1:-1]


def keep(folder: Path, target: str, number: int, data: bytes, error: BaseException) -> None:
    """Keep an input that broke something, the shortest of its kind."""
    kind = kind_of(error)
    name = re.sub(r"\W+", "-", f"{target} {kind}")[:120]
    at = folder / "faults"
    at.mkdir(exist_ok=True)
    with (folder / "faults.log").open("a", encoding="utf-8") as log:
        log.write(json.dumps([target, kind, number]) + "\n")
    path = at / name
    if path.exists() and path.stat().st_size <= len(data):
        return
    path.write_bytes(data)
    trace = "".join(traceback.format_exception(error))
    path.with_name(f"{name}.txt").write_text(
        f"{target} {number}\n{trace}\n{data[:3000]!r}\n", encoding="utf-8", errors="replace"
    )


def _died(folder: Path, part: int, code: int, *, jobs: int) -> None:
    """Write down the input at which a process died, and pass over it."""
    target, number = json.loads((folder / f"now-{part}").read_bytes())
    with (folder / "faults.log").open("a", encoding="utf-8") as log:
        log.write(json.dumps([target, f"the process died ({code})", number]) + "\n")
    print(f"{target} {number}: the process died ({code})", file=sys.stderr)
    state = folder / f"state-{part}.json"
    done = json.loads(state.read_text()) if state.exists() else {}
    own = done.setdefault(target, {"next": 0, "read": 0, "refused": 0, "broke": 0, "seconds": 0.0})
    own["next"] = max(own["next"], number // jobs + 1)
    own["broke"] += 1
    state.write_text(json.dumps(done))


# --- what came of it -------------------------------------------------------------------------


def _report(targets: dict[str, Target], folder: Path, options: argparse.Namespace) -> int:
    states = [json.loads(path.read_text()) for path in sorted(folder.glob("state-*.json"))]
    print("| target | inputs | read | refused | broke | ms each |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    total: Counter[str] = Counter()
    for name in targets:
        own: Counter[str] = Counter()
        for state in states:
            own.update(state.get(name, {}))
        inputs = int(own["read"] + own["refused"] + own["broke"])
        each = 1000 * own["seconds"] / inputs if inputs else 0.0
        total.update({"inputs": inputs, **{key: own[key] for key in ("read", "refused", "broke")}})
        print(
            f"| {name} | {inputs:,} | {int(own['read']):,} | {int(own['refused']):,} "
            f"| {int(own['broke']):,} | {each:.1f} |"
        )
    print(
        f"| all, seed {options.seed} | {total['inputs']:,} | {int(total['read']):,} "
        f"| {int(total['refused']):,} | {int(total['broke']):,} | |"
    )
    log = folder / "faults.log"
    if log.exists():
        kinds: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], int] = {}
        for line in log.read_text(encoding="utf-8").splitlines():
            target, kind, number = json.loads(line)
            kinds[target, kind] += 1
            first.setdefault((target, kind), number)
        print()
        for (target, kind), times in kinds.most_common():
            print(f"{times:6,} x {target}: {kind} (at {first[target, kind]})")
    return 1 if total["broke"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
