"""Which numbers and which addresses are let through."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import SourceError
from argmap.sources.address import parse_address
from argmap.sources.hosts import is_public, literal

PRIVATE = """
0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16
169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1
192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:10.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1
fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1
"""
PUBLIC = """
1.1.1.1 8.8.8.8 99.255.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 223.255.255.255
2606:4700:4700::1111 2a00:1450:4009::1 ::ffff:8.8.8.8 64:ff9b::808:808
"""


@pytest.mark.parametrize("number", PRIVATE.split())
def test_private_and_reserved_numbers_are_refused(number: str) -> None:
    assert not is_public(ip_address(number))


@pytest.mark.parametrize("number", PUBLIC.split())
def test_public_numbers_are_permitted(number: str) -> None:
    assert is_public(ip_address(number))


@given(st.ip_addresses(v=4))
def test_ipv4_that_ipv6_carries_is_judged_by_itself(number: IPv4Address) -> None:
    for carrier in (f"::ffff:{number}", f"64:ff9b::{number}"):
        assert is_public(ip_address(carrier)) == is_public(number)
    assert not is_public(ip_address(f"::{number}"))
    assert not (is_public(number) and not number.is_global)


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "127.0.0.0x1", "1.2.3.4.5",
     "fe80::1%eth0", "00.0.0.1", "127.0.0.01"],
)  # fmt: skip
def test_numbers_that_can_be_read_in_several_ways_are_refused(host: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        literal(host)
    with pytest.raises(SourceError, match="number that can be read in several ways"):
        parse_address(f"http://[{host}]/" if ":" in host else f"http://{host}/")


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://News.Example/a", "https://news.example/a"),
        ("news.example", "https://news.example/"),
        ("news.example:8443/a?b=c", "https://news.example:8443/a?b=c"),
        ("  http://news.example.:80/a#top ", "http://news.example/a"),
        ("https://bücher.example/ä?q=ü", "https://xn--bcher-kva.example/%C3%A4?q=%C3%BC"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("//news.example/a", "https://news.example/a"),
        ("https://%31%32%37.0.0.1/", "https://127.0.0.1/"),
    ],
)
def test_address_is_read_as_a_browser_reads_it(typed: str, url: str) -> None:
    assert parse_address(typed).url == url


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "nothing in it"),
        ("file:///etc/passwd", "not file:"),
        ("ftp://news.example/a", "not ftp:"),
        ("javascript:alert(1)", "not javascript:"),
        ("data:text/html,hello", "not data:"),
        ("gopher://127.0.0.1/", "not gopher:"),
        ("https://user:secret@news.example/", "user name or a password"),
        ("https://news.example@10.0.0.1/", "user name or a password"),
        ("https://news.example\\@10.0.0.1/", "no spaces or backslashes"),
        ("https://news.example/a b", "no spaces or backslashes"),
        ("https://news.example/\r\nHost: other", "no spaces or backslashes"),
        ("https:///a", "names no site"),
        ("https://news%2fexample/", "names no site"),
        ("https://a..b/", "names no site"),
        ("https://news.example:25/", "port 25"),
        ("https://news.example:99999/", "no web address"),
        ("http://１２７.０.０.１/", "no web address"),
        ("https://news.example/" + "a" * 5000, "longer than"),
    ],
)
def test_address_that_is_not_fetched_is_named(typed: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        parse_address(typed)
    assert caught.value.remedy


@given(st.text(max_size=60))
def test_any_text_gives_an_address_or_a_plain_refusal(text: str) -> None:
    for typed in (text, f"http://{text}", f"https://news.example/{text}"):
        try:
            address = parse_address(typed)
        except SourceError:
            continue
        assert parse_address(address.url) == address
        assert address.url.isascii()
        assert not any(char.isspace() for char in address.url)
