"""Records -> ``plotly.graph_objects.Figure``; pure functions without Streamlit."""

from argmap.charts.balance import balance_figure
from argmap.charts.icicle import icicle_figure
from argmap.charts.speakers import speakers_figure
from argmap.charts.style import PALETTE, SIGNS
from argmap.charts.tree import tree_figure

__all__ = [
    "PALETTE",
    "SIGNS",
    "balance_figure",
    "icicle_figure",
    "speakers_figure",
    "tree_figure",
]
