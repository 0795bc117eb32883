"""What the outputs of a sequence classifier mean, read from its own names for them.

Three layouts are told apart. Three-way inference heads say whether a hypothesis follows, does not
follow, or is contradicted. Two-way heads say only whether it follows: that it does not is no
opposition to it. Stance heads say pro, con or none themselves. The order is never assumed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.errors import ModelError

Layout = Literal["nli", "entailment", "stance"]

_NOT_LETTER = re.compile(r"[^a-z]+")
#: What a class is called, without spaces and signs, by what it means here.
_NAMES: Mapping[str, frozenset[str]] = {
    "entailment": frozenset({"entailment", "entail", "entails", "entailed"}),
    "not_entailment": frozenset(
        {"notentailment", "nonentailment", "notentail", "notentailed", "noentailment"}
    ),
    "neutral": frozenset({"neutral", "neither", "none", "unrelated", "neutralstance"}),
    "contradiction": frozenset({"contradiction", "contradict", "contradicts", "contradictory"}),
    "pro": frozenset(
        {"pro", "favor", "favour", "infavor", "infavour", "support", "supports", "for"}
    ),
    "con": frozenset({"con", "against", "oppose", "opposes", "opposed", "attack", "attacks"}),
}
# The meanings that make up each layout, in the order that the classifier wants them.
_LAYOUTS: Mapping[Layout, tuple[str, ...]] = {
    "nli": ("entailment", "contradiction", "neutral"),
    "entailment": ("entailment", "not_entailment"),
    "stance": ("pro", "con", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The layout of a head and which of its outputs means what.

    Attributes:
        columns: for ``"nli"`` the outputs of entailment, contradiction and neutral; for
            ``"entailment"`` those of entailment and its absence; for ``"stance"`` those of pro,
            con and none.
    """

    layout: Layout
    columns: tuple[int, ...]


def read_head(id2label: Mapping[int, str], *, labels: Sequence[str] | None = None) -> Head:
    """The head that the names of the outputs tell of.

    Args:
        id2label: the model's own names, by output.
        labels: what the user says they are, in order, where the model's own names tell nothing.

    Raises:
        ModelError: the names are no layout that is known; the message says what to do.
    """
    if labels is not None and len(labels) != len(id2label):
        raise ModelError(
            f"The model has {len(id2label)} outputs and {len(labels)} names were given for them. "
            "Name every output, in order."
        )
    named = dict(enumerate(labels)) if labels is not None else dict(id2label)
    meaning = {index: _meaning(name) for index, name in named.items()}
    for layout, wanted in _LAYOUTS.items():
        if len(meaning) == len(wanted) and set(meaning.values()) == set(wanted):
            places = {means: index for index, means in meaning.items()}
            return Head(layout, tuple(places[means] for means in wanted))
    shown = ", ".join(str(named[index]) for index in sorted(named)) or "none"
    raise ModelError(
        f"The model's outputs are named {shown}. They must be entailment, neutral and "
        "contradiction, or entailment and not_entailment, or pro, con and none, in any order. If "
        "they mean that under other names, say so in order: argmap models add FOLDER --labels "
        "contradiction,neutral,entailment"
    )


def _meaning(name: str) -> str | None:
    bare = _NOT_LETTER.sub("", str(name).lower())
    return next((means for means, names in _NAMES.items() if bare in names), None)
