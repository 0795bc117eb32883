"""Which machines a web address may lead to: those of the public internet, and no other.

A page, a redirect or a name server could point the program at this machine, its network or a
cloud's metadata service (OWASP, "Server-Side Request Forgery Prevention"). Names prove
nothing, so it is the numeric addresses that are judged, each one that a name has, against the
IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates).
"""

from __future__ import annotations

import re
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

IPAddress = IPv4Address | IPv6Address

# Written out, because what Python calls global differs between its patch releases.
_CLOSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT, and the metadata service of one cloud
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own services, inside the public range
        "169.254.0.0/16",  # link-local, and the metadata services of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, and the metadata service of one cloud
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays, out of use
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_UNICAST_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")

# A last label of digits, or hexadecimal, makes a host a number (WHATWG URL, "ends in a number").
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)", re.I)


def is_public(address: IPAddress, port: int = 443) -> bool:
    """Whether ``address`` is a unicast address of the public internet.

    An IPv6 address that carries an IPv4 address (mapped, or through NAT64) is judged by that.
    ``port`` makes no difference; it is there for guards that ask for one.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _UNICAST_6 and not any(address in network for network in _CLOSED_6)


def literal(host: str) -> IPAddress | None:
    """The numeric address that ``host`` is written as; ``None`` where it is a name.

    Raises:
        ValueError: it is a number in a form that programs read in different ways (decimal,
            octal, hexadecimal, shortened, or an IPv6 address with a zone).
    """
    bare = host.removeprefix("[").removesuffix("]")
    if ":" in bare:
        if "%" in bare:
            raise ValueError("an address with a zone belongs to one network only")
        return IPv6Address(bare)
    last = bare.rstrip(".").rpartition(".")[2]
    if not _NUMBER.fullmatch(last):
        return None
    return ip_address(bare)
