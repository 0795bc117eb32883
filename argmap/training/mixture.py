"""Stages of training examples: shares of each set, made none pairs and negated motions."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sentencex import segment

from argmap.stance import negate
from argmap.stance.rewording import reworded, turned
from argmap.training.examples import NONE, SWAPPED, Example, load, read_rows

# Words that motions share whatever they are about.
_MODAL = frozenset(
    {"should", "would", "could", "must", "will", "that", "this", "house", "believes", "have"}
    | {"than", "with", "from", "more", "allowed", "there", "their", "government", "states"}
)
# Pairs drawn for each one wanted; a folder of one topic yields none rather than no end.
_TRIES = 50


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over a mixture.

    Attributes:
        sets: set name -> share of its training examples; above 1 repeats them.
        mismatched: pairs made of a statement and another topic's motion, as none.
        news: sentences of news articles on a motion they have nothing to do with, as none.
        negated: share of the examples whose motion is negated by rule and label turned round.
        turned: the same by the wider rules of ``rewording.turned`` ("ban" to "allow").
        reworded: share whose motion is put in other words and whose label stays.
        bare: share of the examples with words before them that lose these, so that the model
            does not come to need them.
    """

    sets: Mapping[str, float]
    mismatched: int = 0
    news: int = 0
    negated: float = 0.0
    turned: float = 0.0
    reworded: float = 0.0
    bare: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the weights of one run, but for the weights it starts from.

    ``context_tokens`` is how much of the words before a statement the model is trained on, and
    ``context_in_use`` how much of them it is given once it is shipped. ``until`` ends
    the run after so many batches, with the learning rate that the whole plan gives them.
    ``kept_of_start`` is the share of the weights it started from in those it ends with.
    """

    name: str
    seed: int
    max_tokens: int
    batch_tokens: int
    learning_rate: float
    warmup: float
    weight_decay: float
    label_smoothing: float
    stages: tuple[Stage, ...]
    context_tokens: int = 0
    context_in_use: int = 0
    until: int | None = None
    kept_of_start: float = 0.0


def read_phases(path: Path) -> tuple[tuple[Recipe, ...], ...]:
    """The phases of a recipe file, each one recipe a seed.

    A phase starts from the weights of the one before. Where it has several seeds, its runs go
    on apart and their weights are averaged (Wortsman et al. 2022, "Model soups"). What the file
    says outside its phases holds for all of them; a phase may say it again for itself.
    ``models/stance/recipe.toml`` is the shipped one.

    Raises:
        TypeError: unknown or missing keys.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    phases: list[tuple[Recipe, ...]] = []
    for phase in table.pop("phases"):
        stages = tuple(Stage(**stage) for stage in phase.pop("stages"))
        settings = {**table, **phase}
        seeds = settings.pop("seeds")
        phases.append(tuple(Recipe(**settings, seed=seed, stages=stages) for seed in seeds))
    return tuple(phases)


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
        made += news_pairs(data, [example.motion for example in debates], stage.news, rng)
    result = [_varied(example, stage, rng) for example in examples] + made
    if stage.bare:
        result = [replace(e, context="") if rng.random() < stage.bare else e for e in result]
    rng.shuffle(result)
    return result


def _mismatched(pool: Sequence[Example], count: int, rng: random.Random) -> list[Example]:
    made: list[Example] = []
    for _ in range(count * _TRIES):
        if len(made) == count:
            break
        left, right = rng.choice(pool), rng.choice(pool)
        # Motions with a content word in common may be one topic in other words.
        if not content_words(left.motion) & content_words(right.motion):
            made.append(Example(left.text, right.motion, NONE, "mismatched", left.context))
    return made


def content_words(motion: str) -> set[str]:
    """The first five letters of every word that tells what a text is about."""
    words = (word.strip(".,?!'\"").lower() for word in motion.split())
    return {word[:5] for word in words if len(word) > 3 and word not in _MODAL}


def news_pairs(data: Path, motions: Sequence[str], count: int, rng: random.Random) -> list[Example]:
    """News sentences on motions they have nothing to do with, as none."""
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


def _varied(example: Example, stage: Stage, rng: random.Random) -> Example:
    """The example, or by the stage's shares one with its motion turned round or in other words."""
    draw = rng.random()
    if example.source == "nli" or draw >= stage.negated + stage.turned + stage.reworded:
        return example
    if draw >= stage.negated + stage.turned:
        return replace(example, motion=reworded(example.motion, rng) or example.motion)
    target = SWAPPED.get(example.target)
    # A noun phrase has no verb to negate, and shares of votes have no exact opposite.
    if target is None or len(example.motion.split()) < 4:
        return example
    motion = turned(example.motion, rng) if draw >= stage.negated else negate(example.motion)
    if motion is None or motion.startswith("It is wrong that "):
        return example
    return replace(example, motion=motion, target=target)
