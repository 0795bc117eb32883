"""Strict reading of JSON, with plain errors: what the formats that are JSON share."""

from __future__ import annotations

import json
import reprlib
from typing import Any

from argmap.errors import GraphFileError

#: Largest file that is read, in bytes.
MAX_BYTES = 256 * 1024 * 1024

_REPR = reprlib.Repr()
_REPR.maxstring = 60


def parse(data: str | bytes) -> Any:
    """The JSON value of a file's text.

    Raises:
        GraphFileError: it is too large, not UTF-8 or not JSON (RFC 8259: no NaN, no key twice).
    """
    if len(data) > MAX_BYTES:
        raise GraphFileError(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        # Half a character can stand in an escape; then no text made of it can be written.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
        return value
    except UnicodeDecodeError as error:
        raise GraphFileError(
            f"The file is not UTF-8 text (byte {error.start} is wrong)."
        ) from error
    except UnicodeEncodeError as error:
        raise GraphFileError("The file holds half a character (a lone surrogate).") from error
    except json.JSONDecodeError as error:
        raise GraphFileError(
            f"The file is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise GraphFileError("The file is nested too deeply.") from error
    except ValueError as error:  # the hooks below, and numbers of thousands of digits
        raise GraphFileError(f"The file cannot be read: {_ended(error)}") from error


def write(value: object) -> str:
    """JSON indented by two spaces, with a final line end; numbers as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def shown(value: object) -> str:
    """A JSON value as messages show it, cut short."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return _REPR.repr(value)


def expect_object(value: object, where: str) -> dict[str, Any]:
    """``value`` if it is a JSON object; GraphFileError otherwise."""
    if not isinstance(value, dict):
        raise GraphFileError(f"{where}: {shown(value)} is not an object.")
    return value


def expect_list(value: object, where: str) -> list[Any]:
    """``value`` if it is a list, nothing for ``null``; GraphFileError otherwise."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise GraphFileError(f"{where}: {shown(value)} is not a list.")
    return value


def expect_text(value: object, where: str) -> str:
    """``value`` if it is a text; GraphFileError otherwise."""
    if not isinstance(value, str):
        raise GraphFileError(f"{where}: {shown(value)} is not text.")
    return value


def expect_id(value: object, where: str) -> str:
    """An id as text; files hold them as text or as whole numbers. GraphFileError otherwise."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise GraphFileError(f"{where}: {shown(value)} is not an id.")
    return value


def _ended(error: ValueError) -> str:
    """What is wrong, as the end of a sentence; Python's own words for long numbers have no stop."""
    said = str(error)
    return said if said.endswith(".") else "a number in it has too many figures."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {shown(key)} stands twice in one object.")
        found[key] = value
    return found


def _constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows.")
