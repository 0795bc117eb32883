"""Charts can be read on both pages: WCAG 2.2, 1.4.3 for text and 1.4.11 for shapes."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest

from argmap.charts import PALETTE
from argmap.charts.style import GRID, LINE, ON_FILL
from argmap.dashboard import frame

_CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
_THEMES = tomllib.loads(_CONFIG.read_text(encoding="utf-8"))["theme"]
_PAGES = {
    name: [_THEMES[name][field] for field in ("backgroundColor", "secondaryBackgroundColor")]
    for name in ("light", "dark")
}
#: Too pale for a light page by themselves: they are drawn with an edge of ``LINE``.
_EDGED = {"con", "unclear"}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, as WCAG defines it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("name", "page"), list(product(PALETTE, ("light", "dark"))))
def test_every_colour_or_its_edge_stands_out(name: str, page: str) -> None:
    colour = LINE if name in _EDGED else PALETTE[name]
    assert contrast(colour, _PAGES[page][0]) >= 3


@pytest.mark.parametrize("page", ["light", "dark"])
def test_lines_and_ink_stand_out(page: str) -> None:
    assert frame._INK[page] == _THEMES[page]["textColor"]
    for paper in _PAGES[page]:
        assert contrast(LINE, paper) >= 3
        assert contrast(str(GRID["gridcolor"]), paper) >= 3
        assert contrast(frame._INK[page], paper) >= 4.5


@pytest.mark.parametrize("label", ON_FILL)
def test_text_on_a_fill_can_be_read(label: str) -> None:
    assert contrast(ON_FILL[label], PALETTE[label]) >= 4.5
