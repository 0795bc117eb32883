"""Where and when something was said, as official records give it."""

from __future__ import annotations

import re

from argmap.sources.characters import one_line

# ParlParse pads hours to three digits in its older files: "015:47:00".
_CLOCK = re.compile(r"0*(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]{1,2000}", re.I)


def clock(value: str | None) -> str | None:
    """A time of day as ``HH:MM``; ``None`` where ``value`` is none."""
    match = _CLOCK.fullmatch(one_line(value or ""))
    if match is None or int(match["hour"]) > 23:
        return None
    return f"{int(match['hour']):02d}:{int(match['minute']):02d}"


def web_address(value: str | None) -> str | None:
    """An ``http`` or ``https`` address; ``None`` for anything else, such as ``javascript:``."""
    found = one_line(value or "")
    return found if _ADDRESS.fullmatch(found) else None
