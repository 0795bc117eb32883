"""One request to one checked machine: no proxies, no cookies, no credentials, and an end to it.

A name is resolved once, every answer is checked, and the connection goes to the very number
that was checked, so a name server that answers differently the next time gains nothing. The
certificate is verified against the name. A watchdog shuts the connection at the deadline,
because a server that sends a byte now and then outlasts every timeout between two reads.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    NewConnectionError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from argmap.errors import SourceError
from argmap.sources.address import Address
from argmap.sources.hosts import IPAddress, is_public, literal
from argmap.sources.limits import MAX_BYTES

#: A host and a port -> the numbers it has, as text. Raises ``OSError`` where it has none.
Resolver = Callable[[str, int], Sequence[str]]

SAVE_IT = "Open it in your browser, save the page, and load the file."
_CODINGS = frozenset({"gzip", "x-gzip", "deflate"})
_BLOCK = 64 * 1024


def resolve_name(host: str, port: int) -> Sequence[str]:
    """The numbers that this machine's resolver gives for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def trusted_authorities() -> ssl.SSLContext:
    """Certificates are checked against Mozilla's authorities and this machine's own."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long, for a page with all its redirects.

    Attributes:
        size: bytes of a page, after decompression.
        connect, read: seconds to wait for a connection, and for the next bytes.
        total: seconds for everything together.
        redirects: how often a page may send on to another.
    """

    size: int = MAX_BYTES
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Network:
    """The way to the web. Tests put a resolver and a guard of their own in.

    Attributes:
        permits: whether a number and port may be connected to.
        authorities: makes the context that certificates are checked in.
    """

    resolve: Resolver = resolve_name
    permits: Callable[[IPAddress, int], bool] = is_public
    authorities: Callable[[], ssl.SSLContext] = trusted_authorities
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the status, the fields by lower-case name, and how to read the body."""

    status: int
    fields: Mapping[str, str]
    read: Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    def left(self, address: Address) -> float:
        """Seconds that are left; raises ``SourceError`` where none are."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise too_slow(address)
        return left


def too_slow(address: Address) -> SourceError:
    return SourceError(
        address.shown, "the site takes too long to send the page.", f"Try again later. {SAVE_IT}"
    )


def checked_numbers(address: Address, network: Network, deadline: Deadline) -> tuple[str, ...]:
    """The numbers of a site, once every one of them is known to be permitted.

    Raises:
        SourceError: the name has no number, or one of them is not permitted.
    """
    number = literal(address.host)
    answers = (str(number),) if number else _resolved(address, network, deadline)
    for answer in answers:
        # A zone names a network card of this machine, so such an answer is no public one.
        if "%" in answer or not network.permits(ip_address(answer), address.port):
            raise SourceError(
                address.shown,
                "it leads to this machine, to a private network or to a reserved address, and "
                "only pages of the public web are fetched.",
                SAVE_IT,
            )
    return answers


def _resolved(address: Address, network: Network, deadline: Deadline) -> tuple[str, ...]:
    """The resolver's answers, waited for no longer than a connection."""
    answers: list[str] = []
    faults: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answers.extend(network.resolve(address.host, address.port))
        except (OSError, UnicodeError) as error:
            faults.append(error)

    # The system's resolver cannot be told how long to take.
    asking = threading.Thread(target=ask, name="argmap: resolving", daemon=True)
    asking.start()
    asking.join(min(network.limits.connect, deadline.left(address)))
    if asking.is_alive():
        raise too_slow(address)
    if not answers:
        raise SourceError(
            address.shown,
            f"no site of the name {address.host} can be found.",
            "Check the address and that this machine is connected to the internet.",
        ) from (faults[0] if faults else None)
    return tuple(answers)


