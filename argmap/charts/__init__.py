"""Records -> ``plotly.graph_objects.Figure``; pure functions without Streamlit."""

from argmap.charts.balance import balance_figure
from argmap.charts.comparison import change_figure, comparison_figure
from argmap.charts.exchanges import exchanges_figure
from argmap.charts.icicle import icicle_figure
from argmap.charts.matrix import matrix_figure, matrix_width
from argmap.charts.notes import HANDLE, SIZES_BY, UNANSWERED, Notes, SizeBy
from argmap.charts.places import needed_width
from argmap.charts.reliability import reliability_figure, risk_coverage_figure
from argmap.charts.speakers import speakers_figure
from argmap.charts.style import PALETTE, SIGNS
from argmap.charts.tree import tree_figure

__all__ = [
    "HANDLE",
    "PALETTE",
    "SIGNS",
    "SIZES_BY",
    "UNANSWERED",
    "Notes",
    "SizeBy",
    "balance_figure",
    "change_figure",
    "comparison_figure",
    "exchanges_figure",
    "icicle_figure",
    "matrix_figure",
    "matrix_width",
    "needed_width",
    "reliability_figure",
    "risk_coverage_figure",
    "speakers_figure",
    "tree_figure",
]
