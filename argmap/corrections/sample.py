"""Sentences drawn at random to be judged by a person, and what their labels stand for.

People correct labels that look wrong and pass over those that are right, so what was corrected
says little of the rest. Therefore sentences are drawn whatever their label, from strata of the
model's label and confidence (Cochran 1977, "Sampling Techniques", ch. 5): as many from each, so
that rare labels get their share, and each weighing as many as it was drawn from when thresholds
are chosen (Horvitz and Thompson 1952).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from argmap.corrections.log import labels_given, standing
from argmap.corrections.repeats import same_words
from argmap.records import Debate, Stance, content_id
from argmap.stance import Labelled, Refit, refit

#: Where the strata of one label part, in the model's probability of it.
CONFIDENCES = (0.5, 0.7, 0.9)

#: The class that the model holds most probable (for, against, neither), and which part of it.
_Stratum = tuple[int, int]


def draw_sentences(debate: Debate, topic_id: str, *, most: int, seed: int = 0) -> tuple[str, ...]:
    """Statements of one topic to be judged next, in the order to show them.

    The strata take turns, those with the fewest judged first, so that stopping at any point
    leaves a balanced sample. What was judged in an earlier draw is not drawn again; what was
    corrected in passing is, for leaving it out would leave the right ones. Whoever judges should
    be shown neither the model's label nor an earlier one (``Edit.drawn`` marks the answer).

    The same debate, log and seed give the same sentences.

    Args:
        most: at most so many.

    Raises:
        ValueError: the debate has no such topic.
    """
    if topic_id not in {topic.id for topic in debate.topics}:
        raise ValueError(f"The debate “{debate.title}” has no topic “{topic_id}”.")
    done = _drawn(debate)
    waiting: dict[_Stratum, list[str]] = {}
    judged: dict[_Stratum, int] = {}
    for stratum, stances in _strata(debate, topic_id).items():
        left = [s.statement for s in stances if (s.statement, topic_id) not in done]
        judged[stratum] = len(stances) - len(left)
        # The order of ids that hash the seed is a shuffle that a later draw goes on with.
        left.sort(key=lambda own: content_id("", str(seed), topic_id, own), reverse=True)
        waiting[stratum] = left
    found: list[str] = []
    while len(found) < most:
        open_to = [stratum for stratum in sorted(waiting) if waiting[stratum]]
        if not open_to:
            break
        stratum = min(open_to, key=lambda own: judged[own])
        found.append(waiting[stratum].pop())
        judged[stratum] += 1
    return tuple(found)


def drawn_labels(debate: Debate) -> tuple[Labelled, ...]:
    """The standing labels of drawn sentences, each with how many sentences it stands for.

    A stratum of which nothing was judged is counted to the nearest of the same class.
    """
    done, given = _drawn(debate), labels_given(debate.edits)
    texts = {statement.id: statement.text for statement in debate.statements}
    found: list[Labelled] = []
    for topic in debate.topics:
        strata = _strata(debate, topic.id)
        judged = {
            stratum: [s for s in stances if (s.statement, topic.id) in done]
            for stratum, stances in strata.items()
        }
        sizes = _sizes({own: len(stances) for own, stances in strata.items()}, judged)
        for stratum in sorted(judged):
            for stance in judged[stratum]:
                label = given[stance.statement, topic.id].label
                assert label is not None  # ``labels_given`` holds no edit without one
                found.append(
                    Labelled(
                        stance.pro,
                        stance.con,
                        stance.none,
                        label,
                        topic.motion,
                        same_words(texts[stance.statement]),
                        sizes[stratum] / len(judged[stratum]),
                    )
                )
    return tuple(found)


def refitted(debate: Debate) -> Refit:
    """The thresholds that the drawn labels of a debate give, or how many labels are missing."""
    return refit(drawn_labels(debate))


def _drawn(debate: Debate) -> set[tuple[str, str]]:
    """Statements and topics that were drawn and have a label that stands."""
    given = labels_given(debate.edits)
    drawn = {
        (statement, edit.topic)
        for edit in standing(debate.edits)
        if edit.kind == "label" and edit.drawn and edit.topic is not None
        for statement in edit.statements
    }
    return drawn & given.keys()


def _strata(debate: Debate, topic_id: str) -> dict[_Stratum, list[Stance]]:
    latest = {s.statement: s for s in debate.stances if s.topic == topic_id}
    found: dict[_Stratum, list[Stance]] = defaultdict(list)
    for stance in latest.values():
        shares = (stance.pro, stance.con, stance.none)
        best = shares.index(max(shares))
        found[best, bisect_right(CONFIDENCES, shares[best])].append(stance)
    return dict(found)


def _sizes(
    sizes: Mapping[_Stratum, int], judged: Mapping[_Stratum, Sequence[Stance]]
) -> dict[_Stratum, int]:
    """How many sentences each judged stratum stands for, with those beside it that none was of."""
    found = {stratum: 0 for stratum, own in judged.items() if own}
    for (best, part), size in sizes.items():
        near = [stratum for stratum in found if stratum[0] == best]
        if near:
            found[min(near, key=lambda own: (abs(own[1] - part), own))] += size
    return found
