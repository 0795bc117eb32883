"""Sessions that survive a restart: SQLite in the user's data folder unless told otherwise."""

from argmap.store.sessions import SessionInfo, Store

__all__ = ["SessionInfo", "Store"]
