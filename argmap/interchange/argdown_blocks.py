"""Argdown 1.x, read line by line into its items: statements, arguments, and their marks.

This is the part of the grammar that makes a map: titles, texts, braces, relations and
premise-conclusion structures. Headings and lists only group; emphasis, links, mentions, tags and
comments are taken off the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from argmap.errors import GraphFileError

_FRONT = re.compile(r"\s*={3,}[^\S\n]*\n(?P<yaml>.*?)\n?={3,}[^\S\n]*(?:\n|$)", re.DOTALL)
_LEAD = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?:(?P<symbol>\+>|->|_>|><|<\+|<-|<_|\+|-(?!-)|_(?=\s))"
    r"|\((?P<number>\d+)\)|(?P<heading>\#+)[ ]|(?P<bullet>\*|\d+\.)(?=\s))?[ \t]*"
)
_INFERENCE = re.compile(r"[ \t]*--(?P<rest>[^\n]*)(?:\n|$)")
_NAMED = re.compile(r"\[(?P<s>[^\n]+?)\]:|<(?P<a>[^\n]+?)>:")
_REFERENCE = re.compile(r"\[(?P<s>[^-\n][^\n]*?)\](?!\()|<(?P<a>[^-\n!][^\n]*?)>")
_COMMENT = re.compile(r"<!--.*?-->|/\*.*?\*/|//[^\n]*", re.DOTALL)
_STARTS = re.compile(
    r"[ \t]*(?:\n|$|\+>|->|_>|><|<\+|<-|<_|\+|-|_(?=\s)|\(\d+\)|(?:\*|\d+\.)(?=\s))|\#+ "
)
_PLAIN = re.compile(r"[^\\{\n/<\[@#*_]+")
_LINK = re.compile(r"\[([^\]\n]+?)\]\([^)\n]+?\)")
_MENTION = re.compile(r"@\[([^\n]+?)\]|@<([^\n]+?)>")
_TAG = re.compile(r"#(?:\([^)\n]+\)|[\w-]+)")
_AFTER_REFERENCE = re.compile(r"(?:[ \t]*#(?:\([^)\n]+\)|[\w-]+))*[ \t]*(?=\n|$|\{)")
_BRACES = re.compile(r'[{}]|"(?:[^"\\]|\\.)*"|(?<!\w)\'[^\'\n]*\'', re.DOTALL)
_BLANK = re.compile(r"[ \t]*(?:\n|$)")
_LINE = re.compile(r"[^\n]*\n?")
_RULES_LIMIT = 20
# A file of nothing but opening braces must not cost its length squared.
_BRACES_LIMIT = 4_000_000
_UNCLOSED_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a map with what runs on after it.

    Attributes:
        block: number of the block, which an empty line ends.
        indent: how far the item is moved in.
        symbol: what stands before it, such as ``+`` or ``->``; ``(1)`` for a numbered statement
            and ``--`` for the line of an inference.
        title: what the brackets hold; ``None`` where there are none.
        argument: whether they are ``<>``.
        text: the words after the title, on one line; empty for a mere reference.
        data: what the braces hold.
    """

    block: int
    indent: int
    symbol: str
    title: str | None
    argument: bool
    text: str
    data: Mapping[str, Any]


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter's fields and the text after it.

    Raises:
        GraphFileError: the front matter is not closed or not YAML.
    """
    if not text.lstrip().startswith("==="):
        return {}, text
    match = _FRONT.match(text)
    if match is None:
        raise GraphFileError("The front matter opens with === and is never closed.")
    fields = load_yaml(match["yaml"], "the front matter")
    if fields is not None and not isinstance(fields, dict):
        raise GraphFileError("The front matter is not a list of fields.")
    return fields or {}, text[match.end() :]


def load_yaml(text: str, where: str) -> Any:
    """A YAML value of plain types. JSON, which argmap writes, is read as JSON.

    Raises:
        GraphFileError: it is not YAML, or has anchors, by which a small file could grow huge.
    """
    if text.startswith("{"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass  # YAML of another hand
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise GraphFileError(f"{where[:1].upper()}{where[1:]} uses a YAML alias.")
        return yaml.load(text, Loader=loader)  # nosec B506 # one of the two safe loaders
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise GraphFileError(f"{where[:1].upper()}{where[1:]} is not YAML: {problem}.") from error


def items(body: str) -> Iterator[Item]:
    """The items of a map in order.

    Raises:
        GraphFileError: what stands in braces is not YAML.
    """
    return _Reader(body).items()


class _Reader:
    def __init__(self, body: str) -> None:
        self._body = body
        self._at = 0
        self._line, self._line_at = 1, 0
        self._unclosed = 0

    def items(self) -> Iterator[Item]:
        block = 0
        while self._at < len(self._body):
            if blank := _BLANK.match(self._body, self._at):
                block += 1
                self._at = max(blank.end(), self._at + 1)
                continue
            if comment := _COMMENT.match(self._body, self._at):
                self._at = comment.end()
                continue
            if inference := _INFERENCE.match(self._body, self._at):
                self._at = inference.end()
                self._rules(inference["rest"])
                yield Item(block, 0, "--", None, False, "", {})
                continue
            lead = _LEAD.match(self._body, self._at)
            assert lead is not None  # it may match nothing
            self._at = lead.end()
            title, argument = self._title()
            text, data = self._content()
            if lead["heading"]:
                continue
            symbol = "(1)" if lead["number"] else lead["symbol"] or ""
            indent = len(lead["indent"])
            if title is None and not text:
                continue
            yield Item(block, indent, symbol, title, argument, text, data)

    def _rules(self, rest: str) -> None:
        """Pass over the names of the rules between two lines of an inference."""
        if "--" in rest:
            return
        for _ in range(_RULES_LIMIT):
            line = _LINE.match(self._body, self._at)
            if line is None or not line[0].strip():
                return
            self._at = line.end()
            if "--" in line[0]:
                return

    def _title(self) -> tuple[str | None, bool]:
        if named := _NAMED.match(self._body, self._at):
            self._at = named.end()
            return named["s"] or named["a"], named["a"] is not None
        reference = _REFERENCE.match(self._body, self._at)
        if reference and (after := _AFTER_REFERENCE.match(self._body, reference.end())):
            self._at = after.end()
            return reference["s"] or reference["a"], reference["a"] is not None
        return None, False

    def _content(self) -> tuple[str, Mapping[str, Any]]:
        body = self._body
        parts: list[str] = []
        data: Mapping[str, Any] = {}
        while self._at < len(body):
            char = body[self._at]
            if char == "\n":
                if self._at + 1 >= len(body) or _STARTS.match(body, self._at + 1):
                    self._at += 1
                    break
                parts.append(" ")
                self._at += 1
            elif char == "\\" and self._at + 1 < len(body) and body[self._at + 1] != "\n":
                parts.append(body[self._at + 1])
                self._at += 2
            elif comment := _COMMENT.match(body, self._at):
                self._at = comment.end()
            elif char == "{" and (end := self._closing()):
                line = self._line_number()
                found = load_yaml(body[self._at : end], f"what stands in braces on line {line}")
                if isinstance(found, dict) and not data:
                    data = found
                self._at = end
            elif plain := _PLAIN.match(body, self._at):
                parts.append(plain[0])
                self._at = plain.end()
            elif link := _LINK.match(body, self._at):
                parts.append(link[1])
                self._at = link.end()
            elif mention := _MENTION.match(body, self._at):
                parts.append(mention[1] or mention[2])
                self._at = mention.end()
            elif tag := _TAG.match(body, self._at):
                self._at = tag.end()
            else:
                # An asterisk or an underscore with space on both sides is one; else emphasis.
                around = body[self._at - 1 : self._at] + body[self._at + 1 : self._at + 2]
                if char not in "*_" or not around.strip():
                    parts.append(char)
                self._at += 1
        return " ".join("".join(parts).split()), data

    def _closing(self) -> int | None:
        """Where the brace that opens here is closed; quoted text is passed over."""
        if self._unclosed >= _UNCLOSED_LIMIT:
            return None
        depth = 0
        for match in _BRACES.finditer(self._body, self._at, self._at + _BRACES_LIMIT):
            if match[0] in "{}":
                depth += 1 if match[0] == "{" else -1
                if depth == 0:
                    return match.end()
        self._unclosed += 1
        return None

    def _line_number(self) -> int:
        self._line += self._body.count("\n", self._line_at, self._at)
        self._line_at = self._at
        return self._line
