"""The Streamlit pages. Only this room and ``app.py`` import streamlit."""

from __future__ import annotations

from pathlib import Path


def pages_dir() -> Path:
    """Folder of the page files that ``app.py`` navigates between."""
    return Path(__file__).resolve().parent / "pages"
