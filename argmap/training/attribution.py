"""``argmap train attribution``: from PolNeAR's train split to the attribution model.

PolNeAR (Newell, Margolin and Ruths 2018) marks in political news the source, cue and content of
every attribution. The embedding table of the backbone is frozen; all layers above it, the role
layers and both heads are trained together, the role layers on the annotated cues.
"""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from scipy.optimize import minimize
from torch import Tensor, nn

from argmap.errors import InputError
from argmap.nlp.attribution_net import AttributionNet, gather, new_net
from argmap.nlp.attribution_packed import (
    CUE_TAGS,
    ROLE_TAGS,
    PackedAttribution,
    Window,
    attribution_state,
    window,
)
from argmap.nlp.attributor import TransformerAttributor, log_odds
from argmap.nlp.backbone import BACKBONE_ID, BACKBONE_SHA256, backbone_dir, file_sha256
from argmap.nlp.passages import Passage, passages_of
from argmap.nlp.protocol import AttributionSpans
from argmap.nlp.tokens import load_tokenizer, pad
from argmap.records import Span
from argmap.training.examples import read_rows
from argmap.training.loop import Optimisation, Trainer, plan_batches, read_state

_IGNORED = -100
DATA = "polnear"
#: Cue thresholds that packaging chooses from.
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8)

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class AttributionRecipe:
    """Everything that decides the weights."""

    name: str
    seed: int
    epochs: int
    max_tokens: int
    batch_tokens: int
    reach: int
    learning_rate: float
    warmup: float
    weight_decay: float

    @classmethod
    def from_toml(cls, path: Path) -> AttributionRecipe:
        """Read a recipe; unknown or missing keys raise ``TypeError``."""
        return cls(**tomllib.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with a cue tag for each token, and for each cue a role for each token.

    Only the first token of a word carries a label; the others are ignored.
    """

    passage: Passage
    cues: list[int]
    roles: tuple[tuple[int, int, list[int]], ...]

    @property
    def ids(self) -> list[int]:
        return self.passage.ids

    @property
    def types(self) -> list[int]:
        return self.passage.types


def label(passage: Passage, attributions: Sequence[dict[str, Any]]) -> Labelled:
    """Lay the annotated spans over the passage's words; what lies outside it is left out."""
    starts = [passage.offsets[token][0] for token in passage.words]
    size = len(passage.ids)
    cues = [_IGNORED] * size
    for token in passage.words:
        cues[token] = 0
    roles: list[tuple[int, int, list[int]]] = []
    for attribution in attributions:
        inside = _tokens(passage, starts, attribution["cue"])
        if not inside:
            continue
        for number, token in enumerate(inside):
            cues[token] = CUE_TAGS.index("I" if number else "B")
        tags = [_IGNORED] * size
        for token in passage.words:
            tags[token] = 0
        for role in ("source", "content"):
            for token in _tokens(passage, starts, attribution[role]):
                tags[token] = ROLE_TAGS.index(role)
        after = passage.words.index(inside[-1]) + 1
        last = passage.words[after] if after < len(passage.words) else size - 1
        roles.append((inside[0], last, tags))
    return Labelled(passage, cues, tuple(roles))


def _tokens(passage: Passage, starts: Sequence[int], spans: Spans) -> list[int]:
    """The words' first tokens that begin inside the spans."""
    found: list[int] = []
    for start, end in spans:
        found += passage.words[bisect_left(starts, start) : bisect_left(starts, end)]
    return found


def load_passages(data: Path, split: str, *, max_tokens: int) -> list[Labelled]:
    """The labelled passages of one split of PolNeAR."""
    tokenizer = load_tokenizer(backbone_dir())
    return [
        label(passage, row["attributions"])
        for row in read_rows(data, DATA)
        if row["split"] == split
        for passage in passages_of(tokenizer, str(row["text"]), max_tokens=max_tokens)
    ]


def attribution_trainer(
    recipe: AttributionRecipe,
    passages: Sequence[Labelled],
    out: Path,
    *,
    device: str = "cpu",
    checkpoint_every: int = 100,
) -> Trainer:
    """A trainer of the recipe's epochs over the passages."""
    torch.manual_seed(recipe.seed)
    net = new_net().to(device)
    for parameter in net.encoder.embeddings.parameters():
        parameter.requires_grad_(False)
    net.roles.embeddings.word_embeddings.weight.requires_grad_(False)
    lengths = [len(item.ids) for item in passages]
    plan = [
        batch
        for epoch in range(recipe.epochs)
        for batch in plan_batches(
            lengths, batch_tokens=recipe.batch_tokens, seed=recipe.seed + epoch
        )
    ]

    def loss(batch: list[int]) -> Tensor:
        chosen = [passages[index] for index in batch]
        return batch_loss(net, chosen, reach=recipe.reach, device=torch.device(device))

    return Trainer(
        net,
        plan,
        loss,
        out,
        optimisation=Optimisation.of(recipe),
        recipe=repr(recipe),
        checkpoint_every=checkpoint_every,
    )


def batch_loss(
    net: AttributionNet, batch: Sequence[Labelled], *, reach: int, device: torch.device
) -> Tensor:
    """Cross-entropy of the cue tags plus that of the roles around each annotated cue."""
    inputs = pad(batch, device=device)
    hidden = net.encode(inputs)
    length = hidden.shape[1]
    tags = torch.full((len(batch), length), _IGNORED)
    windows: list[Window] = []
    roles: list[list[int]] = []
    for row, item in enumerate(batch):
        tags[row, : len(item.cues)] = torch.tensor(item.cues)
        for first, last, role in item.roles:
            windows.append(window(row, len(item.ids), first, last, reach=reach))
            roles.append(role)
    loss = _cross_entropy(net.cue(hidden), tags.to(device))
    if windows:
        states, mask, cue, position = gather(hidden, windows)
        wanted = torch.full(mask.shape, _IGNORED)
        for row, (w, role) in enumerate(zip(windows, roles, strict=True)):
            wanted[row, : w.end - w.start] = torch.tensor(role[w.start : w.end])
        loss = loss + _cross_entropy(
            net.role_logits(states, mask, cue, position), wanted.to(device)
        )
    return loss


def _cross_entropy(logits: Tensor, tags: Tensor) -> Tensor:
    return nn.functional.cross_entropy(
        logits.float().flatten(0, 1), tags.flatten(), ignore_index=_IGNORED
    )


@dataclass(frozen=True, slots=True)
class PackagedAttribution:
    """What was written: the folder, the hash of its weights, and how its threshold was chosen."""

    folder: Path
    sha256: str
    cue_threshold: float
    articles: int


def package_attribution(
    checkpoint: Path, recipe: AttributionRecipe, data: Path, out: Path
) -> PackagedAttribution:
    """Write ``model.safetensors`` (float16) and ``config.json`` to ``out``.

    The threshold of a cue and the calibration are fitted on the development split.

    Raises:
        InputError: there is no checkpoint.
    """
    if not checkpoint.is_file():
        raise InputError(f"{checkpoint}: there is no checkpoint. Run argmap train first.")
    state = read_state(checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    tensors = {
        name.removeprefix("weight/"): tensor.half()
        for name, tensor in load_file(checkpoint).items()
        if name.startswith("weight/")
    }
    save_file(tensors, out / "model.safetensors")
    rows = [row for row in read_rows(data, DATA) if row["split"] == "dev"]
    threshold, calibration = fit_decisions(
        PackedAttribution(attribution_state(tensors)), rows, recipe
    )
    settings = {
        "base": BACKBONE_ID,
        "base_sha256": BACKBONE_SHA256,
        "cue_tags": list(CUE_TAGS),
        "role_tags": list(ROLE_TAGS),
        "max_tokens": recipe.max_tokens,
        "cue_threshold": threshold,
        "calibration": list(calibration),
        "recipe": asdict(recipe),
        "steps": int(state["step"]),
        "seconds": round(float(state["seconds"])),
    }
    (out / "config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    return PackagedAttribution(out, file_sha256(out / "model.safetensors"), threshold, len(rows))


def fit_decisions(
    net: PackedAttribution, rows: Sequence[dict[str, Any]], recipe: AttributionRecipe
) -> tuple[float, tuple[float, float]]:
    """The cue threshold and the calibration that serve the annotated ``rows`` best.

    The threshold, one of ``THRESHOLDS``, has the best F1 of attributions that are right to the
    letter. The calibration is fitted on every cue found, weak ones too: right is one whose cue and
    source overlap an annotated attribution's.
    """
    texts = [str(row["text"]) for row in rows]
    gold = [[annotated_spans(item) for item in row["attributions"] if item["cue"]] for row in rows]
    best = (-1.0, THRESHOLDS[0])
    found: dict[float, list[tuple[AttributionSpans, ...]]] = {}
    for threshold in THRESHOLDS:
        attributor = TransformerAttributor(
            net,
            model_id="candidate",
            revision="0",
            max_tokens=recipe.max_tokens,
            cue_threshold=threshold,
        )
        found[threshold] = attributor.find(texts)
        sure = [[s for s in spans if s.confidence >= threshold] for spans in found[threshold]]
        right = sum(
            replace(spans, confidence=1.0) in theirs
            for mine, theirs in zip(sure, gold, strict=True)
            for spans in mine
        )
        f1 = 2 * right / max(1, sum(map(len, sure)) + sum(map(len, gold)))
        best = max(best, (f1, threshold))
    cues = [
        (spans.confidence, any(_agree(spans, other) for other in theirs))
        for mine, theirs in zip(found[best[1]], gold, strict=True)
        for spans in mine
    ]
    return best[1], fit_calibration(cues)


def annotated_spans(item: dict[str, Any]) -> AttributionSpans:
    """An attribution that has a cue, as PolNeAR's rows have it."""
    source = Span(*item["source"][0]) if item["source"] else None
    contents = tuple(Span(*content) for content in item["content"])
    return AttributionSpans(Span(*item["cue"][0]), source, contents, 1.0)


def _agree(mine: AttributionSpans, theirs: AttributionSpans) -> bool:
    if not mine.cue.overlaps(theirs.cue):
        return False
    if mine.source is None or theirs.source is None:
        return mine.source is theirs.source
    return mine.source.overlaps(theirs.source)


def fit_calibration(cues: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept over log-odds with the least cross-entropy (Platt 1999).

    Args:
        cues: the probability of each and whether it was right; none gives (1, 0).
    """
    if not cues:
        return 1.0, 0.0
    odds = np.array([log_odds(probability) for probability, _ in cues])
    right = np.array([float(was) for _, was in cues])

    def loss(line: NDArray[np.float64]) -> float:
        predicted = line[0] * odds + line[1]
        # log(1 + e^x) without overflow; the slight pull to (1, 0) settles separable cases.
        pull = 1e-3 * float((line[0] - 1.0) ** 2 + line[1] ** 2)
        return float(np.mean(np.logaddexp(0.0, predicted) - right * predicted)) + pull

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return round(float(slope), 4), round(float(intercept), 4)


def train_attribution(
    recipe_file: Path,
    data: Path,
    out: Path,
    *,
    progress: Callable[[int, int, float], None] | None = None,
) -> PackagedAttribution:
    """Train by the recipe and write the model folder ``out / "model"``.

    Goes on from ``out / "checkpoint.safetensors"`` if there is one. Uses a GPU if there is one.

    Raises:
        InputError: the data set is missing.
        ValueError: the checkpoint was made by another recipe.
    """
    recipe = AttributionRecipe.from_toml(recipe_file)
    passages = load_passages(data, "train", max_tokens=recipe.max_tokens)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    attribution_trainer(recipe, passages, out, device=device).run(progress=progress)
    return package_attribution(out / "checkpoint.safetensors", recipe, data, out / "model")
