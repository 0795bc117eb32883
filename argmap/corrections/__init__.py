"""A person's corrections: one event log, replayed over the debate that was mapped.

The log (``log``) says which edits stand after undo and redo, ``replay`` applies them, each by its
concern (``who``, ``labels``, ``points``, ``links``). Around it: ``merges`` offers the pairs of
names that may be one speaker, ``repeats`` finds the same sentence elsewhere, ``agreement`` sets
the model's labels beside the persons', and ``sample`` draws sentences to judge and refits the
thresholds on them.
"""

from argmap.corrections.agreement import Agreement, Agreements, Kappa, agreement
from argmap.corrections.log import in_order, labels_given, next_redo, next_undo, standing
from argmap.corrections.merges import MergeOffer, suggest_merges
from argmap.corrections.points import new_point_id
from argmap.corrections.repeats import same_sentence, same_words
from argmap.corrections.replay import EditOutcome, Replay, apply_edits, corrected, replay
from argmap.corrections.sample import draw_sentences, drawn_labels, refitted
from argmap.corrections.who import new_speaker_id

__all__ = [
    "Agreement",
    "Agreements",
    "EditOutcome",
    "Kappa",
    "MergeOffer",
    "Replay",
    "agreement",
    "apply_edits",
    "corrected",
    "draw_sentences",
    "drawn_labels",
    "in_order",
    "labels_given",
    "new_point_id",
    "new_speaker_id",
    "next_redo",
    "next_undo",
    "refitted",
    "replay",
    "same_sentence",
    "same_words",
    "standing",
    "suggest_merges",
]
