"""Training examples for relations: (source, target, support / attack / none).

The packed set has four parts. In two (Debatepedia) every pair is related; in the debates of US
presidents and in clinical abstracts most are not. None of them has what most near neighbours in
a debate are, two arguments side by side on one motion, so such pairs are made, as none.
"""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmap.training.examples import CON, NONE, PRO, Example, load, read_rows
from argmap.training.mixture import content_words, news_pairs

#: Parts of the packed set: name -> what its rows call their source.
PARTS: Mapping[str, tuple[str, ...]] = {
    "debatepedia": ("debatepedia-causal", "debatepedia-normative"),
    "causal": ("debatepedia-causal",),
    "normative": ("debatepedia-normative",),
    "presidential": ("us-presidential",),
    "clinical": ("abstrct",),
}
TARGETS = {"support": PRO, "attack": CON, "none": NONE}

#: Sets whose arguments on one motion are paired as none.
PARALLEL = ("arg30k", "kpa", "perspectrum")
# Pairs drawn for each one wanted, so that a folder of one motion ends.
_TRIES = 50
# Development rows of each kind that probabilities are calibrated on.
_CALIBRATION_ROWS = 400


@dataclass(frozen=True, slots=True)
class RelationStage:
    """One pass over a mixture.

    Attributes:
        sets: share of each set's training examples; above 1 repeats them. A part of the packed
            set or ``key_points`` comes one label at a time ("clinical-attack"); any other name
            is a stance set, whose motions serve as claims.
        parallel: pairs of two arguments on one motion that share no word but the motion's, as none.
        elsewhere: pairs of an argument and another motion's argument or motion, as none.
        news: sentences of news articles with an argument's motion, as none.
    """

    sets: Mapping[str, float]
    parallel: int = 0
    elsewhere: int = 0
    news: int = 0


@dataclass(frozen=True, slots=True)
class RelationRecipe:
    """Everything that decides the weights. ``models/relations/recipe.toml`` is the shipped one.

    Attributes:
        start: ``"stance"`` begins with the shipped stance model's layers, ``"backbone"`` without.
    """

    name: str
    start: str
    seed: int
    max_tokens: int
    batch_tokens: int
    learning_rate: float
    warmup: float
    weight_decay: float
    label_smoothing: float
    stages: tuple[RelationStage, ...]

    @property
    def context_tokens(self) -> int:
        """None: two statements are read as they stand."""
        return 0

    @property
    def until(self) -> None:
        """The run goes to the end of its plan."""
        return None

    @classmethod
    def from_toml(cls, path: Path) -> RelationRecipe:
        """Read a recipe; unknown or missing keys raise ``TypeError``."""
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        stages = tuple(RelationStage(**stage) for stage in table.pop("stages"))
        return cls(**table, stages=stages)


def load_relations(data: Path, part: str, split: str, *, label: str | None = None) -> list[Example]:
    """Pairs of one part and split, of one label or all.

    Training pairs whose claim or argument stands again in the development or test split are left
    out: seven of Debatepedia's 25 test motions do, under two ways of pairing.
    """
    every = [row for row in read_rows(data, "relations") if row["source"] in PARTS[part]]
    kept = [row for row in every if _split(row["split"]) == split]
    if split == "train" and part in ("debatepedia", "causal", "normative"):
        rest = [row for row in every if row["split"] != "train"]
        motions = {row["target_text"] for row in rest}
        arguments = {row["source_text"] for row in rest}
        kept = [
            row
            for row in kept
            if row["target_text"] not in motions and row["source_text"] not in arguments
        ]
    return [
        Example(row["source_text"], row["target_text"], TARGETS[row["label"]], part)
        for row in kept
        if label in (None, row["label"])
    ]


def _split(name: str) -> str:
    return "dev" if name == "val" else name


def load_key_points(data: Path, split: str, *, label: str | None = None) -> list[Example]:
    """KPA 2021: an argument supports the key point that it was matched with, and no other."""
    labels = {1: "support", 0: "none"}
    return [
        Example(row["argument"], row["key_point"], TARGETS[labels[row["label"]]], "key_points")
        for row in read_rows(data, "key_points")
        if row["split"] == split and label in (None, labels[row["label"]])
    ]


def build_relation_stage(stage: RelationStage, data: Path, *, seed: int) -> list[Example]:
    """Examples of one stage, shuffled; the same arguments give the same list."""
    rng = random.Random(seed)
    examples: list[Example] = []
    for name, share in stage.sets.items():
        pool = _pool(data, name)
        whole, part = divmod(share, 1.0)
        examples += pool * int(whole) + rng.sample(pool, round(len(pool) * part))
    if stage.parallel or stage.elsewhere or stage.news:
        arguments = [e for name in PARALLEL for e in load(data, name, "train")]
        examples += [e for e, _ in parallel_arguments(arguments, stage.parallel, rng)]
        examples += _elsewhere(arguments, stage.elsewhere, rng)
        if stage.news:
            examples += news_pairs(data, [e.motion for e in arguments], stage.news, rng)
    rng.shuffle(examples)
    return examples


def _pool(data: Path, name: str) -> list[Example]:
    part, _, label = name.partition("-")
    if part in PARTS:
        return load_relations(data, part, "train", label=label or None)
    if part == "key_points":
        return load_key_points(data, "train", label=label or None)
    return load(data, name, "train")


def parallel_arguments(
    arguments: Sequence[Example], count: int, rng: random.Random
) -> list[tuple[Example, str]]:
    """Two arguments of one motion that do not answer each other, as none, with the motion.

    They may be on one side or on two. Two that share a word which the motion does not have may
    well be about one thing, so only those without one are taken.
    """
    by_motion: dict[str, list[str]] = defaultdict(list)
    for argument in arguments:
        by_motion[argument.motion].append(argument.text)
    motions = [motion for motion, texts in by_motion.items() if len(texts) > 1]
    made: list[tuple[Example, str]] = []
    for _ in range(count * _TRIES if motions else 0):
        if len(made) == count:
            break
        motion = rng.choice(motions)
        first, second = rng.sample(by_motion[motion], 2)
        if not (content_words(first) & content_words(second)) - content_words(motion):
            made.append((Example(first, second, NONE, "parallel"), motion))
    return made


def _elsewhere(arguments: Sequence[Example], count: int, rng: random.Random) -> list[Example]:
    made: list[Example] = []
    for _ in range(count * _TRIES):
        if len(made) == count:
            break
        left, right = rng.choice(arguments), rng.choice(arguments)
        target = right.text if len(made) % 2 else right.motion
        if not content_words(f"{left.motion} {left.text}") & content_words(
            f"{right.motion} {target}"
        ):
            made.append(Example(left.text, target, NONE, "elsewhere"))
    return made


def development(data: Path, *, seed: int) -> Iterator[tuple[str, list[Example]]]:
    """Every development set by name: the packed parts, key points and made parallel pairs."""
    for part in ("causal", "normative", "presidential", "clinical"):
        yield part, load_relations(data, part, "dev")
    yield "key_points", load_key_points(data, "dev")
    arguments = [e for name in PARALLEL for e in load(data, name, "dev")]
    made = parallel_arguments(arguments, _CALIBRATION_ROWS, random.Random(seed))
    yield "parallel", [example for example, _ in made]


def calibration_relations(data: Path, *, seed: int) -> list[Example]:
    """At most 400 rows of each development set."""
    rng = random.Random(seed)
    chosen: list[Example] = []
    for _, examples in development(data, seed=seed):
        chosen += rng.sample(examples, min(len(examples), _CALIBRATION_ROWS))
    return chosen
