"""``argmap serve`` behind a proxy, asked as a browser asks: over HTTP and by the websocket."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0123456789abcdef0123456789abcdef"
_SECONDS = 120


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("proxied")
    (folder / "secret").write_text(SECRET)
    found = free_port()
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "argmap.cli", "serve", "--port", str(found),
                "--user-header", "X-Forwarded-User", "--proxy-secret-file", str(folder / "secret"),
                "--origin", "https://argmap.example",
            ],
            cwd=ROOT,
            env={**os.environ, "ARGMAP_HOME": str(folder / "home")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        end = time.monotonic() + _SECONDS
        while status(found, "/_stcore/health") != 200:
            assert server.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.2)
        yield found
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def status(port: int, path: str, **headers: str) -> int | None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=dashed(headers))
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def drawn(port: int, until: str, *, name: str = "argmap.example", **headers: str) -> bool:
    """Whether the page that a connection is sent holds some words before it is done."""
    with connect(
        f"ws://{name}/_stcore/stream",
        address=("127.0.0.1", port),
        proxy=None,
        origin="https://argmap.example",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers=dashed(headers),
        open_timeout=_SECONDS,
        max_size=None,
    ) as socket:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        socket.send(asked.SerializeToString())
        while True:
            message = socket.recv(timeout=_SECONDS)
            assert isinstance(message, bytes)
            if until.encode() in message:
                return True
            told = ForwardMsg.FromString(message)
            if told.WhichOneof("type") == "script_finished":
                return False


def test_pages_and_files_are_for_the_proxy_alone(port: int) -> None:
    for path in ("/", "/tree", "/media/abc.png", "/_stcore/host-config"):
        assert status(port, path) == 403
        assert status(port, path, X_Forwarded_For="127.0.0.1") == 403
        assert status(port, path, X_Argmap_Proxy_Secret=SECRET[:-1] + "x") == 403
        assert status(port, path, X_Argmap_Proxy_Secret=SECRET) != 403


def test_the_websocket_is_for_the_proxy_alone(port: int) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        drawn(port, "", X_Forwarded_User="ada")
    with pytest.raises(InvalidStatus, match="403"):
        drawn(port, "", X_Argmap_Proxy_Secret=SECRET, name="elsewhere.example")


def test_whom_the_proxy_names_is_signed_in_and_nobody_else(port: int) -> None:
    assert drawn(port, "through its proxy alone", X_Argmap_Proxy_Secret=SECRET)
    # The elements of "Signed in as ada" are JSON.
    assert drawn(port, '"Signed in as "', X_Argmap_Proxy_Secret=SECRET, X_Forwarded_User="Ada")
