"""``python -m argmap.cli``."""

from argmap.cli import app

app()
