"""A PostgreSQL server of our own for the tests, where Debian's is installed."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

USER, PASSWORD = "argmap", "correct-horse"
_START_SECONDS = 120
_NUMBERS = itertools.count(1)
# Nothing that these tests keep has to outlive them.
_SETTINGS = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB",
    "max_connections=40", "listen_addresses=127.0.0.1",
)  # fmt: skip


@dataclass(frozen=True)
class Server:
    """A running server, whose one user is ``USER`` with ``PASSWORD``."""

    port: int
    folder: Path

    def url(self, database: str = "postgres", *, password: str = PASSWORD) -> str:
        """The address of one of its databases, as users write it."""
        address = sa.URL.create("postgresql", USER, password, "127.0.0.1", self.port, database)
        return address.render_as_string(hide_password=False)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of an empty database, until the block ends."""
        name = f"t{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run statements outside any transaction; the rows of the last."""
        engine = sa.create_engine(
            sa.make_url(self.url(database)).set(drivername="postgresql+psycopg"),
            isolation_level="AUTOCOMMIT",
            poolclass=sa.pool.NullPool,
        )
        rows: list[tuple[object, ...]] = []
        with engine.connect() as connection:
            for statement in statements:
                result = connection.exec_driver_sql(statement)
                rows = [tuple(row) for row in result] if result.returns_rows else []
        return rows


def binaries() -> Path | None:
    """The folder of the newest server that is installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(part) for part in re.findall(r"\d+", path.parts[-3])],
    )
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


def _as_nobody() -> list[str] | None:
    """What goes before a command so that it does not run as root; ``None`` where it cannot."""
    if os.geteuid() != 0:
        return []
    for user in ("postgres", "nobody"):
        done = subprocess.run(["id", "-g", user], capture_output=True, text=True)
        if done.returncode == 0 and shutil.which("setpriv"):
            return [
                "setpriv",
                f"--reuid={user}",
                f"--regid={done.stdout.strip()}",
                "--clear-groups",
            ]
    return None


def missing() -> str | None:
    """Why no server can be started here; ``None`` where one can."""
    if binaries() is None:
        return "PostgreSQL is not installed: apt-get install postgresql"
    if _as_nobody() is None:
        return "PostgreSQL does not run as root, and setpriv or another user is missing"
    return None


@contextmanager
def started() -> Iterator[Server]:
    """A fresh server on a free port, until the block ends."""
    tools, before = binaries(), _as_nobody()
    assert tools is not None and before is not None
    # Not in pytest's folder, which only its own user may enter.
    folder = Path(tempfile.mkdtemp(prefix="argmap-postgres-"))
    folder.chmod(0o777)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    data = folder / "data"
    try:
        subprocess.run(
            [
                *before, str(tools / "initdb"), "-D", str(data), "-U", USER, "-E", "UTF8",
                "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync",
            ],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        options = [part for setting in _SETTINGS for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *before, str(tools / "postgres"), "-D", str(data), "-p", str(port),
                    "-k", str(folder), *options,
                ],
                stdout=log, stderr=subprocess.STDOUT, cwd=folder,
            )  # fmt: skip
        server = Server(port, folder)
        try:
            _wait(server, process)
            yield server
        finally:
            process.send_signal(2)  # the fast way down: no waiting for who is connected
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.run("SELECT 1")
            return
        except sa.exc.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                log = (server.folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
            time.sleep(0.1)
