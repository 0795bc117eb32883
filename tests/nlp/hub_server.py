"""As much of the hub as fetching a model needs, on this machine's own loopback."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """Serves one folder as the model ``owner/tiny``.

    Attributes:
        asked: the path of every request, in order.
        cut: files of which only half is sent.
        false: files that are announced with another hash than they have.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.asked: list[str] = []
        self.cut: set[str] = set()
        self.false: set[str] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that stopped is what some tests are about


@contextmanager
def serving(folder: Path) -> Iterator[Hub]:
    hub = Hub(folder)
    thread = threading.Thread(target=hub.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        if path in ("/api/models/owner/tiny", f"/api/models/owner/tiny/revision/{COMMIT}"):
            self._send(json.dumps(self._info()).encode(), {}, body=body)
        elif path.startswith("/api/models/owner/tiny/revision/"):
            self._refuse("RevisionNotFound")
        elif path.startswith(prefix := f"/owner/tiny/resolve/{COMMIT}/"):
            self._file(path.removeprefix(prefix), body=body)
        else:
            self._refuse("RepoNotFound")

    def _info(self) -> dict[str, object]:
        files = sorted(path for path in self.server.folder.iterdir() if path.is_file())
        return {
            "id": "owner/tiny",
            "modelId": "owner/tiny",
            "sha": COMMIT,
            "private": False,
            "tags": [],
            "downloads": 0,
            "likes": 0,
            "cardData": {"license": "mit"},
            "siblings": [
                {"rfilename": path.name, "size": path.stat().st_size, **self._lfs(path)}
                for path in files
            ],
        }

    def _lfs(self, path: Path) -> dict[str, object]:
        if path.suffix != ".safetensors":
            return {}
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.name in self.server.false:
            digest = "0" * 64
        return {"lfs": {"sha256": digest, "size": path.stat().st_size, "pointerSize": 134}}

    def _file(self, name: str, *, body: bool) -> None:
        data = (self.server.folder / name).read_bytes()
        etag = hashlib.sha256(data).hexdigest()
        self._send(data, {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT}, body=body,
                   sent=len(data) // 2 if name in self.server.cut else len(data))  # fmt: skip

    def _send(
        self, data: bytes, headers: dict[str, str], *, body: bool, sent: int | None = None
    ) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data[:sent])
            if sent is not None and sent < len(data):
                self.close_connection = True

    def _refuse(self, code: str) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()
