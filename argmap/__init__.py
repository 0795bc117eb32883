"""Argument mapping of policy debates: who says what, for or against which motion."""

__version__ = "0.1.0"
