"""One JSON object read key by key; whatever is wrong is named by its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from argmap.projectfile.integrity import broken, shown

_SURROGATE = re.compile("[\ud800-\udfff]")

_T = TypeVar("_T", bound=str)


class Fields:
    """One JSON object and its place in the file, read key by key."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise broken(path or "The project file", f"{shown(value)} is not an object.")
        self._values: Mapping[str, object] = value
        self._path = path

    def at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        return self._values.get(key) is not None

    def _get(self, key: str) -> object:
        if key not in self._values:
            raise broken(self.at(key), "is missing.")
        return self._values[key]

    def text(self, key: str, *, default: str | None = None) -> str:
        if default is not None and key not in self._values:
            return default
        return _text(self._get(key), self.at(key))

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def integer(self, key: str) -> int:
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise broken(self.at(key), f"{shown(value)} is not a whole number.")
        return value

    def number(self, key: str) -> float:
        value = self._get(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise broken(self.at(key), f"{shown(value)} is not a number.")
        try:
            return float(value)
        except OverflowError:
            raise broken(self.at(key), f"{shown(value)} is too large.") from None

    def flag(self, key: str) -> bool:
        value = self._get(key)
        if not isinstance(value, bool):
            raise broken(self.at(key), f"{shown(value)} is not true or false.")
        return value

    def optional_flag(self, key: str) -> bool:
        return self.flag(key) if self.has(key) else False

    def choice(self, key: str, allowed: tuple[_T, ...]) -> _T:
        value = self._get(key)
        for option in allowed:
            if option == value:
                return option
        raise broken(self.at(key), f"{shown(value)} is not one of {', '.join(allowed)}.")

    def nested(self, key: str) -> Fields:
        return Fields(self._get(key), self.at(key))

    def _list(self, key: str) -> Iterator[tuple[str, object]]:
        values = self._get(key)
        if not isinstance(values, list):
            raise broken(self.at(key), f"{shown(values)} is not a list.")
        return ((f"{self.at(key)}[{index}]", value) for index, value in enumerate(values))

    def objects(self, key: str, *, optional: bool = False) -> Iterator[Fields]:
        if optional and key not in self._values:
            return iter(())
        return (Fields(value, path) for path, value in self._list(key))

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        if optional and key not in self._values:
            return ()
        return tuple(_text(value, path) for path, value in self._list(key))

    def mapping(self, key: str, *, optional: bool = False) -> dict[str, str]:
        if optional and key not in self._values:
            return {}
        fields = self.nested(key)
        return {fields.name(name): fields.text(name) for name in fields._values}

    def scalars(self, key: str) -> dict[str, str | int | float | bool]:
        fields = self.nested(key)
        found: dict[str, str | int | float | bool] = {}
        for name, value in fields._values.items():
            if isinstance(value, str):
                found[fields.name(name)] = fields.text(name)
            elif isinstance(value, bool | int | float):
                found[fields.name(name)] = value
            else:
                raise broken(fields.at(name), f"{shown(value)} is not a text, number or truth.")
        return found

    def name(self, key: str) -> str:
        return _text(key, f"{self._path} (a key of it)")


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise broken(path, f"{shown(value)} is not text.")
    if not value.isascii() and (found := _SURROGATE.search(value)):
        raise broken(path, f"holds half a character (a lone surrogate) at {found.start()}.")
    return value
