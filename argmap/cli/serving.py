"""``argmap serve``."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, NoReturn

import typer

from argmap.cli.apps import app
from argmap.errors import InputError
from argmap.resources import app_file

_SECONDS_TO_STOP = 5.0


@app.command()
def serve(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port to listen on; the first free from 8501."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the dashboard in a browser.")] = True,
) -> None:
    """Open the dashboard, on this machine only."""
    page = app_file()
    if not page.is_file():
        raise InputError(f"{page}: The dashboard is missing. Install Argument Mapper again.")
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += ["--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    command += ["--server.headless", "false" if browser else "true"]
    if port is not None:
        command += ["--server.port", str(port)]
    raise typer.Exit(_run(command))


def _run(command: Sequence[str]) -> int:
    """Run until it ends or is interrupted; whatever stops us stops it too."""

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    child = subprocess.Popen(command)  # nosec B603 # our own words and a checked number
    try:
        return child.wait()
    except KeyboardInterrupt:
        # A terminal interrupts the child as well, which then ends in its own time.
        with suppress(subprocess.TimeoutExpired):
            child.wait(_SECONDS_TO_STOP)
        return 0
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(_SECONDS_TO_STOP)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                child.kill()
        signal.signal(signal.SIGTERM, before)
