"""Sessions that survive a restart: SQLite in the user's data folder unless told otherwise."""

from argmap.store.access import BUNDLED, EVERYONE, GIVEN, May, Share, unknown, user_name
from argmap.store.backup import back_up, daily, restore
from argmap.store.copies import Backup
from argmap.store.infos import SameSentence, SessionInfo
from argmap.store.keeping import backups, latest_sound
from argmap.store.rescue import Rescued, look_through, rescue
from argmap.store.scores import Scores, remembered
from argmap.store.sessions import KEPT_ASIDE, Store
from argmap.store.unfinished import Unfinished

__all__ = [
    "BUNDLED",
    "EVERYONE",
    "GIVEN",
    "KEPT_ASIDE",
    "Backup",
    "May",
    "Rescued",
    "SameSentence",
    "Scores",
    "SessionInfo",
    "Share",
    "Store",
    "Unfinished",
    "back_up",
    "backups",
    "daily",
    "latest_sound",
    "look_through",
    "remembered",
    "rescue",
    "restore",
    "unknown",
    "user_name",
]
