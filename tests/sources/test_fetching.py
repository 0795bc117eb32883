"""Fetching from a server on this machine that misbehaves in every way known to us."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import trustme

from argmap.errors import SourceError
from argmap.sources import network as network_module
from argmap.sources.fetching import fetch
from argmap.sources.limits import MAX_BYTES
from argmap.sources.network import Limits, Network, trusted_authorities
from argmap.sources.robots import MAX_ROBOTS, permits
from tests.sources.misbehaving import (
    HEAD,
    HERE,
    QUICK,
    Page,
    Site,
    answer,
    endless,
    redirect,
    serving,
)

SECONDS = 6.0


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def secret() -> Iterator[Site]:
    """Something on this machine that must never be asked."""
    with serving() as running:
        running.pages["/"] = answer("the secret")
        yield running
        assert running.connections == 0


def refused(site: Site, path: str, problem: str, **changes: object) -> SourceError:
    begun = time.monotonic()
    with pytest.raises(SourceError, match=problem) as caught:
        fetch(site.url(path), network=site.network(**changes))  # type: ignore[arg-type]
    assert time.monotonic() - begun < SECONDS
    assert caught.value.remedy
    return caught.value


def test_page_is_fetched_with_its_type_and_its_encoding(site: Site) -> None:
    site.pages["/a"] = answer("<p>Hello", media='text/html; charset="windows-1252"')
    heard: list[tuple[str, int, int]] = []
    found = fetch(
        site.url("/a?b=c#d"), network=site.network(), report=lambda *step: heard.append(step)
    )
    assert found.data == b"<p>Hello"
    assert (found.media, found.charset) == ("text/html", "windows-1252")
    assert found.address.url == site.url("/a?b=c")
    assert site.paths == ["/robots.txt", "/a?b=c"]
    assert heard == [("Asking news.example", 0, 0), ("Fetching from news.example", 8, 8)]


def test_request_names_the_program_and_carries_nothing_else(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://proxy.invalid:1")
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine news.example login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    site.pages["/a"] = answer("x", Set_Cookie="id=1")
    fetch(site.url("/a"), network=site.network())
    fetch(site.url("/a"), network=site.network())
    for request in site.requests:
        lines = request.decode().split("\r\n")
        names = {line.partition(":")[0].lower() for line in lines[1:] if line}
        assert f"Host: news.example:{site.port}" in lines
        assert any(line.startswith("User-Agent: ArgumentMapper/") for line in lines)
        assert not names & {"cookie", "authorization", "proxy-authorization", "referer"}


@pytest.mark.parametrize(
    "target",
    [
        "http://{here}:{secret}/",
        "http://localhost:{secret}/",
        "http://[::1]:{secret}/",
        "http://[::ffff:127.0.0.1]:{secret}/",
        "http://[64:ff9b::7f00:1]:{secret}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0.0.0.0:{secret}/",
        "//{here}:{secret}/",
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 Temp", "308 Perm"])
def test_redirect_to_this_machine_or_its_network_is_not_followed(
    site: Site, secret: Site, target: str, status: str
) -> None:
    site.pages["/a"] = redirect(target.format(here=HERE, secret=secret.port), status)
    refused(site, "/a", "only pages of the public web are fetched")


@pytest.mark.parametrize(
    "target",
    ["http://2130706433:{secret}/", "http://0x7f000001:{secret}/", "http://0177.0.0.1:{secret}/",
     "http://127.1:{secret}/"],
)  # fmt: skip
def test_redirect_to_a_number_in_an_odd_form_is_not_followed(
    site: Site, secret: Site, target: str
) -> None:
    site.pages["/a"] = redirect(target.format(secret=secret.port))
    refused(site, "/a", "number that can be read in several ways")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "data:text/html,x"])
def test_redirect_to_another_scheme_is_not_followed(site: Site, target: str) -> None:
    site.pages["/a"] = redirect(target)
    refused(site, "/a", "only addresses that begin with")


def test_robots_that_leads_to_this_machine_is_not_followed(site: Site, secret: Site) -> None:
    site.pages["/a"] = answer("x")
    site.pages["/robots.txt"] = redirect(f"http://{HERE}:{secret.port}/")
    refused(site, "/a", "only pages of the public web are fetched")


@pytest.mark.parametrize("host", [HERE, "[::1]", "localhost", "169.254.169.254", "192.168.1.1"])
def test_product_refuses_private_addresses_before_it_connects(secret: Site, host: str) -> None:
    with pytest.raises(SourceError, match="only pages of the public web"):
        fetch(f"http://{host}:{secret.port}/")


@pytest.mark.parametrize(
    "answers",
    [("10.0.0.1",), (HERE, "10.0.0.1"), ("8.8.8.8", "::1"), ("fe80::1%eth0",), ("::ffff:7f00:1",)],
)
def test_name_with_any_private_number_is_refused(site: Site, answers: Sequence[str]) -> None:
    refused(site, "/a", "only pages of the public web", resolve=lambda host, port: answers)
    assert site.connections == 0


def test_name_that_turns_private_between_two_requests_is_refused(site: Site) -> None:
    site.pages["/a"] = answer("x")
    answers = iter([(HERE,), ("169.254.169.254",)])
    refused(site, "/a", "only pages of the public web", resolve=lambda host, port: next(answers))
    assert site.paths == ["/robots.txt"]


def test_connection_goes_to_the_number_that_was_checked(
    site: Site, secret: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers rightly once and wrongly ever after is asked once only."""
    site.pages["/a"] = answer("x")
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def lying(host: str, *rest: object, **named: object) -> object:
        looked_up.append(str(host))
        return real(host if host == HERE else "127.0.0.2", *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return (HERE,)

    assert fetch(site.url("/a"), network=site.network(resolve=resolve)).data == b"x"
    assert asked == ["news.example"] * site.connections
    assert set(looked_up) == {HERE}


def test_name_that_is_not_known_is_said_so(site: Site) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    refused(site, "/a", "no site of the name news.example", resolve=resolve)
    refused(site, "/a", "no site of the name news.example", resolve=lambda host, port: ())


def test_resolver_that_never_answers_is_not_waited_for(site: Site) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        time.sleep(20)
        return (HERE,)

    limits = Limits(connect=0.3, read=1, total=1)
    refused(site, "/a", "takes too long", resolve=resolve, limits=limits)


def test_second_number_is_tried_where_the_first_does_not_answer(site: Site) -> None:
    site.pages["/a"] = answer("x")
    found = fetch(
        site.url("/a"),
        network=site.network(
            resolve=lambda host, port: ("127.0.0.9", HERE),
            permits=lambda number, port: port == site.port,
        ),
    )
    assert found.data == b"x"


def test_redirects_are_followed_and_every_site_is_asked(site: Site) -> None:
    site.pages["/a"] = redirect(site.url("/b", host="other.example"))
    site.pages["/b"] = redirect("c?d=é")
    site.pages["/c"] = answer("there")
    found = fetch(site.url("/a"), network=site.network())
    assert found.data == b"there"
    assert found.address.url == site.url("/c?d=%C3%A9", host="other.example")
    assert site.paths == ["/robots.txt", "/a", "/robots.txt", "/b", "/c?d=%C3%A9"]


def test_redirects_without_end_are_given_up(site: Site) -> None:
    site.pages["/loop"] = redirect("/pool")
    site.pages["/pool"] = redirect("/loop")
    refused(site, "/loop", "from one address to another and back")
    for number in range(9):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    refused(site, "/0", "sends on more than 3 times")
    site.pages["/nowhere"] = answer(status="302 Found")
    refused(site, "/nowhere", "sends on to nowhere")


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        ("401 Unauthorized", "asks for a name and a password"),
        ("402 Payment Required", "asks to be paid"),
        ("403 Forbidden", "browsers only, or to nobody"),
        ("404 Not Found", "has no such page"),
        ("410 Gone", "taken this page down"),
        ("418 Teapot", r"refuses the page \(418\)"),
        ("429 Too Many Requests", "left alone for a while"),
        ("451 Unavailable For Legal Reasons", "for legal reasons"),
        ("500 Internal Server Error", r"has a fault \(500\)"),
        ("503 Service Unavailable", r"has a fault \(503\)"),
        ("204 No Content", r"no page \(204\)"),
        ("999 Who Knows", r"no page \(999\)"),
    ],
)
def test_refusals_are_said_plainly(site: Site, status: str, problem: str) -> None:
    site.pages["/a"] = answer("<p>whatever", status=status)
    refused(site, "/a", problem)


