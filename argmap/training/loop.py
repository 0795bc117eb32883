"""Fine-tuning of the backbone as a pair classifier: resumable, the same code on CPU and GPU.

The embedding table is frozen (half of the parameters, and the part that small data spoils
first); every layer above it is trained. Checkpoints are safetensors: weights and both Adam
moments, so that a run stopped anywhere goes on as if it had not been.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from argmap.nlp.backbone import backbone_dir
from argmap.nlp.classifier import build_model
from argmap.nlp.protocol import CLASSES
from argmap.nlp.tokens import Encoded, encode_pairs, load_tokenizer, pad
from argmap.training.examples import Example
from argmap.training.mixture import Recipe

log = logging.getLogger(__name__)

_POOL_BATCHES = 50  # batches are sorted by length within pools of this many, to save padding


def new_model() -> nn.Module:
    """The backbone with a fresh three-way head (normal, 0.02), embeddings frozen."""
    model = build_model(
        {
            "classifier.weight": torch.normal(0.0, 0.02, (len(CLASSES), 384)),
            "classifier.bias": torch.zeros(len(CLASSES)),
        }
    )
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not name.startswith("bert.embeddings."))
    return model


def encode(examples: Sequence[Example], *, max_tokens: int) -> list[Encoded]:
    """Tokenise (statement, motion) pairs as the classifier does when it is used."""
    pairs = [(example.text, example.motion) for example in examples]
    return encode_pairs(load_tokenizer(backbone_dir()), pairs, max_tokens=max_tokens)


def plan_batches(encoded: Sequence[Encoded], *, batch_tokens: int, seed: int) -> list[list[int]]:
    """Batches of example indices, at most ``batch_tokens`` padded tokens each, in random order."""
    rng = random.Random(seed)
    order = list(range(len(encoded)))
    mean = sum(len(item.ids) for item in encoded) / max(1, len(encoded))
    pool = max(1, int(_POOL_BATCHES * batch_tokens / max(1.0, mean)))
    batches: list[list[int]] = []
    for start in range(0, len(order), pool):
        chunk = sorted(order[start : start + pool], key=lambda index: len(encoded[index].ids))
        batch: list[int] = []
        for index in chunk:
            if batch and len(encoded[index].ids) * (len(batch) + 1) > batch_tokens:
                batches.append(batch)
                batch = []
            batch.append(index)
        if batch:
            batches.append(batch)
    rng.shuffle(batches)
    return batches


@dataclass(frozen=True, slots=True)
class _Pool:
    """The examples of one stage, tokenised."""

    encoded: list[Encoded]
    targets: list[tuple[float, float, float]]


class Trainer:
    """Runs a recipe's stages over ``out``, going on from its last checkpoint if there is one."""

    def __init__(
        self,
        recipe: Recipe,
        stages: Sequence[Sequence[Example]],
        out: Path,
        *,
        device: str = "cpu",
        checkpoint_every: int = 250,
    ) -> None:
        self.recipe = recipe
        self.out = out
        self.device = torch.device(device)
        self.checkpoint_every = checkpoint_every
        torch.manual_seed(recipe.seed)
        self.model = new_model().to(self.device)
        self.plan: list[tuple[_Pool, list[int]]] = []
        for number, examples in enumerate(stages):
            encoded = encode(examples, max_tokens=recipe.max_tokens)
            pool = _Pool(encoded, [example.target for example in examples])
            batches = plan_batches(
                encoded, batch_tokens=recipe.batch_tokens, seed=recipe.seed + number
            )
            self.plan += [(pool, batch) for batch in batches]
        decayed, plain = self._groups()
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": recipe.weight_decay},
             {"params": plain, "weight_decay": 0.0}],
            lr=recipe.learning_rate,
            fused=True,
        )  # fmt: skip
        warmup = max(1, round(recipe.warmup * len(self.plan)))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, _linear(warmup, len(self.plan))
        )
        self.step = 0
        self.seconds = 0.0

    def _groups(self) -> tuple[list[Tensor], list[Tensor]]:
        trained = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        return [p for _, p in trained if p.ndim > 1], [p for _, p in trained if p.ndim <= 1]

    def run(self, *, progress: Callable[[int, int, float], None] | None = None) -> nn.Module:
        """Train to the end of the plan; ``progress(step, steps, loss)`` after each batch."""
        self.out.mkdir(parents=True, exist_ok=True)
        self._resume()
        self.model.train()
        mean: float | None = None
        started = time.monotonic() - self.seconds
        for step, (stage, batch) in self._remaining():
            # Dropout is drawn from the step's own seed, so that a resumed run draws the same.
            torch.manual_seed(self.recipe.seed * 1_000_003 + step)
            inputs = pad([stage.encoded[index] for index in batch], device=self.device)
            targets = torch.tensor([stage.targets[index] for index in batch], device=self.device)
            loss = self._loss(inputs, targets)
            loss.backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            self.optimizer.zero_grad(set_to_none=True)
            self.step = step + 1
            self.seconds = time.monotonic() - started
            latest = float(loss.detach())
            mean = latest if mean is None else 0.98 * mean + 0.02 * latest
            if self.step % self.checkpoint_every == 0 or self.step == len(self.plan):
                self.save()
                log.info(
                    "step %d/%d loss %.4f %.0f s", self.step, len(self.plan), mean, self.seconds
                )
            if progress is not None:
                progress(self.step, len(self.plan), mean)
        return self.model.eval()

    def _remaining(self) -> Iterator[tuple[int, tuple[_Pool, list[int]]]]:
        return iter(list(enumerate(self.plan))[self.step :])

    def _loss(self, inputs: dict[str, Tensor], targets: Tensor) -> Tensor:
        # bfloat16 products, float32 sums and weights: twice the speed on CPUs that have it.
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            logits = self.model(**inputs).logits
        return nn.functional.cross_entropy(
            logits.float(), targets, label_smoothing=self.recipe.label_smoothing
        )

    def save(self) -> None:
        """Write a checkpoint, complete or not at all."""
        tensors: dict[str, Tensor] = {}
        for name, parameter in self.model.named_parameters():
            if parameter.requires_grad:
                tensors[f"weight/{name}"] = parameter.detach().cpu().contiguous()
                state = self.optimizer.state.get(parameter, {})
                for key in ("exp_avg", "exp_avg_sq"):
                    if key in state:
                        tensors[f"{key}/{name}"] = state[key].cpu().contiguous()
        meta = {
            "step": str(self.step),
            "seconds": f"{self.seconds:.1f}",
            "recipe": repr(self.recipe),
        }
        partial = self.out / "checkpoint.partial"
        save_file(tensors, partial, metadata={"state": json.dumps(meta)})
        partial.replace(self.out / "checkpoint.safetensors")

    def _resume(self) -> None:
        path = self.out / "checkpoint.safetensors"
        if not path.is_file():
            return
        meta = read_state(path)
        if meta["recipe"] != repr(self.recipe):
            raise ValueError(f"{path} was made by another recipe. Give another --out folder.")
        tensors = load_file(path)
        self.step, self.seconds = int(meta["step"]), float(meta["seconds"])
        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                if parameter.requires_grad:
                    parameter.copy_(tensors[f"weight/{name}"])
                    if f"exp_avg/{name}" in tensors:
                        self.optimizer.state[parameter] = {
                            "step": torch.tensor(float(self.step), device=self.device),
                            "exp_avg": tensors[f"exp_avg/{name}"].to(self.device),
                            "exp_avg_sq": tensors[f"exp_avg_sq/{name}"].to(self.device),
                        }
        self.schedule.last_epoch = self.step
        rate = self.schedule.lr_lambdas[0](self.step)
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.learning_rate * rate
        log.info("resumed at step %d of %d", self.step, len(self.plan))


def read_state(path: Path) -> dict[str, str]:
    """The step, seconds and recipe of a checkpoint."""
    with safe_open(path, framework="pt") as stream:
        state: dict[str, str] = json.loads(stream.metadata()["state"])
    return state


def _linear(warmup: int, total: int) -> Callable[[int], float]:
    def rate(step: int) -> float:
        if step < warmup:
            return (step + 1) / warmup
        return max(0.0, (total - step) / max(1, total - warmup))

    return rate
