"""A person's corrections: one event log, replayed over the debate that was mapped.

The log (``log``) says which edits stand after undo and redo, ``replay`` applies them, each by its
concern (``who``, ``labels``, ``points``, ``links``); ``merges`` offers the pairs of names that
may be one speaker.
"""

from argmap.corrections.log import in_order, next_redo, next_undo, standing
from argmap.corrections.merges import MergeOffer, suggest_merges
from argmap.corrections.points import new_point_id
from argmap.corrections.replay import EditOutcome, Replay, apply_edits, corrected, replay
from argmap.corrections.who import new_speaker_id

__all__ = [
    "EditOutcome",
    "MergeOffer",
    "Replay",
    "apply_edits",
    "corrected",
    "in_order",
    "new_point_id",
    "new_speaker_id",
    "next_redo",
    "next_undo",
    "replay",
    "standing",
    "suggest_merges",
]