def test_check_for_browsers_is_recognised(site: Site) -> None:
    site.pages["/a"] = answer("x", status="403 Forbidden", cf_mitigated="challenge")
    refused(site, "/a", "lets in browsers only")


@pytest.mark.parametrize(
    "page",
    [
        endless(HEAD + b"\r\n", b"x", 0.2),
        endless(HEAD + b"Content-Length: 5000\r\n\r\n", b"x", 0.2),
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.2),
        endless(b"H", b"T", 0.2),
        endless(HEAD, b"X-A: b\r\n", 0.2),
        endless(HEAD + b"X-A: ", b"b", 0.2),
        endless(HEAD + b"\r\n", b"", 0.2),
        endless(b"", b"", 0.2),
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b""), 0.05),
    ],
    ids=[
        "body",
        "length",
        "chunks",
        "status",
        "fields",
        "field",
        "silence",
        "nothing",
        "empty-gzip",
    ],
)
def test_server_that_drips_does_not_hang(site: Site, page: Page) -> None:
    site.pages["/a"] = page
    refused(site, "/a", "takes too long")


def test_endless_body_is_cut_off(site: Site) -> None:
    site.pages["/a"] = endless(HEAD + b"\r\n", b"x" * 65536)
    limits = Limits(size=3_000_000, connect=2, read=2, total=5)
    refused(site, "/a", "larger than 2 MB", limits=limits)
    site.pages["/a"] = endless(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\nxxxx\r\n" * 9000
    )
    refused(site, "/a", "larger than 2 MB", limits=limits)


