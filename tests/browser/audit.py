"""axe-core on our pages, and what of its findings lies in Streamlit's own chrome."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# WCAG 2.2 A and AA; and, beyond them, that headings come in order and regions have a place.
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_BEYOND = ("heading-order", "empty-heading", "page-has-heading-one", "tabindex", "target-size")


@dataclass(frozen=True, slots=True)
class Excused:
    """A finding that is not ours to mend: its rule, where it lies, and why."""

    rule: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One element that breaks one rule.

    Attributes:
        target: selectors from the outermost shadow root inwards, joined by ``>>>``.
        html: how the element begins.
        why: axe's words.
    """

    rule: str
    impact: str
    target: str
    html: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.target}\n    {self.html}\n    {self.why}"


EXCEPTIONS: Sequence[Excused] = ()


def findings(page: Page) -> tuple[Finding, ...]:
    """Every violation on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    told = page.evaluate(
        "(options) => axe.run(document, options)",
        {
            "runOnly": {"type": "tag", "values": list(_TAGS)},
            "rules": {rule: {"enabled": True} for rule in _BEYOND},
            "resultTypes": ["violations"],
        },
    )
    return tuple(
        _finding(violation, node) for violation in told["violations"] for node in violation["nodes"]
    )


def _finding(violation: Mapping[str, Any], node: Mapping[str, Any]) -> Finding:
    target = " >>> ".join(
        part if isinstance(part, str) else " >>> ".join(part) for part in node["target"]
    )
    checks = [*node["any"], *node["all"], *node["none"]]
    why = "; ".join(check["message"] for check in checks)
    return Finding(violation["id"], node["impact"] or "", target, node["html"][:160], why)


def excused(finding: Finding) -> bool:
    """Whether the table above has it."""
    return any(
        finding.rule == known.rule and re.search(known.target, finding.target)
        for known in EXCEPTIONS
    )
