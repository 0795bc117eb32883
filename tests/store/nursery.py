"""Servers that start at once: a process that has imported everything forks one for each line.

A line of standard input is ``start PORT`` or ``ended PID``; the answer is the server's process,
or nothing but an empty line once it is gone.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.browser.conftest import ROOT, free_port

SCRIPT = Path(__file__).with_name("serve_killed.py")
_START_SECONDS = 90.0


@dataclass(frozen=True)
class Nursery:
    """The process that forks."""

    process: subprocess.Popen[str]

    def _ask(self, line: str) -> str:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def start(self) -> tuple[int, int]:
        """Start a server and wait for it; its process and port."""
        port = free_port()
        process = int(self._ask(f"start {port}"))
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                    return process, port
            except (urllib.error.URLError, OSError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def ended(self, process: int) -> None:
        """Wait until a server that was killed is gone."""
        self._ask(f"ended {process}")


@contextmanager
def nursery(home: Path, steps: Path) -> Iterator[Nursery]:
    """A nursery whose servers keep their debates in ``home``."""
    log = home.parent / "servers.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.nursery"],
            cwd=ROOT,
            env={**os.environ, "ARGMAP_HOME": str(home), "ARGMAP_STEPS": str(steps)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        ) as process,
    ):
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


def _serve(port: int) -> None:
    from streamlit.web import bootstrap

    options = {
        "server.headless": True,
        "server.address": "127.0.0.1",
        "server.port": port,
        "browser.gatherUsageStats": False,
    }
    os.dup2(2, 1)  # the answers' own way is not for what the server prints
    bootstrap.load_config_options(options)
    bootstrap.run(str(SCRIPT), False, [], options)


def main() -> None:
    # All that a page imports: what is in memory already need not be read again.
    import_module("streamlit.web.bootstrap")
    for room in ("charts", "corrections", "dashboard", "export", "structure"):
        package = import_module(f"argmap.{room}")
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    from argmap.charts import balance_figure
    from tests.dashboard.debates import make_debate

    balance_figure(make_debate()).to_json()  # Plotly loads its parts when they are first used
    runpy.run_path(str(SCRIPT), run_name="imported")
    for line in sys.stdin:
        order, _, number = line.strip().partition(" ")
        if order == "start":
            child = os.fork()
            if child == 0:
                _serve(int(number))
                os._exit(0)
            print(child, flush=True)
        else:
            os.waitpid(int(number), 0)
            print(flush=True)


if __name__ == "__main__":
    main()
