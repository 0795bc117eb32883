"""The characters of a text, made plain before anything else looks at it.

Quotation marks, dashes and accents stay as they are. What goes is what nobody sees: control
characters, soft hyphens, zero-width and direction marks, odd spaces, lone surrogates.
"""

from __future__ import annotations

import re
import unicodedata

# Formatting characters that show nothing. The Arabic number signs, which do show, stay.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]+")


def normalise(text: str) -> str:
    """``text`` in NFC with ``\\n`` line ends, single plain spaces and nothing invisible.

    Lines carry no space at either end. Applying it twice changes nothing.
    """
    text = _BREAK.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", text))
    return "\n".join(line.strip(" ") for line in text.split("\n"))


def one_line(text: str) -> str:
    """``text`` as ``normalise`` leaves it, with every run of white space one space."""
    return " ".join(normalise(text).split())
