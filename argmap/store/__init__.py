"""Sessions that survive a restart: SQLite in the user's data folder unless told otherwise."""

from argmap.store.sessions import SameSentence, SessionInfo, Store

__all__ = ["SameSentence", "SessionInfo", "Store"]
from argmap.store.sessions import KEPT_ASIDE, SessionInfo, Store
from argmap.store.unfinished import Unfinished

__all__ = ["KEPT_ASIDE", "SessionInfo", "Store", "Unfinished"]
