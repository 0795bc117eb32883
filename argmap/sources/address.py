"""A web address as the user, or a redirect, wrote it -> the parts that a request is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from argmap.errors import SourceError
from argmap.sources.hosts import literal

#: Longest address that is read, in characters.
MAX_ADDRESS = 4_000
_SHOWN = 120
_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
# Whatever browsers and programs take for different things inside an address.
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_HOST_AND_PORT = re.compile(r"[\w.-]+:\d+(?:[/?#]|$)")
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_REMEDY = "Copy the address from your browser's address bar, from https:// on."


@dataclass(frozen=True, slots=True)
class Address:
    """One page on the web.

    Attributes:
        scheme: ``"http"`` or ``"https"``.
        host: in lower case and ASCII; an IPv6 address stands without its brackets.
        target: path and query, as the request line names them.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What the Host field says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.target

    @property
    def shown(self) -> str:
        """The address as messages name it."""
        return shown(self.url)

    def join(self, location: str) -> Address:
        """Where a redirect leads to from here.

        Raises:
            SourceError: it leads to something that is not fetched.
        """
        try:
            whole = urljoin(self.url, location)
        except ValueError:  # brackets that hold no address; said by whoever reads its parts
            whole = location
        return parse_address(whole)


def shown(address: str) -> str:
    """An address short enough for a message."""
    return address if len(address) <= _SHOWN else address[: _SHOWN - 1] + "…"


def parse_address(text: str) -> Address:
    """The parts of an address; the fragment is dropped, for it never leaves the browser.

    Raises:
        SourceError: it is no address of a page, or of a kind that is not fetched.
    """
    text = text.strip()
    where = shown(text) or "The web address"
    if not text:
        raise SourceError(where, "there is nothing in it yet.", _REMEDY)
    if len(text) > MAX_ADDRESS:
        raise SourceError(where, f"it is longer than {MAX_ADDRESS:,} characters.", _REMEDY)
    if _UNSAFE.search(text):
        raise SourceError(where, "an address has no spaces or backslashes in it.", _REMEDY)
    if not _SCHEME.match(text) or _HOST_AND_PORT.match(text):
        # Browsers show addresses without it, so people type them so.
        text = f"https://{text.removeprefix('//')}"
    try:
        parts = parse_url(text)
    except LocationParseError as error:
        raise SourceError(where, "this is no web address.", _REMEDY) from error
    scheme = (parts.scheme or "").lower()
    if scheme not in _PORTS:
        raise SourceError(
            where,
            f"only addresses that begin with https:// or http:// are fetched, not {scheme}:.",
            "Give a file of your own by its name, or upload it.",
        )
    if parts.auth is not None:
        raise SourceError(
            where,
            "it holds a user name or a password, which are not sent.",
            "Save the page in your browser and load the file.",
        )
    host = (parts.host or "").lower().removeprefix("[").removesuffix("]").rstrip(".")
    try:
        number = literal(host)
    except ValueError as error:
        raise SourceError(
            where, "its site is written as a number that can be read in several ways.", _REMEDY
        ) from error
    if number is None and not _NAME.fullmatch(host):
        raise SourceError(where, "it names no site.", _REMEDY)
    port = parts.port or _PORTS[scheme]
    if port < 1024 and port not in _PORTS.values():
        raise SourceError(where, f"port {port} is not one of the web's.", _REMEDY)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query is not None else "")
    return Address(scheme, host if number is None else str(number), port, target)
