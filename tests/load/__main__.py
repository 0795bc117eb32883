"""Many browsers on one server: ``python -m tests.load --browsers 20 --minutes 60``.

A benchmark and a check: it ends with a table, and with status 1 where anything went wrong.
"""

from __future__ import annotations

import argparse
import logging
import math
import signal
import sys
import tempfile
from pathlib import Path

from tests.load.report import faults, table
from tests.load.running import Plan, run

# One action of each person in so many seconds is what an hour of people is counted by.
_USUAL_PACE = 10.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--browsers", type=int, default=20)
    parser.add_argument(
        "--minutes", type=float, default=60.0,
        help="so many minutes' worth of actions, one each 10 s of every browser",
    )  # fmt: skip
    parser.add_argument(
        "--pace", type=float, default=_USUAL_PACE,
        help="mean seconds between two actions of one browser; less does the same in less time",
    )  # fmt: skip
    parser.add_argument("--sentences", type=int, default=40, help="of an article")
    parser.add_argument("--between", type=int, default=24, help="clicks between two articles")
    parser.add_argument("--fakes", action="store_true", help="with the models' stand-ins")
    parser.add_argument("--beside", action="store_true", help="an idle server, to compare with")
    parser.add_argument("--filled", type=Path, help="keep the stores' first state here, for reuse")
    parser.add_argument("--at-most", type=float, help="minutes after which the run is cut short")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    plan = Plan(
        browsers=given.browsers,
        actions=max(1, round(given.minutes * 60 / _USUAL_PACE)),
        pace=given.pace,
        sentences=given.sentences,
        between=given.between,
        fakes=given.fakes,
        beside=given.beside,
        seed=given.seed,
        limit=math.inf if given.at_most is None else given.at_most * 60,
    )
    # A run that is ended from outside takes its servers with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with tempfile.TemporaryDirectory(prefix="argmap-load-") as folder:
        outcome = run(plan, Path(folder), filled=given.filled)
    print(table(outcome))
    wrong = faults(outcome)
    for line in wrong:
        print("WRONG:", line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
