"""Motions in other words, by rule: those that keep a label and those that turn it round.

What a model learns of "We should ban X" it must also know of "X ought to be outlawed", and the
other way round of "We should allow X". The rules are few and plain, and leave a motion alone
rather than spoil it. Training draws one wording at a time; an explanation asks them all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from argmap.negation import negate

_Rule = tuple[re.Pattern[str], str]

# Each pair is read both ways.
_OPPOSITES = """
    do more harm than good = do more good than harm
    does more harm than good = does more good than harm
    be made compulsory = be left voluntary
    be legalized = be banned
    be legalised = be banned
    be abolished = be kept
    be banned = be allowed
    be prohibited = be permitted
    be forbidden = be permitted
    be compulsory = be voluntary
    be mandatory = be optional
    be illegal = be legal
    be increased = be reduced
    be raised = be lowered
    be expanded = be cut back
    be encouraged = be discouraged
    should ban = should allow
    should prohibit = should permit
    should legalize = should ban
    should legalise = should ban
    should abolish = should keep
    should abandon = should keep
    should end = should continue
    should increase = should reduce
    should raise = should lower
    should limit = should expand
    should restrict = should expand
    should support = should oppose
    should adopt = should reject
    should introduce = should do without
    should subsidize = should stop subsidizing
    should fund = should stop funding
    should promote = should discourage
    should protect = should stop protecting
    would ban = would allow
    would abolish = would keep
    would legalise = would ban
    would increase = would reduce
    must be stopped = must go on
    is good for = is bad for
    are good for = are bad for
    is right = is wrong
    is justified = is unjustified
    is effective = is ineffective
    is better than = is worse than
    are better than = are worse than
    is harmful = is harmless
    is necessary = is unnecessary
    is possible = is impossible