def test_length_that_is_too_large_is_refused_before_the_body(site: Site) -> None:
    site.pages["/a"] = endless(HEAD + b"Content-Length: 99999999999\r\n\r\n", b"", 0.2)
    refused(site, "/a", f"larger than {MAX_BYTES // 1024**2} MB")


def bomb(size: int, layers: int = 1) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(size)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data)
    return data


def test_body_that_swells_is_cut_off(site: Site) -> None:
    small = Limits(size=3_000_000, connect=2, read=2, total=5)
    site.pages["/a"] = answer(bomb(200), Content_Encoding="gzip")
    refused(site, "/a", "larger than 2 MB", limits=small)
    site.pages["/a"] = answer(zlib.compress(bytes(9_000_000)), Content_Encoding="deflate")
    refused(site, "/a", "larger than 2 MB", limits=small)
    site.pages["/a"] = answer(bomb(50, 2), Content_Encoding="gzip, gzip")
    refused(site, "/a", "packs the page", limits=small)
    site.pages["/a"] = answer(b"x", Content_Encoding="zstd")
    refused(site, "/a", "packs the page", limits=small)


def test_packed_page_is_unpacked(site: Site) -> None:
    for coding, data in (("gzip", gzip.compress(b"hello")), ("deflate", zlib.compress(b"hello"))):
        site.pages["/a"] = answer(data, Content_Encoding=coding)
        assert fetch(site.url("/a"), network=site.network()).data == b"hello"
    site.pages["/a"] = answer(b"\x1f\x8bnot gzip at all", Content_Encoding="gzip")
    refused(site, "/a", "arrives damaged")


def test_body_shorter_than_its_length_is_refused(site: Site) -> None:
    site.pages["/a"] = answer("<p>half", length=5000)
    refused(site, "/a", "breaks off")
    site.pages["/a"] = answer("<p>whole and more", length=8)
    assert fetch(site.url("/a"), network=site.network()).data == b"<p>whole"


@pytest.mark.parametrize("said", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 twenty OK\r\n\r\n"])
def test_server_that_speaks_no_http_is_refused(site: Site, said: bytes) -> None:
    site.pages["/a"] = lambda request: (said,)
    refused(site, "/a", "breaks off")


def test_page_without_a_type_is_taken_as_it_is(site: Site) -> None:
    site.pages["/a"] = answer("words", media=None)
    found = fetch(site.url("/a"), network=site.network())
    assert (found.data, found.media, found.charset) == (b"words", None, None)


@pytest.mark.parametrize(
    ("media", "what"),
    [("image/png", "a picture"), ("video/mp4", "film"), ("application/json", "data for programs")],
)
def test_what_is_no_text_is_refused_before_its_body(site: Site, media: str, what: str) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}; q=1\r\n\r\n".encode()
    site.pages["/a"] = endless(head, b"", 0.2)
    refused(site, "/a", f"this is {what}")


def test_empty_page_is_refused(site: Site) -> None:
    site.pages["/a"] = answer("")
    refused(site, "/a", "empty page")
    site.pages["/a"] = lambda request: (HEAD[:20],)
    refused(site, "/a", "empty page")


