"""Sessions that survive a restart: SQLite in the user's data folder unless told otherwise."""

from argmap.store.scores import Scores, remembered
from argmap.store.sessions import KEPT_ASIDE, SameSentence, SessionInfo, Store
from argmap.store.unfinished import Unfinished

__all__ = [
    "KEPT_ASIDE",
    "SameSentence",
    "Scores",
    "SessionInfo",
    "Store",
    "Unfinished",
    "remembered",
]
