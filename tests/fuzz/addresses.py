"""Addresses: of pages on the web, of views in the dashboard, and the parameters in them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from argmap.dashboard import links
from argmap.errors import InputError, SourceError
from argmap.sources.address import parse_address
from argmap.sources.dates import to_iso
from argmap.sources.hosts import is_public, literal
from argmap.sources.places import clock, web_address
from argmap.structure.comparands import bounds
from tests.fuzz import checks
from tests.fuzz.targets import Target


def targets() -> Iterator[Target]:
    """A target for each."""
    yield Target("web address", _url, _read_url)
    yield Target("redirect", _url, _redirected)
    yield Target("address of a view", _query, _read_query)
    yield Target("dates, hours and periods", _moment, _read_moment)


_SCHEMES = (
    "https://", "http://", "HTTPS://", "//", "", "ftp://", "file:///", "javascript:",
    "data:text/html,", "https:/",
    "https:\\\\", "http://http://", "view-source:https://", "https://\u202e", "ht\ttps://",
)  # fmt: skip
_HOSTS = (
    "news.example", "127.0.0.1", "localhost", "0", "2130706433", "0x7f000001", "0177.0.0.1",
    "127.1", "[::1]", "[::ffff:127.0.0.1]",
    "[fe80::1%25eth0]", "169.254.169.254", "①②⑦.⓪.⓪.①", "ａ.example", "xn--", "xn--a", "é.example",
    "a..b", ".", "-a.example",
    "a_b.example", "a" * 64 + ".example", "a." * 130, "user:pass@news.example", "@",
    "news.example.", "[", "]", "[::", "[64:ff9b::7f00:1]",
    "١٢٧.٠.٠.١", "1.2.3.4.5", "4294967296", "256.1.1.1", "news.example%00.evil", "ﬀ.example",
    "ß.example", "\u00ad.example", "𝟙.𝟙.𝟙.𝟙",
)  # fmt: skip
_PORTS = (
    "",
    "",
    "",
    ":",
    ":80",
    ":0",
    ":22",
    ":99999",
    ":-1",
    ":٨٠",
    ":8443",
    ":1e3",
    ":9" * 3,
    ":" + "9" * 500,
)
_PATHS = (
    "", "/", "/a/../../b", "/%2e%2e/", "/%", "/%zz", "/é", "/\ud800", "/\x00", "/ a", "/a b", "?",
    "?a=%ff&b", "#", "#a?b", "/\\a", "/\n",
    "/" + "a" * 4000, "/;@:", "/[", "?[]", "/\u2028", "/\u3000",
)  # fmt: skip


def _url(chance: random.Random) -> bytes:
    text = "".join(map(chance.choice, (_SCHEMES, _HOSTS, _PORTS, _PATHS)))
    for _ in range(chance.choice((0, 0, 1, 3))):
        at = chance.randrange(len(text) + 1)
        piece = chance.choice(
            (chance.choice("/:@?#[]%.\\ &=\x00\u202e１٣é\t"), text[at : at + 5], "")
        )
        text = text[:at] + piece + text[at + chance.choice((0, 0, 1, 4)) :]
    return text.encode("utf-8", "surrogatepass")


def _sound(address: object) -> None:
    from argmap.sources.address import Address

    assert isinstance(address, Address)
    checks.hold(address.scheme in ("http", "https"), "another scheme")
    checks.hold(0 < address.port < 65536, f"port {address.port}")
    checks.hold(address.host and address.host == address.host.lower(), "a host without a name")
    url = address.url
    checks.hold(
        url.isascii() and url.isprintable() and " " not in url, "an address of odd characters"
    )
    checks.hold(parse_address(url) == address, "an address that reads otherwise than it is written")
    checks.hold("@" not in address.authority, "a user in the authority")
    parts = urlsplit(url)  # what other programs see is what was checked
    checks.hold((parts.hostname or "").rstrip(".") == address.host, "another host to urllib")
    number = literal(address.host)
    if number is not None:
        checks.hold(is_public(number) in (True, False), "neither public nor closed")


def _read_url(data: bytes, chance: random.Random) -> None:
    _sound(parse_address(data.decode("utf-8", "surrogatepass")))


def _redirected(data: bytes, chance: random.Random) -> None:
    here = parse_address("https://news.example/a/b?c")
    _sound(here.join(data.decode("utf-8", "surrogatepass")))


_VALUES = (
    "", "a", "0", "-1", "99", "100", "101", "1e3", "nan", "inf", "٣", "²", "9" * 3, "9" * 20,
    "0-100", "100-0", "-", "5-", "٣-٩",
    "2031-01-01", "2031-13-45", "٢٠٣١", "..", "table", "tree", "pro,con", ",,,", "%", "%zz",
    "points,a,more:b", "open", "yes", "corrected",
    "\x00", "\ud800", "\u202e", "<b>", "=1+1", "../", "a" * 301, "a" * 5000, "é", "👩", "s1", "p1",
    "pro", "unclear", "df-quad", "outline",
)  # fmt: skip


def _query(chance: random.Random) -> bytes:
    names = (*links.PARAMETERS, "x", "", "debate ", "__proto__")
    pairs = [
        f"{chance.choice(names)}={chance.choice(_VALUES)}"
        for _ in range(chance.choice((1, 2, 4, 9)))
    ]
    return "&".join(pairs).encode("utf-8", "surrogatepass")


def _read_query(data: bytes, chance: random.Random) -> None:
    query = dict(
        pair.partition("=")[::2] for pair in data.decode("utf-8", "surrogatepass").split("&")
    )
    view = links.clean(query)
    for name, value in view.items():
        parameter = links.PARAMETERS[name]
        checks.hold(0 < len(value) <= parameter.longest, f"{name} of {len(value)} characters")
        checks.hold(not parameter.choices or value in parameter.choices, f"{name} of no choice")
        checks.hold(
            not any(unicodedata.category(c) in ("Cc", "Cs") for c in value), f"{name} unprintable"
        )
    checks.hold(links.clean(view) == view, "a view that is cleaned twice")
    pages = ("", "tree", "speakers", "read", "compare", "correct")
    page = chance.choice(pages)
    base = chance.choice(
        ("http://localhost:8501/", "https://x.example/maps/tree", "", "http://[", "//")
    )
    try:
        link = links.address(base, page, view, pages=pages)
    except ValueError:
        checks.hold(base == "http://[", "an address that cannot be made")
        return
    shown = dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))
    checks.hold(shown == links.on_page(page, view), "a link that says something else")


_MOMENTS = (
    "2031-04-03", "2031-02-31", "٢٠٣١-٠٤-٠٣", "٢٠٣١", "2031", "2031-13", "0000", "0000-00-00",
    "9999-12-31", "3 April 2031", "3 ſept 2031",
    "31 Feb 2031", "April 3, 2031", "٣ April 2031", "..", "2031..2030", "..2031", "12:34",
    "٠١٢:٣٤", "015:47:00", "24:00", "00:60", "1e3", "",
    "May", "1 May 99999", "²", "03/04/2031", "a", "\x00", "\ud800", "https://x.example/",
    "javascript:alert(1)", "https://x.example/\u202e",
)  # fmt: skip


def _moment(chance: random.Random) -> bytes:
    pieces = chance.choices(
        (*_MOMENTS, " ", "-", "..", "/", "T", "Z"), k=chance.choice((1, 1, 2, 4))
    )
    return "".join(pieces).encode("utf-8", "surrogatepass")


def _read_moment(data: bytes, chance: random.Random) -> None:
    text = data.decode("utf-8", "surrogatepass")
    day = to_iso(text)
    checks.hold(day is None or (day.isascii() and checks.is_date(day)), f"no date: {day!r}")
    hour = clock(text)
    checks.hold(hour is None or (hour.isascii() and len(hour) == 5), f"no time of day: {hour!r}")
    found = web_address(text)
    checks.hold(found is None or found.lower().startswith(("http://", "https://")), "no address")
    try:
        start, end = bounds(text)
        checks.hold(start <= end and (start + end).isascii(), f"no period: {text!r}")
    except InputError as error:
        checks.hold(not isinstance(error, SourceError), "another room's error")
        checks.message(error)
