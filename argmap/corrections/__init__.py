"""A person's corrections of who said what: an event log, replayed over the mapped debate.

The log (``log``) says which edits stand after undo and redo, ``replay`` applies them,
``merges`` offers the pairs of names that may be one speaker.
"""

from argmap.corrections.log import in_order, next_redo, next_undo, standing
from argmap.corrections.merges import MergeOffer, suggest_merges
from argmap.corrections.replay import EditOutcome, Replay, apply_edits, corrected, replay

__all__ = [
    "EditOutcome",
    "MergeOffer",
    "Replay",
    "apply_edits",
    "corrected",
    "in_order",
    "next_redo",
    "next_undo",
    "replay",
    "standing",
    "suggest_merges",
]
