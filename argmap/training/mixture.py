"""Stages of training examples: shares of each set, made none pairs and negated motions."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sentencex import segment

from argmap.stance import negate
from argmap.training.examples import CON, NONE, PRO, Example, load, read_rows

# Words that motions share whatever they are about.
_MODAL = frozenset(
    {"should", "would", "could", "must", "will", "that", "this", "house", "believes", "have"}
    | {"than", "with", "from", "more", "allowed", "there", "their", "government", "states"}
)
# Pairs drawn for each one wanted; a folder of one topic yields none rather than no end.
_TRIES = 50
_SWAP = {PRO: CON, CON: PRO, NONE: NONE}


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over a mixture.

    Attributes:
        sets: set name -> share of its training examples; above 1 repeats them.
        mismatched: pairs made of a statement and another topic's motion, as none.
        news: sentences of news articles on a motion they have nothing to do with, as none.
        negated: share of the examples whose motion is negated by rule and label turned round.
    """

    sets: Mapping[str, float]
    mismatched: int = 0
    news: int = 0
    negated: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the weights. ``models/stance/recipe.toml`` is the shipped one."""

    name: str
    seed: int
    max_tokens: int
    batch_tokens: int
    learning_rate: float
    warmup: float
    weight_decay: float
    label_smoothing: float
    stages: tuple[Stage, ...]

    @classmethod
    def from_toml(cls, path: Path) -> Recipe:
        """Read a recipe; unknown or missing keys raise ``TypeError``."""
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        stages = tuple(Stage(**stage) for stage in table.pop("stages"))
        return cls(**table, stages=stages)


def build_stage(stage: Stage, data: Path, *, seed: int) -> list[Example]:
    """Examples of one stage, shuffled; the same arguments give the same list."""
    rng = random.Random(seed)
    examples: list[Example] = []
    for name, share in stage.sets.items():
        pool = load(data, name, "train")
        whole, part = divmod(share, 1.0)
        examples += pool * int(whole) + rng.sample(pool, round(len(pool) * part))
    debates = [example for example in examples if example.source != "nli"]
    made = _mismatched(debates, stage.mismatched, rng)
    if stage.news:
        made += _news(data, [example.motion for example in debates], stage.news, rng)
    negated = [
        _negated(example) if rng.random() < stage.negated else example for example in examples
    ]
    result = negated + made
    rng.shuffle(result)
    return result


def _mismatched(pool: Sequence[Example], count: int, rng: random.Random) -> list[Example]:
    made: list[Example] = []
    for _ in range(count * _TRIES):
        if len(made) == count:
            break
        left, right = rng.choice(pool), rng.choice(pool)
        # Motions with a content word in common may be one topic in other words.
        if not _content(left.motion) & _content(right.motion):
            made.append(Example(left.text, right.motion, NONE, "mismatched"))
    return made


def _content(motion: str) -> set[str]:
    words = (word.strip(".,?!'\"").lower() for word in motion.split())
    return {word[:5] for word in words if len(word) > 3 and word not in _MODAL}


def _news(data: Path, motions: Sequence[str], count: int, rng: random.Random) -> list[Example]:
    articles = [row["text"] for row in read_rows(data, "polnear") if row["split"] == "train"]
    sentences = [
        " ".join(sentence.split())
        for article in rng.sample(articles, min(len(articles), 200))
        for sentence in segment("en", article)
    ]
    usable = [sentence for sentence in sentences if 6 <= len(sentence.split()) <= 50]
    return [
        Example(text, rng.choice(motions), NONE, "news")
        for text in rng.sample(usable, min(count, len(usable)))
    ]


def _negated(example: Example) -> Example:
    target = _SWAP.get(example.target)
    # A noun phrase has no verb to negate, and shares of votes have no exact opposite.
    if target is None or example.source == "nli" or len(example.motion.split()) < 4:
        return example
    motion = negate(example.motion)
    if motion.startswith("It is wrong that"):
        return example
    return replace(example, motion=motion, target=target)
