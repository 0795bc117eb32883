"""What a site's robots.txt asks of programs (RFC 9309), read by Protego."""

from __future__ import annotations

from protego import Protego

from argmap import __version__

#: How the program names itself to a site, and the name that robots.txt may address it by.
PRODUCT = "ArgumentMapper"
USER_AGENT = f"{PRODUCT}/{__version__} (fetches one page when its user asks for it)"

#: As much of a robots.txt as is read, in bytes (RFC 9309, section 2.5, asks for 500 KiB at least).
MAX_ROBOTS = 512 * 1024


def permits(robots: bytes, url: str) -> bool:
    """Whether a robots.txt lets this program fetch ``url``. What cannot be read forbids nothing."""
    rules = Protego.parse(robots[:MAX_ROBOTS].decode("utf-8", "replace").removeprefix("\ufeff"))
    return bool(rules.can_fetch(url, PRODUCT))
