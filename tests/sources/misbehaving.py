"""A web server on this machine that answers with whatever bytes a test wants, however slowly."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from argmap.sources.hosts import IPAddress, is_public
from argmap.sources.network import Limits, Network

#: A request's bytes -> the answer's bytes, in pieces.
Page = Callable[[bytes], Iterable[bytes]]

HERE = "127.0.0.1"
QUICK = Limits(connect=1.0, read=0.7, total=1.2, redirects=3)


def answer(
    body: bytes | str = b"",
    *,
    status: str = "200 OK",
    media: str | None = "text/html; charset=utf-8",
    length: int | None = None,
    **fields: str,
) -> Page:
    """A well-formed answer; ``fields`` by their names with underscores for hyphens."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}"]
    if media is not None:
        lines.append(f"Content-Type: {media}")
    lines.append(f"Content-Length: {len(data) if length is None else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode()
    return lambda request: (head, data)


def redirect(to: str, status: str = "302 Found") -> Page:
    return answer(status=status, media=None, Location=to)


@dataclass
class Site:
    """A running server: what it was asked for, and what it gives for each path."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def paths(self) -> list[str]:
        return [request.split(b" ")[1].decode() for request in self.requests]

    def url(self, path: str, host: str = "news.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def permits(self, address: IPAddress, port: int) -> bool:
        """The public web as the product permits it, and this server beside it."""
        return is_public(address, port) or (address == ip_address(HERE) and port == self.port)

    def network(self, *, limits: Limits = QUICK, **changes: object) -> Network:
        """Every name leads here unless ``resolve`` says otherwise."""
        fields: dict[str, object] = {
            "resolve": lambda host, port: (HERE,),
            "permits": self.permits,
            "limits": limits,
            **changes,
        }
        return Network(**fields)  # type: ignore[arg-type]

    def _page(self, path: str) -> Page:
        missing = answer("Nothing here", status="404 Not Found")
        return self.pages.get(path) or self.pages.get(path.partition("?")[0]) or missing

    def _serve(self, connection: socket.socket, secure: ssl.SSLContext | None) -> None:
        with suppress(OSError), connection:
            if secure is not None:
                connection = secure.wrap_socket(connection, server_side=True)
            connection.settimeout(10)
            request = b""
            while b"\r\n\r\n" not in request:
                block = connection.recv(65536)
                if not block:
                    return
                request += block
            self.requests.append(request)
            for piece in self._page(request.split(b" ")[1].decode())(request):
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(secure: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve until the block ends."""
    with socket.create_server((HERE, 0)) as listening:
        site = Site(listening.getsockname()[1])

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                site.connections += 1
                threading.Thread(target=site._serve, args=(connection, secure), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield site
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Page:
    """A page that begins with ``head`` and goes on with ``piece`` for ever."""

    def page(request: bytes) -> Iterable[bytes]:
        yield head
        while True:
            time.sleep(pause)
            yield piece

    return page


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