@contextmanager
def get(
    address: Address,
    *,
    network: Network,
    deadline: Deadline,
    fields: Mapping[str, str],
) -> Iterator[Answer]:
    """Ask for one address; no redirect is followed. The connection ends with the block.

    Raises:
        SourceError: the site is not permitted, cannot be reached or verified, breaks off, or
            takes too long; also from ``Answer.read`` within the block.
    """
    connection = _connect(address, network, deadline)
    # The connection lets go of its socket as soon as the server says that it will close.
    sock = connection.sock
    expired = threading.Event()

    def shut() -> None:
        expired.set()
        with suppress(OSError):  # it is closed already
            # Beneath TLS, whose own shutdown is not for a second thread.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    watchdog = threading.Timer(deadline.left(address), shut)
    watchdog.daemon = True
    watchdog.start()
    response: BaseHTTPResponse | None = None
    try:
        with _plain_faults(address, expired):
            connection.timeout = network.limits.read
            connection.request(
                "GET",
                address.target,
                headers={
                    "Host": address.authority,
                    "Accept-Encoding": "gzip, deflate",
                    "Connection": "close",
                    **fields,
                },
                preload_content=False,
            )
            response = connection.getresponse()
        answer = response
        given = {name.lower(): value for name, value in response.headers.items()}

        def read(
            most: int, *, cut: bool = False, heard: Callable[[int], None] | None = None
        ) -> bytes:
            with _plain_faults(address, expired):
                return _body(address, answer, given, most, cut=cut, heard=heard)

        yield Answer(response.status, given, read)
    finally:
        watchdog.cancel()
        if response is not None:
            response.close()
        connection.close()


def _connect(address: Address, network: Network, deadline: Deadline) -> HTTPConnection:
    fault: SourceError | None = None
    for number in checked_numbers(address, network, deadline):
        seconds = min(network.limits.connect, deadline.left(address))
        connection: HTTPConnection
        if address.scheme == "https":
            connection = HTTPSConnection(
                number,
                address.port,
                timeout=seconds,
                server_hostname=address.host,
                ssl_context=network.authorities(),
                cert_reqs=ssl.CERT_REQUIRED,
            )
        else:
            connection = HTTPConnection(number, address.port, timeout=seconds)
        try:
            with _plain_faults(address, threading.Event()):
                connection.connect()
        except SourceError as error:
            connection.close()
            fault = fault or error
        else:
            return connection
    assert fault is not None  # there is at least one number
    raise fault


def _body(
    address: Address,
    response: BaseHTTPResponse,
    fields: Mapping[str, str],
    most: int,
    *,
    cut: bool,
    heard: Callable[[int], None] | None,
) -> bytes:
    """The decompressed body of at most ``most`` bytes; the rest is cut, or the whole refused."""
    codings = [part.strip().lower() for part in fields.get("content-encoding", "").split(",")]
    packed = [part for part in codings if part not in ("", "identity")]
    if len(packed) > 1 or not _CODINGS.issuperset(packed):
        raise SourceError(
            address.shown, "the site packs the page in a way that was not asked for.", SAVE_IT
        )
    length = fields.get("content-length", "")
    if not cut and length.isdecimal() and int(length) > most:
        raise _too_large(address, most)
    body = bytearray()
    for block in response.stream(_BLOCK, decode_content=True):
        body += block
        if heard is not None:
            heard(len(body))
        if len(body) > most:
            if not cut:
                raise _too_large(address, most)
            break
    return bytes(body[:most])


def _too_large(address: Address, most: int) -> SourceError:
    return SourceError(
        address.shown,
        f"it is larger than {most // 1_048_576} MB, the most that is fetched.",
        "Save the part you want mapped and load the file.",
    )


@contextmanager
def _plain_faults(address: Address, expired: threading.Event) -> Iterator[None]:
    """Whatever goes wrong on the way, as a plain sentence."""
    where = address.shown
    try:
        yield
        if expired.is_set():  # a connection that is shut reads like one that has ended
            raise too_slow(address)
    except (ConnectTimeoutError, TimeoutError) as error:
        raise too_slow(address) from error
    except (SSLError, ssl.SSLError) as error:
        if expired.is_set():
            raise too_slow(address) from error
        raise SourceError(
            where,
            f"the site cannot prove that it is {address.host} ({_reason(error)}).",
            "Check the address. Do not trust the page unless your browser does.",
        ) from error
    except NewConnectionError as error:
        raise SourceError(
            where,
            f"{address.host} does not answer.",
            "Check the address and that this machine is connected to the internet.",
        ) from error
    except DecodeError as error:
        raise SourceError(where, "the page arrives damaged.", SAVE_IT) from error
    except (HTTPError, HTTPException, OSError) as error:
        if expired.is_set() or "timed out" in str(error).lower():
            raise too_slow(address) from error
        raise SourceError(
            where, "the site breaks off before the page is whole.", f"Try again. {SAVE_IT}"
        ) from error


def _reason(error: Exception) -> str:
    text = str(error)
    if "match" in text:
        return "its certificate is for another name"
    if "expired" in text:
        return "its certificate has expired"
    if "self-signed" in text or "self signed" in text or "issuer" in text:
        return "nobody who is trusted has signed its certificate"
    return "the secure connection fails"
