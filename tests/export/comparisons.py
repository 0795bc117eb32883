"""Comparisons that must go on being written byte for byte.

``python -m tests.export.comparisons`` writes them anew; look at the difference before you keep it.
"""

from __future__ import annotations

import re
from pathlib import Path

from argmap.export.comparison import comparison_to_html, comparison_to_markdown
from argmap.nlp import FakeEncoder
from argmap.structure import contrast
from tests.structure.contrasts import side_by_side

_STYLE = re.compile(r"<style>.*?</style>", re.S)
FOLDER = Path(__file__).with_name("golden")


def written(name: str) -> str:
    """``speaker.html`` and the like; of a page, all but its style, which the report shares."""
    by, suffix = name.split(".")
    debate = side_by_side()
    if by == "speaker":
        found = contrast(debate, "pay", "speaker", "p1", "p2", encoder=FakeEncoder())
    else:
        found = contrast(debate, "pay", "date", "2022", "2024", encoder=FakeEncoder())
    if suffix == "md":
        return comparison_to_markdown(found, debate)
    return _STYLE.sub("<style></style>", comparison_to_html(found, debate))


if __name__ == "__main__":
    for name in ("speaker.html", "speaker.md", "date.html", "date.md"):
        (FOLDER / f"compare-{name}").write_text(written(name), encoding="utf-8")
