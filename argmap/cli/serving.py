"""``argmap serve``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from urllib.parse import urlsplit

import typer

from argmap.cli.apps import app
from argmap.errors import InputError
from argmap.resources import app_file

if TYPE_CHECKING:
    from argmap.dashboard.gatekeeper import Gate

_SECONDS_TO_STOP = 5.0
_HERE = "127.0.0.1"


@app.command()
def serve(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port to listen on; the first free from 8501."),
    ] = None,
    browser: Annotated[
        bool | None,
        typer.Option(help="Open the dashboard in a browser; not on a shared server."),
    ] = None,
    address: Annotated[
        str,
        typer.Option(help="Address to listen on; beyond this machine only where users sign in."),
    ] = _HERE,
    password: Annotated[
        bool, typer.Option("--password", help="Users sign in; add them with argmap users.")
    ] = False,
    users: Annotated[
        Path | None,
        typer.Option(help="The file of users, for --password; users.json in the data folder."),
    ] = None,
    user_header: Annotated[
        str | None,
        typer.Option(help="Header in which a proxy names the user, such as X-Forwarded-User."),
    ] = None,
    proxy_secret_file: Annotated[
        Path | None,
        typer.Option(help="File with the secret that the proxy sends in X-Argmap-Proxy-Secret."),
    ] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(help="Address or network that the proxy comes from; may be repeated."),
    ] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(
            help="Address that users type, where the proxy passes on another; repeatable."
        ),
    ] = None,
) -> None:
    """Open the dashboard, on this machine only unless users sign in."""
    gate = _gate(password, users, user_header, proxy_secret_file, trusted_proxy or [])
    page = _page(gate, address)
    if not page.is_file():
        raise InputError(f"{page}: The dashboard is missing. Install Argument Mapper again.")
    opened = browser if browser is not None else gate.way == "none"
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += ["--server.address", address, "--browser.gatherUsageStats", "false"]
    command += ["--server.headless", "false" if opened else "true"]
    command += ["--server.showEmailPrompt", "false"]
    command += _names(gate, origin or [])
    if port is not None:
        command += ["--server.port", str(port)]
    raise typer.Exit(_run(command, gate.environment()))


def _gate(
    password: bool,
    users: Path | None,
    header: str | None,
    secret_file: Path | None,
    proxies: Sequence[str],
) -> Gate:
    """How users sign in; raises ``InputError`` where that is not said, or said twice."""
    from argmap.dashboard import gatekeeper

    if password and header is not None:
        raise InputError("Give --password or --user-header, not both: one of them asks who it is.")
    if header is None and (secret_file is not None or proxies):
        raise InputError(
            "--proxy-secret-file and --trusted-proxy go with --user-header. Name the header in "
            "which the proxy says who the user is."
        )
    if users is not None and not password:
        raise InputError("--users goes with --password. Give both, or neither.")
    if header is not None:
        secret = "" if secret_file is None else gatekeeper.secret_of(secret_file)
        return gatekeeper.behind_proxy(header, secret=secret, proxies=proxies)
    if not password:
        return gatekeeper.Gate()
    from argmap.store.accounts import Accounts

    path = (gatekeeper.users_file() if users is None else users).absolute()
    if not Accounts(path).names():
        raise InputError(
            f"{path}: There is no user in this file, so nobody could sign in. Add the first with "
            "argmap users add NAME."
        )
    return gatekeeper.Gate("password", users=path)


def _names(gate: Gate, origins: Sequence[str]) -> list[str]:
    """Under which names the websocket is answered; raises ``InputError`` for what is no address.

    On this machine alone ``config.toml`` says it.
    """
    if gate.way == "none" and not origins:
        return []
    found: list[str] = []
    for origin in origins:
        parsed = urlsplit(origin)
        if parsed.scheme not in ("http", "https") or not parsed.hostname:
            raise InputError(
                f"{origin}: This is no address. Give one such as https://argmap.example."
            )
        found += ["--server.corsAllowedOrigins", f"{parsed.scheme}://{parsed.netloc}"]
        found += ["--server.allowedHosts", parsed.hostname]
    return found or ["--server.allowedHosts", "*"]


def _page(gate: Gate, address: str) -> Path:
    """What Streamlit runs; raises ``InputError`` where everybody could come in."""
    from argmap.dashboard import gatekeeper

    if gate.way == "none" and not gatekeeper.only_here(address):
        raise InputError(
            f"On {address} other machines can reach the dashboard, and everybody could read and "
            "change what is in it. Give --password or --user-header too (docs/server.md), or "
            "leave --address out."
        )
    return gatekeeper.proxied_file() if gate.way == "header" else app_file()


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run until it ends or is interrupted; whatever stops us stops it too."""

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    # The address that a request comes from is the one that it comes from, whatever it says.
    whole = {**os.environ, **environment, "FORWARDED_ALLOW_IPS": ""}
    child = subprocess.Popen(command, env=whole)  # nosec B603 # our own words, checked ones
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