def test_robots_is_obeyed(site: Site) -> None:
    site.pages["/robots.txt"] = answer(
        "User-agent: *\nDisallow: /private*.html$\n\nUser-agent: argumentmapper\nDisallow: /no\n",
        media="text/plain",
    )
    site.pages["/no"] = site.pages["/yes"] = answer("x")
    refused(site, "/no", "asks programs not to fetch")
    assert site.paths == ["/robots.txt"]
    assert fetch(site.url("/yes"), network=site.network()).data == b"x"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\nAllow: /a/b", True),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: other\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a", False),
        ("<html><body>Not found</body></html>", True),
        ("", True),
        ("\x00\xff\n:::\nDisallow", True),
    ],
)
def test_robots_rules(robots: str, allowed: bool) -> None:
    assert permits(robots.encode(), "https://news.example/a/b.html") is allowed


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (answer(status="500 Oops"), "cannot say whether programs may fetch it"),
        (answer(status="429 Slower"), "cannot say whether programs may fetch it"),
        (endless(HEAD + b"\r\n", b"#", 0.2), "takes too long"),
    ],
)
def test_site_whose_robots_cannot_be_read_is_not_asked(
    site: Site, page: Page, problem: str
) -> None:
    site.pages["/robots.txt"] = page
    site.pages["/a"] = answer("x")
    refused(site, "/a", problem)
    assert "/a" not in site.paths


def test_robots_that_is_missing_moved_or_huge_is_read_as_the_standard_says(site: Site) -> None:
    site.pages["/a"] = answer("x")
    for robots in (
        answer(status="403 Forbidden"),
        redirect("/robots.txt"),
        answer("#" * (2 * MAX_ROBOTS) + "\nUser-agent: *\nDisallow: /"),
    ):
        site.pages["/robots.txt"] = robots
        assert fetch(site.url("/a"), network=site.network()).data == b"x"
    site.pages["/robots.txt"] = redirect("/elsewhere")
    site.pages["/elsewhere"] = answer("User-agent: *\nDisallow: /a")
    refused(site, "/a", "asks programs not to fetch")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = trusted_authorities()
    authority.configure_trust(context)
    return context


def secured(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_certificate_is_checked_against_the_name(
    authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    def secure(site: Site, host: str = "news.example") -> bytes:
        network = site.network(authorities=lambda: trusting)
        return fetch(site.url("/a", host=host, scheme="https"), network=network).data

    with serving(secured(authority, "news.example")) as site:
        site.pages["/a"] = answer("x")
        assert secure(site) == b"x"
        with pytest.raises(
            SourceError, match=r"cannot prove that it is other\.example.*another name"
        ):
            secure(site, "other.example")
        with pytest.raises(SourceError, match=r"cannot prove that it is 127\.0\.0\.1"):
            secure(site, HERE)
        with pytest.raises(SourceError, match="nobody who is trusted"):
            fetch(site.url("/a", scheme="https"), network=site.network())
        site.pages["/a"] = redirect(site.url("/b"))
        with pytest.raises(SourceError, match="anyone on the way could change"):
            secure(site)


def test_secure_server_that_drips_does_not_hang(
    authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    with serving(secured(authority, "news.example")) as site:
        site.pages["/a"] = endless(HEAD + b"\r\n", b"x", 0.2)
        begun = time.monotonic()
        with pytest.raises(SourceError, match="takes too long"):
            network = site.network(authorities=lambda: trusting)
            fetch(site.url("/a", scheme="https"), network=network)
        assert time.monotonic() - begun < SECONDS


def test_handshake_that_never_comes_does_not_hang() -> None:
    with socket.create_server((HERE, 0)) as silent:
        site = Site(silent.getsockname()[1])
        begun = time.monotonic()
        with pytest.raises(SourceError, match="takes too long"):
            fetch(site.url("/a", scheme="https"), network=site.network())
        assert time.monotonic() - begun < SECONDS


def test_product_has_no_door_in_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the seam of the tests can do, no environment variable or default can."""
    for name in ("ARGMAP_ALLOW_PRIVATE", "ARGMAP_HOME", "no_proxy"):
        monkeypatch.setenv(name, "1")
    assert Network().resolve is network_module.resolve_name
    assert Network().permits is network_module.is_public
    assert Network().limits == Limits()
    assert Limits() != QUICK
