"""How speakers voted, beside where their words stand.

A division decides a topic only because a person has said so, and said what an aye means; see
``Decision``. From then on a vote is a position on the motion that can be held against the mean
of the speaker's statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from argmap.records import Debate, Decision, Division, Side, SpeakerStance, Vote, VoteSide


@dataclass(frozen=True, slots=True)
class SpeakerVote:
    """One speaker's vote in the division that decides a topic, beside their stance.

    Attributes:
        side: ``None`` where the speaker did not vote or it is not known.
        position: what the vote says of the motion; ``None`` without a vote for one side.
        stance: the side of the speaker's mean; ``None`` where no statement takes a side or the
            two sides balance.
        settled: the interval of the mean keeps to that side.
    """

    speaker: str
    side: VoteSide | None = None
    position: Side | None = None
    teller: bool = False
    proxy: bool = False
    stance: Side | None = None
    settled: bool = False

    @property
    def agrees(self) -> bool | None:
        """Whether vote and stance are on one side; ``None`` where either is not known."""
        if self.position is None or self.stance is None:
            return None
        return self.position == self.stance


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many speakers voted as they spoke.

    Attributes:
        agree, compared: of speakers with a vote for one side and a stance.
        settled_agree, settled: of those among them whose interval keeps to one side.
        voted: speakers with a vote for one side, whether or not they have a stance.
        speakers: all of them.
    """

    agree: int
    compared: int
    settled_agree: int
    settled: int
    voted: int
    speakers: int


def decision_of(debate: Debate, topic: str) -> tuple[Decision, Division] | None:
    """What decides ``topic``, if anybody has said it."""
    decision = next((d for d in debate.decisions if d.topic == topic), None)
    if decision is None:
        return None
    return decision, next(d for d in debate.divisions if d.id == decision.division)


def decide(debate: Debate, topic: str, division: str | None, *, aye: Side = "pro") -> Debate:
    """The debate with ``division`` deciding ``topic``; with ``None``, with nothing deciding it.

    Raises:
        ValueError: the debate has no such topic or division.
    """
    if topic not in {t.id for t in debate.topics}:
        raise ValueError(f"The debate has no topic {topic!r}.")
    if division is not None and division not in {d.id for d in debate.divisions}:
        raise ValueError(f"The debate has no division {division!r}.")
    kept = {d.topic: d for d in debate.decisions if d.topic != topic}
    if division is not None:
        kept[topic] = Decision(topic, division, aye)
    return replace(debate, decisions=tuple(kept[t.id] for t in debate.topics if t.id in kept))


def carry_decisions(before: Debate, after: Debate) -> Debate:
    """``after`` with the decisions of ``before`` on motions and divisions that are in both.

    A motion is the same if its words are; so what a person has set outlives a new mapping.
    """
    motions = {topic.id: topic.motion for topic in before.topics}
    here = {topic.motion: topic.id for topic in after.topics}
    divisions = {division.id for division in after.divisions}
    decided = {decision.topic for decision in after.decisions}
    for decision in before.decisions:
        topic = here.get(motions[decision.topic])
        if topic is not None and topic not in decided and decision.division in divisions:
            after = decide(after, topic, decision.division, aye=decision.aye)
    return after


def position_of(side: VoteSide | None, aye: Side) -> Side | None:
    """What a vote says of the motion, given what an aye says."""
    if side == "aye":
        return aye
    if side == "no":
        return "con" if aye == "pro" else "pro"
    return None


def votes_beside(
    debate: Debate, topic: str, summaries: Sequence[SpeakerStance]
) -> tuple[SpeakerVote, ...]:
    """Every speaker of the debate with their vote and their stance, in the debate's order.

    Votes are matched on the ids that the record itself gives to persons, never on names; whoever
    a reader merged into another brings their vote along.

    Args:
        summaries: as ``summarise_speakers`` gives them; those on other topics are passed over.

    Returns:
        Nothing where no division decides the topic.
    """
    found = decision_of(debate, topic)
    if found is None:
        return ()
    decision, division = found
    votes = _votes_of(debate, division)
    stances = {summary.speaker: summary for summary in summaries if summary.topic == topic}
    beside = []
    for speaker in debate.speakers:
        vote, summary = votes.get(speaker.id), stances.get(speaker.id)
        stance: Side | None = None
        if summary is not None and summary.mean != 0:
            stance = "pro" if summary.mean > 0 else "con"
        beside.append(
            SpeakerVote(
                speaker=speaker.id,
                side=vote.side if vote else None,
                position=position_of(vote.side if vote else None, decision.aye),
                teller=vote.teller if vote else False,
                proxy=vote is not None and vote.proxy is not None,
                stance=stance,
                settled=summary is not None and (summary.low > 0 or summary.high < 0),
            )
        )
    return tuple(beside)


def _votes_of(debate: Debate, division: Division) -> dict[str, Vote]:
    """Votes by speaker, following the merges by which a reader made one speaker of two."""
    known = {speaker.id for speaker in debate.speakers}
    merged = {e.speaker: e.into for e in debate.edits if e.kind == "merge"} if debate.edited else {}
    found: dict[str, Vote] = {}
    for vote in division.votes:
        person: str | None = vote.person
        passed: set[str] = set()
        while person is not None and person not in known and person not in passed:
            passed.add(person)
            person = merged.get(person)
        # Where both of two that were merged have voted, the one that stays goes first.
        if person in known and (person == vote.person or person not in found):
            found[person] = vote
    return found


def agreement(beside: Sequence[SpeakerVote]) -> Agreement:
    """Counts over speakers; whoever did not vote or took no side is in none of the shares."""
    compared = [b for b in beside if b.agrees is not None]
    settled = [b for b in compared if b.settled]
    return Agreement(
        agree=sum(b.agrees is True for b in compared),
        compared=len(compared),
        settled_agree=sum(b.agrees is True for b in settled),
        settled=len(settled),
        voted=sum(b.position is not None for b in beside),
        speakers=len(beside),
    )
