"""What an examination finds, and the page that it makes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

#: ``"look"`` is worth a look and hinders nothing; ``"wrong"`` keeps something from working.
State = Literal["ok", "look", "wrong"]

#: Called as ``progress(what, done, total)``; a total of nought is not known.
Progress = Callable[[str, int, int], None]

_NAME = 22


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the page.

    Attributes:
        topic: the heading that it stands under.
        remedy: what to do, where it is not ``"ok"``.
    """

    topic: str
    name: str
    value: str
    state: State = "ok"
    remedy: str = ""


def tidy(text: str) -> str:
    """``text`` on one line, with ``~`` for the user's own folder, which has their name."""
    line = " ".join(text.split())
    own = str(Path.home())
    return line.replace(own, "~") if len(own) > 1 else line


def guarded(topic: str, name: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What ``check`` finds; a fault in it is a finding too, and the rest goes on."""
    found: list[Finding] = []
    try:
        found.extend(check())
    # Whatever is broken may raise anything, and the page is for just that case.
    except Exception as error:
        found.append(
            Finding(
                topic,
                name,
                f"could not be examined ({type(error).__name__})",
                "wrong",
                "Report this page.",
            )
        )
    return found


def worst(findings: Sequence[Finding]) -> State:
    """The worst of the states."""
    states = {finding.state for finding in findings}
    return "wrong" if "wrong" in states else "look" if "look" in states else "ok"


def as_text(findings: Sequence[Finding]) -> str:
    """The page: a heading a topic, a line a finding, its remedy beneath."""
    lines = [
        "Argument Mapper: this installation, to paste into a bug report.",
        "No text, title or file name of a document is on this page.",
    ]
    topic = ""
    for finding in findings:
        if finding.topic != topic:
            topic = finding.topic
            lines += ["", topic]
        lines.append(f"  {finding.state:<6}{finding.name:<{_NAME}} {tidy(finding.value)}".rstrip())
        if finding.remedy:
            lines.append(f"        {'':<{_NAME}} > {tidy(finding.remedy)}")
    wrong = sum(finding.state == "wrong" for finding in findings)
    look = sum(finding.state == "look" for finding in findings)
    said = "nothing wrong" if not wrong else f"{wrong} wrong"
    lines += ["", f"Result: {said}, {look} to look at." if look else f"Result: {said}."]
    return "\n".join(lines) + "\n"


def as_json(findings: Sequence[Finding]) -> str:
    """The same as JSON."""
    rows = [{**asdict(f), "value": tidy(f.value), "remedy": tidy(f.remedy)} for f in findings]
    return json.dumps({"state": worst(findings), "findings": rows}, indent=1, ensure_ascii=False)


def size(number: int) -> str:
    """A number of bytes in words: ``12 kB``, ``3.4 MB``, ``1.2 GB``."""
    for unit, least in (("GB", 10**9), ("MB", 10**6)):
        if number >= least:
            return f"{number / least:.1f} {unit}"
    return f"{number / 1000:.0f} kB"
