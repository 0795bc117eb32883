"""Who is let in: nobody asked, a password asked, or a proxy that has asked already.

``argmap serve`` decides it and hands it to the dashboard in the environment. Nothing here draws.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from argmap.errors import InputError, StoreError
from argmap.resources import home_dir
from argmap.store import user_name

Way = Literal["none", "password", "header"]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

#: The header in which a proxy proves that it is the one.
SECRET_HEADER = "X-Argmap-Proxy-Secret"  # nosec B105 # its name alone
#: Characters that the proxy's secret has at least.
SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class Gate:
    """How users sign in.

    Attributes:
        users: the file of users, for ``"password"``.
        header: the header that names the user, for ``"header"``.
        secret: what the proxy must send in ``SECRET_HEADER``.
        proxies: the addresses that the proxy must come from, where it has no secret.
    """

    way: Way = "none"
    users: Path = Path()
    header: str = ""
    secret: str = ""
    proxies: tuple[Network, ...] = ()

    def environment(self) -> dict[str, str]:
        """What :func:`from_environment` reads."""
        return {
            "ARGMAP_SIGN_IN": self.way,
            "ARGMAP_USERS_FILE": str(self.users),
            "ARGMAP_USER_HEADER": self.header,
            "ARGMAP_PROXY_SECRET": self.secret,
            "ARGMAP_TRUSTED_PROXY": ",".join(str(network) for network in self.proxies),
        }

    def trusts(self, values: Callable[[str], Sequence[str]], peer: str | None) -> bool:
        """Whether a request comes from the proxy.

        Args:
            values: every value of a header that the request has.
            peer: the address that it comes from.
        """
        if self.secret:
            given = values(SECRET_HEADER)
            return len(given) == 1 and hmac.compare_digest(
                given[0].encode("utf-8", "replace"), self.secret.encode("utf-8")
            )
        try:
            address = ipaddress.ip_address(peer or "")
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self.proxies)

    def named(self, values: Callable[[str], Sequence[str]]) -> str | None:
        """The user that the proxy names; ``None`` where it names none, or more than one."""
        given = values(self.header)
        if len(given) != 1:
            return None
        try:
            return user_name(_read(given[0]))
        except StoreError:
            return None


def _read(value: str) -> str:
    """A header's value, which is read as Latin-1 and mostly sent as UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def from_environment(environment: Mapping[str, str] = os.environ) -> Gate:
    """How users sign in here.

    Raises:
        InputError: it is not said whole; nobody must be let in then.
    """
    way = environment.get("ARGMAP_SIGN_IN", "").strip() or "none"
    match way:
        case "none":
            return Gate()
        case "password":
            return Gate("password", users=users_file(environment))
        case "header":
            return behind_proxy(
                environment.get("ARGMAP_USER_HEADER", ""),
                secret=environment.get("ARGMAP_PROXY_SECRET", ""),
                proxies=environment.get("ARGMAP_TRUSTED_PROXY", "").split(","),
            )
    raise InputError(
        f"ARGMAP_SIGN_IN is {way!r}, which is no way to sign in. Start the dashboard with "
        "argmap serve, which sets it."
    )


def users_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The file of users: what ``ARGMAP_USERS_FILE`` says, or ``users.json`` in the data folder."""
    named = environment.get("ARGMAP_USERS_FILE", "").strip()
    return Path(named).expanduser() if named else home_dir() / "users.json"


def behind_proxy(header: str, *, secret: str = "", proxies: Sequence[str] = ()) -> Gate:
    """Trust a proxy that names the user.

    Args:
        proxies: addresses or networks (10.0.0.0/24), one or more where there is no secret.

    Raises:
        InputError: anybody could pass for the proxy, or one of the parts cannot be used.
    """
    header = header.strip()
    if not header or not all(c.isascii() and (c.isalnum() or c in "-_") for c in header):
        raise InputError(
            f"{header!r} cannot be the name of a header. Give one such as X-Forwarded-User."
        )
    if header.casefold() == SECRET_HEADER.casefold():
        raise InputError(f"{SECRET_HEADER} is for the proxy's secret. Name another header.")
    if secret and len(secret) < SHORTEST_SECRET:
        raise InputError(
            f"The proxy's secret has fewer than {SHORTEST_SECRET} characters. Make a longer one, "
            "by openssl rand -hex 32 for example."
        )
    networks: list[Network] = []
    for address in (part.strip() for part in proxies):
        if not address:
            continue
        try:
            networks.append(ipaddress.ip_network(address))
        except ValueError as error:
            raise InputError(
                f"{address}: This is no address of a proxy ({error}). Give one such as 10.0.0.5 "
                "or 10.0.0.0/24."
            ) from error
    if not secret and not networks:
        raise InputError(
            "With --user-header anybody could name themselves. Say also how the proxy is told: "
            "by --proxy-secret-file, or by its address with --trusted-proxy."
        )
    return Gate("header", header=header, secret=secret, proxies=tuple(networks))


def proxied_file() -> Path:
    """What ``streamlit run`` is given behind a proxy."""
    return Path(__file__).with_name("behind_proxy.py")


def secret_of(path: Path) -> str:
    """The proxy's secret, the one line of a file.

    Raises:
        InputError: it cannot be read or is empty.
    """
    try:
        found = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise InputError(f"{path}: The proxy's secret cannot be read: {reason}.") from error
    if not found:
        raise InputError(f"{path}: There is no secret in this file. Write one line into it.")
    return found


def only_here(address: str | None) -> bool:
    """Whether a server that listens on an address is reached from this machine alone."""
    if address is None:
        return False
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"