"""

_SAME = (
    ("should ban", ("should outlaw", "ought to prohibit", "should put an end to")),
    ("should prohibit", ("should ban", "should outlaw")),
    ("should abolish", ("should do away with", "ought to scrap", "should get rid of")),
    ("should abandon", ("should give up", "ought to drop")),
    ("should legalize", ("should make legal", "ought to legalise")),
    ("should subsidize", ("should give public money to", "ought to subsidise")),
    ("should end", ("should put a stop to", "ought to end")),
    ("should adopt", ("should move to", "ought to take up")),
    ("should introduce", ("should bring in", "ought to set up")),
    ("should limit", ("should restrict", "ought to curb")),
    ("should increase", ("should raise", "ought to expand")),
    ("should fight for", ("should work towards", "ought to press for")),
    ("be banned", ("be outlawed", "be made illegal", "be forbidden")),
    ("be abolished", ("be scrapped", "be done away with")),
    ("be legalized", ("be made legal", "be legalised")),
    ("be allowed", ("be permitted",)),
    ("be increased", ("be raised", "go up")),
    ("be reduced", ("be cut", "come down")),
    ("be compulsory", ("be required of everyone",)),
)

# Frames around "We should DO" and "SUBJECT should DO"; the last group turns the label.
_WE = re.compile(r"We (?:should|must|have to|need to) (?P<rest>.+)", re.I)
_HOUSE = re.compile(r"This house (?:would|should) (?P<rest>.+)", re.I)
_ANY = re.compile(
    r"(?P<subject>[A-Z0-9][^,;:?]{2,60}?) (?:should|must) (?P<rest>(?!not\b).+)", re.DOTALL
)
_WE_SAME = (
    "We ought to {rest}", "We must {rest}", "This house would {rest}", "It is time to {rest}",
    "The government should {rest}", "The right policy is to {rest}", "Should we {rest}?",
    "This house believes that we should {rest}", "Parliament should act to {rest}",
)  # fmt: skip
_WE_TURNED = (
    "It would be a mistake to {rest}", "We should refuse to {rest}", "It is wrong to {rest}",
    "This house would not {rest}", "There is no case for a decision to {rest}",
)  # fmt: skip
_ANY_SAME = (
    "{subject} ought to {rest}", "{subject} must {rest}",
    "It is right that {subject} should {rest}", "This house believes that {subject} should {rest}",
    "Should {subject} {rest}?", "The law should require that {subject} {rest}",
)  # fmt: skip
_ANY_TURNED = (
    "It would be a mistake if {subject} were to {rest}", "{subject} ought not to {rest}",
    "It is wrong that {subject} should {rest}", "There is no reason why {subject} should {rest}",
)  # fmt: skip


def _both_ways(table: str) -> tuple[_Rule, ...]:
    rules: list[_Rule] = []
    for line in table.strip().splitlines():
        one, other = (part.strip() for part in line.split(" = "))
        rules += [(_phrase(one), other), (_phrase(other), one)]
    return tuple(rules)


def _phrase(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(words)}\b(?! not\b)", re.I)


_TURNS = _both_ways(_OPPOSITES)
_KEEPS = tuple((_phrase(words), others) for words, others in _SAME)


def turned(motion: str, rng: random.Random) -> str | None:
    """The motion of those against it, or ``None`` where no rule makes one that reads well.

    >>> turned("We should ban whaling", random.Random(2))
    'We should allow whaling'
    """
    choices: list[str] = []
    for pattern, other in _TURNS:
        swapped, count = pattern.subn(other, motion, count=1)
        if count:
            choices.append(swapped)
    choices += _framed(motion, _WE_TURNED, _ANY_TURNED, rng)
    plain = negate(motion)
    if not motion.endswith("?") and not plain.startswith("It is wrong that"):
        choices.append(plain)
    return rng.choice(choices) if choices else None


def reworded(motion: str, rng: random.Random) -> str | None:
    """The same motion in other words, or ``None`` where no rule makes one.

    >>> reworded("We should ban whaling", random.Random(0))
    'This house believes that we should ban whaling'
    """
    choices: list[str] = []
    for pattern, others in _KEEPS:
        swapped, count = pattern.subn(rng.choice(others), motion, count=1)
        if count:
            choices.append(swapped)
    choices += _framed(motion, _WE_SAME, _ANY_SAME, rng)
    return rng.choice(choices) if choices else None


def rewordings(motion: str) -> tuple[str, ...]:
    """Every wording that ``reworded`` may draw, in the rules' order; a final full stop is kept.

    >>> rewordings("Whaling should be banned.")[0]
    'Whaling should be outlawed.'
    """
    found = [
        pattern.sub(other, motion, count=1)
        for pattern, others in _KEEPS
        if pattern.search(motion)
        for other in others
    ]
    return _distinct(motion, found + _frames(motion, _WE_SAME, _ANY_SAME))


def turnings(motion: str) -> tuple[str, ...]:
    """Every wording that ``turned`` may draw, the plain negation first.

    >>> turnings("We should ban whaling.")[:2]
    ('We should not ban whaling.', 'We should allow whaling.')
    """
    plain = negate(motion)
    found = [] if motion.endswith("?") or plain.startswith("It is wrong that") else [plain]
    found += [pattern.sub(other, motion, count=1) for pattern, other in _TURNS]
    return _distinct(motion, found + _frames(motion, _WE_TURNED, _ANY_TURNED))


def _distinct(motion: str, wordings: Sequence[str]) -> tuple[str, ...]:
    stop = "." if motion.endswith(".") else ""
    ended = (text if text.endswith(("?", ".")) else text + stop for text in wordings)
    return tuple(text for text in dict.fromkeys(ended) if text != motion)


def _framed(
    motion: str, ours: Sequence[str], theirs: Sequence[str], rng: random.Random
) -> list[str]:
    """Up to two frames around the motion's own words."""
    every = _frames(motion, ours, theirs)
    return rng.sample(every, 2) if every else []


def _frames(motion: str, ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    bare = motion.rstrip(".")
    for pattern, frames in ((_WE, ours), (_HOUSE, ours), (_ANY, theirs)):
        found = pattern.fullmatch(bare)
        if found is not None:
            parts = found.groupdict()
            if "subject" in parts:
                parts["subject"] = _lowered(parts["subject"])
            framed = (frame.format(**parts) for frame in frames)
            return [text[0].upper() + text[1:] for text in framed]
    return []


def _lowered(subject: str) -> str:
    """Without the capital of a sentence's first word, where a common word begins it."""
    first = subject.split()[0]
    common = first.lower() in {"the", "a", "an", "all", "every", "there", "it", "people", "we"}
    return subject[0].lower() + subject[1:] if common else subject
