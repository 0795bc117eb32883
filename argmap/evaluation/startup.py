"""Seconds from nothing to the first answer, and the memory it takes, each in a fresh process."""

from __future__ import annotations

import json
import platform
import re
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from argmap.errors import ArgmapError

_PAIR = ("Nurses deserve a larger pay rise.", "Nurses should receive a larger pay rise.")
PEER = "zero-shot pipeline"


@dataclass(frozen=True, slots=True)
class Startup:
    """Seconds of each step of one way, and its greatest resident memory."""

    way: str
    imports: float
    load: float
    first: float
    megabytes: float


def measure(way: str) -> Startup:
    """Start in this process, which has to be a fresh one.

    Args:
        way: a precision, or ``PEER``.
    """
    times = [time.perf_counter()]
    if way == PEER:
        import transformers  # noqa: F401

        times.append(time.perf_counter())
        from argmap.evaluation.peers import pipeline_peer

        peer = pipeline_peer()
        times.append(time.perf_counter())
        peer([_PAIR[0]], _PAIR[1])
    else:
        from argmap.nlp import classifier

        times.append(time.perf_counter())
        model = classifier.load_classifier(precision=way)
        times.append(time.perf_counter())
        model.predict_proba([_PAIR])
    times.append(time.perf_counter())
    begun, imported, loaded, answered = times
    return Startup(way, imported - begun, loaded - imported, answered - loaded, _peak())


def _peak() -> float:
    """Greatest resident memory of this process, in 10^6 bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says on Linux counts what the parent held when it started this.
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if found is not None:
            return int(found[1]) * 1024 / 1e6
    unit = 1 if platform.system() == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measure_apart(way: str) -> Startup:
    """``measure`` in a fresh process.

    Raises:
        ArgmapError: the process failed.
    """
    done = subprocess.run(  # nosec B603 # our own module, with its own arguments
        [sys.executable, "-m", "argmap.evaluation.startup", way],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ArgmapError(f"Starting {way} failed. {done.stderr.strip()[-500:]}")
    return Startup(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(measure(sys.argv[1]))))
