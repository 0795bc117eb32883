"""Where each speaker stands on each topic, and how sure that can be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from argmap.records import Debate, SpeakerStance, Stance, Statement

#: With fewer statements that take a side no set of scores could settle which side a speaker is
#: on (see ``interval``): there is too little to say.
LEAST_STATEMENTS = 4

_PRIOR_COUNT = 2
_PRIOR_VARIANCE = 1.0
_DIGITS = 4


def summarise_speakers(debate: Debate) -> tuple[SpeakerStance, ...]:
    """Mean stance with its 95% interval for each speaker and topic.

    Only what the speaker says for themself counts: a view that they report another to hold
    does not. A speaker of whom no statement takes a side on a topic has no position there and
    is left out rather than put in the middle.

    Returns:
        Sorted by topic in the debate's order, then by speaker id.
    """
    statements = {statement.id: statement for statement in debate.statements}
    latest = {(stance.topic, stance.statement): stance for stance in debate.stances}
    heard: dict[tuple[str, str], list[tuple[Statement, Stance]]] = defaultdict(list)
    for (topic, identifier), stance in latest.items():
        statement = statements[identifier]
        if statement.speaker is not None and not statement.attribution.reported:
            heard[topic, statement.speaker].append((statement, stance))
    order = {topic.id: index for index, topic in enumerate(debate.topics)}
    return tuple(
        _summary(topic, speaker, said)
        for (topic, speaker), said in sorted(
            heard.items(), key=lambda item: (order[item[0][0]], item[0][1])
        )
        if any(stance.label in ("pro", "con") for _, stance in said)
    )


def _summary(topic: str, speaker: str, said: Sequence[tuple[Statement, Stance]]) -> SpeakerStance:
    labels = [stance.label for _, stance in said]
    sided = sorted(
        ((statement, stance) for statement, stance in said if stance.label in ("pro", "con")),
        key=lambda pair: (-abs(pair[1].score), pair[0].document, pair[0].start, pair[0].id),
    )
    mean, low, high = interval([stance.score for _, stance in sided])
    return SpeakerStance(
        speaker=speaker,
        topic=topic,
        mean=mean,
        low=low,
        high=high,
        pro=labels.count("pro"),
        con=labels.count("con"),
        none=labels.count("none"),
        unclear=labels.count("unclear"),
        statements=tuple(statement.id for statement, _ in sided),
    )


def interval(scores: Sequence[float]) -> tuple[float, float, float]:
    """Mean of scores in -1 to 1 with a 95% interval, cut to that range: ``(mean, low, high)``.

    The Student t interval of a normal mean whose variance is not known, with a conjugate prior
    on the variance (Gelman et al., Bayesian Data Analysis, 3rd ed., section 3.3) worth two
    statements of variance 1, the largest that scores in this range can have. So a single
    statement says nothing (the whole range), where a plain t interval is not defined and a
    bootstrap has no width; up to three that agree never settle a side, because one speaker in
    four who is on both would show as much; and from about ten the scores speak for themselves.

    Raises:
        ValueError: there are no scores.
    """
    if not scores:
        raise ValueError("There are no scores to take the mean of.")
    count = len(scores)
    # Exact sums, so that the order of the statements cannot move the last bit.
    mean = math.fsum(scores) / count
    freedom = _PRIOR_COUNT + count - 1
    squares = math.fsum((score - mean) ** 2 for score in scores)
    variance = (_PRIOR_COUNT * _PRIOR_VARIANCE + squares) / freedom
    from scipy.special import stdtrit  # slow to import, and most commands do without it

    half = float(stdtrit(freedom, 0.975)) * math.sqrt(variance / count)
    return (
        round(mean, _DIGITS),
        round(max(-1.0, mean - half), _DIGITS),
        round(min(1.0, mean + half), _DIGITS),
    )
