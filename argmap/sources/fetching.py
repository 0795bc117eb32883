"""A page from the web: asked of its site, with every redirect and robots.txt on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message

from argmap.errors import SourceError
from argmap.sources.address import Address, parse_address
from argmap.sources.network import SAVE_IT, Answer, Deadline, Network, get
from argmap.sources.robots import MAX_ROBOTS, USER_AGENT, permits

#: Called as ``report(stage, done, total)`` in bytes; a total of nought is not known.
Report = Callable[[str, int, int], None]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = (
    "text/html,application/xhtml+xml,text/plain,text/markdown,application/pdf,"
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document,"
    "application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
)
_UNREADABLE = {
    "image": "a picture",
    "audio": "sound",
    "video": "film",
    "font": "a font",
    "application/json": "data for programs",
    "application/javascript": "a script",
    "text/javascript": "a script",
    "text/css": "a style sheet",
}
# What is wrong and what to do, by status; the hundreds stand for those that are not named.
_STATUS: Mapping[int, tuple[str, str]] = {
    401: ("the site asks for a name and a password (401).", SAVE_IT),
    402: ("the site asks to be paid (402).", SAVE_IT),
    403: ("the site gives this page to browsers only, or to nobody (403).", SAVE_IT),
    404: ("the site has no such page (404).", "Check the address."),
    410: ("the site has taken this page down (410).", "Look for it in a web archive."),
    429: ("the site asks to be left alone for a while (429).", f"Try again later. {SAVE_IT}"),
    451: ("the site may not show this page, for legal reasons (451).", "Use another source."),
    4: ("the site refuses the page", SAVE_IT),
    5: ("the site has a fault", f"Try again later. {SAVE_IT}"),
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it arrived.

    Attributes:
        address: where it was in the end, after all redirects.
        data: the body, decompressed.
        media: the media type that the site gives, in lower case, or ``None``.
        charset: the encoding that the site gives, or ``None``.
    """

    address: Address
    data: bytes
    media: str | None
    charset: str | None


def fetch(text: str, *, network: Network | None = None, report: Report | None = None) -> Fetched:
    """Fetch one page.

    Every address on the way is checked anew, and every site's robots.txt is asked first
    (RFC 9309). No cookie, password, proxy or referrer is sent.

    Args:
        text: the address as the user typed it.

    Raises:
        SourceError: the address is not fetched, the site does not give the page, or what it
            gives is too large, too slow or of a kind that is not read.
    """
    network = network or Network()
    address = parse_address(text)
    deadline = Deadline.after(network.limits.total)
    asked: dict[str, bytes] = {}
    seen = {address.url}
    for _ in range(network.limits.redirects + 1):
        if report is not None:
            report(f"Asking {address.host}", 0, 0)
        _ask_robots(address, network, deadline, asked)
        fields = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Language": "en,*;q=0.5"}
        with get(address, network=network, deadline=deadline, fields=fields) as answer:
            if answer.status not in _REDIRECTS:
                return _taken(address, answer, network.limits.size, report)
            onward = _onward(address, answer)
        if onward.url in seen:
            raise SourceError(
                address.shown,
                "the site sends from one address to another and back.",
                f"It may want cookies, which are not kept. {SAVE_IT}",
            )
        seen.add(onward.url)
        address = onward
    raise SourceError(
        address.shown,
        f"the site sends on more than {network.limits.redirects} times.",
        f"Copy the address that your browser shows in the end. {SAVE_IT}",
    )


def _onward(address: Address, answer: Answer) -> Address:
    location = answer.fields.get("location", "").strip()
    if not location:
        raise SourceError(address.shown, "the site sends on to nowhere.", SAVE_IT)
    with suppress(UnicodeError):
        # Fields are read as Latin-1; what browsers see there is UTF-8.
        location = location.encode("latin-1").decode("utf-8")
    onward = address.join(location)
    if address.scheme == "https" and onward.scheme == "http":
        raise SourceError(
            address.shown,
            f"the site sends on to {onward.shown}, which anyone on the way could change.",
            SAVE_IT,
        )
    return onward


def _ask_robots(
    address: Address, network: Network, deadline: Deadline, asked: dict[str, bytes]
) -> None:
    """Raise ``SourceError`` where the site asks programs not to fetch this page."""
    if address.origin not in asked:
        try:
            asked[address.origin] = _robots(address, network, deadline)
        except SourceError as error:
            # It is the page that the user asked for.
            raise SourceError(address.shown, error.problem, error.remedy) from error
    if not permits(asked[address.origin], address.url):
        raise SourceError(
            address.shown,
            "the site asks programs not to fetch this page (robots.txt).",
            SAVE_IT,
        )


def _robots(address: Address, network: Network, deadline: Deadline) -> bytes:
    """The rules of a site; none where it has no robots.txt (RFC 9309, section 2.3.1)."""
    at = Address(address.scheme, address.host, address.port, "/robots.txt")
    fields = {"User-Agent": USER_AGENT, "Accept": "text/plain,*/*;q=0.5"}
    for _ in range(network.limits.redirects + 1):
        with get(at, network=network, deadline=deadline, fields=fields) as answer:
            if answer.status in _REDIRECTS:
                at = _onward(at, answer)
                continue
            if answer.status == 200:
                return answer.read(MAX_ROBOTS, cut=True)
            if answer.status == 429 or answer.status >= 500:
                raise SourceError(
                    address.shown,
                    f"the site cannot say whether programs may fetch it ({at.shown} answers "
                    f"{answer.status}).",
                    f"Try again later. {SAVE_IT}",
                )
            return b""
    return b""


def _taken(address: Address, answer: Answer, most: int, report: Report | None) -> Fetched:
    if answer.status not in (200, 203):
        raise _refused(address, answer)
    header = Message()
    header["content-type"] = answer.fields.get("content-type", "")
    media = header.get_content_type() if answer.fields.get("content-type") else None
    for kind, what in _UNREADABLE.items():
        if media is not None and (media == kind or media.partition("/")[0] == kind):
            raise SourceError(
                address.shown, f"this is {what}, not a text.", "Give the address of an article."
            )
    packed = answer.fields.get("content-encoding", "identity") != "identity"
    length = answer.fields.get("content-length", "")
    total = int(length) if length.isdecimal() and not packed else 0

    def heard(done: int) -> None:
        if report is not None:
            report(f"Fetching from {address.host}", done, max(total, done) if total else 0)

    data = answer.read(most, heard=heard)
    if not data:
        raise SourceError(address.shown, "the site sends an empty page.", SAVE_IT)
    charset = header.get_param("charset")
    return Fetched(address, data, media, charset if isinstance(charset, str) else None)


def _refused(address: Address, answer: Answer) -> SourceError:
    status = answer.status
    if answer.fields.get("cf-mitigated") == "challenge":
        return SourceError(address.shown, "the site lets in browsers only.", SAVE_IT)
    problem, remedy = (
        _STATUS.get(status)
        or _STATUS.get(status // 100)
        or (
            "the site answers with something that is no page",
            SAVE_IT,
        )
    )
    return SourceError(
        address.shown, problem if problem.endswith(".") else f"{problem} ({status}).", remedy
    )
