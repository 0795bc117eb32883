"""The dashboard with stand-ins for the models, telling which step of a write it is in.

What it tells lies in a file mapped into memory, which outlives a killed process. Checkpoints come
every few pages rather than every thousand, so that a kill can hit one.
"""

from __future__ import annotations

import mmap
import os
import runpy
from pathlib import Path
from typing import Any

import sqlalchemy as sa

#: The file's only byte: no write, a transaction under way, or its COMMIT.
IDLE, WRITING, COMMITTING = range(3)
_DONE = "argmap_tells_its_step"


def tell(path: Path) -> None:
    """Write the step that this process is in into ``path``, from now on."""
    with path.open("r+b") as file:
        step = mmap.mmap(file.fileno(), 1)

    @sa.event.listens_for(sa.Engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("argmap_write"):
            step[0] = WRITING

    @sa.event.listens_for(sa.Engine, "commit")
    def commit(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("argmap_write"):
            step[0] = COMMITTING

    @sa.event.listens_for(sa.Pool, "checkin")
    def checkin(_connection: object, _record: object) -> None:
        step[0] = IDLE

    @sa.event.listens_for(sa.Pool, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA wal_autocheckpoint = 4")


if __name__ == "__main__":
    # Streamlit runs this file for every click.
    if _DONE not in os.environ:
        os.environ[_DONE] = "1"
        tell(Path(os.environ["ARGMAP_STEPS"]))
    runpy.run_path(
        str(Path(__file__).parents[1] / "browser" / "serve_empty.py"), run_name="__main__"
    )
