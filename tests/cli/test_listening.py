"""Who can reach the dashboard: asked of the socket, with each way of starting it."""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit import net_util

from argmap.dashboard import guard
from tests.browser.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 90


@dataclass(frozen=True)
class Listening:
    port: int
    log: Path

    def ask(
        self,
        path: str,
        *headers: str,
        host: str | None = None,
        address: str = "127.0.0.1",
        method: str = "GET",
    ) -> str:
        """The answer to a request, head and body, as it came."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}", *headers]
        with socket.create_connection((address, self.port), timeout=20) as line:
            line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            line.settimeout(20)
            answer = b""
            try:
                while part := line.recv(65536):
                    answer += part
                    if b"101 " in answer[:20] or answer.endswith(b"}"):
                        break
            except TimeoutError:
                pass
        return answer.decode("utf-8", "replace")

    def connect(self, *, host: str | None = None, origin: str | None = None) -> int:
        """The status with which a page's connection is answered; 101 lets it in."""
        key = base64.b64encode(b"0123456789abcdef").decode()
        headers = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                   f"Sec-WebSocket-Key: {key}"]  # fmt: skip
        if origin is not None:
            headers.append(f"Origin: {origin}")
        else:
            headers.append("X-No: origin")
        answer = self.ask("/_stcore/stream", *headers, "Accept: */*", host=host)
        return int(answer.split(" ", 2)[1])


STARTS = {
    "argmap serve": [sys.executable, "-m", "argmap.cli", "serve", "--no-browser", "--port"],
    "streamlit run": [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.headless", "true",
        "--server.port",
    ],
}  # fmt: skip


@pytest.fixture(scope="module", params=STARTS)
def listening(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Listening]:
    folder = tmp_path_factory.mktemp("listening")
    port = free_port()
    log = folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*STARTS[request.param], str(port)],
            # From elsewhere, as a user may: the settings must come along.
            cwd=folder,
            env={**os.environ, "ARGMAP_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            found = Listening(port, log)
            end = time.monotonic() + _SECONDS
            while True:
                try:
                    assert "200 OK" in found.ask("/_stcore/health", "Connection: close")
                    break
                except OSError:
                    assert time.monotonic() < end, log.read_text()
                    assert process.poll() is None, log.read_text()
                    time.sleep(0.2)
            yield found
        finally:
            process.terminate()
            process.wait(20)


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is this machine only on Linux")
def test_only_this_machines_own_address_is_answered(listening: Listening) -> None:
    """A server that listens on every address would answer at this one as well."""
    with pytest.raises(ConnectionRefusedError):
        listening.ask("/", address="127.0.0.2")


def test_pages_of_this_machine_are_let_in_and_no_others(listening: Listening) -> None:
    port = listening.port
    assert listening.connect(origin=f"http://127.0.0.1:{port}") == 101
    assert listening.connect(host=f"localhost:{port}", origin=f"http://localhost:{port}") == 101
    assert listening.connect(host=f"[::1]:{port}", origin=f"http://[::1]:{port}") == 101
    # A name that was made to point here: the page and the server look like one site.
    rebound = f"evil.example:{port}"
    assert listening.connect(host=rebound, origin=f"http://{rebound}") == 403
    assert listening.connect(host="localhost.evil.example", origin=None) == 403
    # Another site's page, and one that hides whose it is.
    assert listening.connect(origin="https://evil.example") == 403
    assert listening.connect(origin="null") == 403


def test_no_file_is_sent_or_taken_without_a_session(listening: Listening) -> None:
    for path in ("/media/../app.py", "/app/static/../../app.py", "/..%2fapp.py",
                 "/_stcore/bidi-components/..%2f..%2fapp.py", "/%2e%2e/app.py"):  # fmt: skip
        answer = listening.ask(path, "Connection: close")
        assert "st.navigation" not in answer, path
    for method in ("PUT", "DELETE"):  # without a session, and without its token
        answer = listening.ask(
            "/_stcore/upload_file/made-up/1", "Content-Length: 0", "Connection: close",
            method=method,
        )  # fmt: skip
        assert answer.split(" ", 2)[1] in ("400", "403"), answer


def test_nobody_outside_is_allowed_to_steer_it_or_to_read_it(listening: Listening) -> None:
    answer = listening.ask(
        "/_stcore/host-config", "Origin: https://evil.example", "Connection: close"
    )
    head, _, body = answer.partition("\r\n\r\n")
    assert "access-control-allow-origin" not in head.lower()
    assert json.loads(body)["allowedOrigins"] == []
    assert json.loads(body)["metricsUrl"] == ""


def test_streamlit_asks_nobody_for_this_machines_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net_util, "_external_ip", None)
    asked: list[str] = []

    def fetch(url: str, timeout: float = 5) -> None:
        asked.append(url)

    monkeypatch.setattr(net_util, "_make_blocking_http_get", fetch)
    net_util.get_external_ip()
    assert asked  # it would
    asked.clear()
    guard.stay_home()
    assert net_util.get_external_ip() == "127.0.0.1"
    assert asked == []
