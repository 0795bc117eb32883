"""One training loop for every recipe: resumable, the same code on CPU and GPU.

Checkpoints are safetensors: the trained weights and both Adam moments, so that a run stopped
anywhere goes on as if it had not been.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

log = logging.getLogger(__name__)

_POOL_BATCHES = 50  # batches are sorted by length within pools of this many, to save padding


class Optimised(Protocol):
    """A recipe that says how its weights are found."""

    @property
    def learning_rate(self) -> float: ...

    @property
    def warmup(self) -> float: ...

    @property
    def weight_decay(self) -> float: ...

    @property
    def seed(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Optimisation:
    """AdamW with a linear warm-up, then linear to zero (Loshchilov and Hutter 2019)."""

    learning_rate: float
    warmup: float
    weight_decay: float
    seed: int

    @classmethod
    def of(cls, recipe: Optimised) -> Optimisation:
        """What a recipe says of it."""
        return cls(recipe.learning_rate, recipe.warmup, recipe.weight_decay, recipe.seed)


def plan_batches(lengths: Sequence[int], *, batch_tokens: int, seed: int) -> list[list[int]]:
    """Batches of example indices, at most ``batch_tokens`` padded tokens each, in random order.

    Args:
        lengths: tokens of each example.
    """
    rng = random.Random(seed)
    order = list(range(len(lengths)))
    mean = sum(lengths) / max(1, len(lengths))
    pool = max(1, int(_POOL_BATCHES * batch_tokens / max(1.0, mean)))
    batches: list[list[int]] = []
    for start in range(0, len(order), pool):
        chunk = sorted(order[start : start + pool], key=lambda index: lengths[index])
        batch: list[int] = []
        for index in chunk:
            if batch and lengths[index] * (len(batch) + 1) > batch_tokens:
                batches.append(batch)
                batch = []
            batch.append(index)
        if batch:
            batches.append(batch)
    rng.shuffle(batches)
    return batches


class Trainer:
    """Runs a plan of batches over ``out``, going on from its last checkpoint if there is one.

    Args:
        model: parameters that require no gradient are neither trained nor kept.
        plan: what ``loss`` is called with, one step after the other.
        loss: mean loss of one batch; run under bfloat16 autocast (float32 sums and weights:
            twice the speed on CPUs that have it).
        until: ends the run after so many steps of the plan.
        recipe: text that decides the weights; a checkpoint of another is refused.
    """

    def __init__(
        self,
        model: nn.Module,
        plan: Sequence[Any],
        loss: Callable[[Any], Tensor],
        out: Path,
        *,
        optimisation: Optimisation,
        recipe: str,
        checkpoint_every: int = 250,
        until: int | None = None,
    ) -> None:
        self.model = model
        self.plan = plan
        self.last = len(plan) if until is None else min(until, len(plan))
        self.loss = loss
        self.out = out
        self.recipe = recipe
        self.seed = optimisation.seed
        self.checkpoint_every = checkpoint_every
        self.device = next(model.parameters()).device
        self.learning_rate = optimisation.learning_rate
        trained = [p for p in model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [{"params": [p for p in trained if p.ndim > 1],
              "weight_decay": optimisation.weight_decay},
             {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0}],
            lr=optimisation.learning_rate,
            fused=True,
        )  # fmt: skip
        warmup = max(1, round(optimisation.warmup * len(plan)))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, _linear(warmup, len(plan))
        )
        self.step = 0
        self.seconds = 0.0

    def run(self, *, progress: Callable[[int, int, float], None] | None = None) -> nn.Module:
        """Train to the end of the plan; ``progress(step, steps, loss)`` after each batch."""
        self.out.mkdir(parents=True, exist_ok=True)
        self._resume()
        self.model.train()
        mean: float | None = None
        started = time.monotonic() - self.seconds
        for step in range(self.step, self.last):
            # Dropout is drawn from the step's own seed, so that a resumed run draws the same.
            torch.manual_seed(self.seed * 1_000_003 + step)
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                loss = self.loss(self.plan[step])
            loss.backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            self.optimizer.zero_grad(set_to_none=True)
            self.step = step + 1
            self.seconds = time.monotonic() - started
            latest = float(loss.detach())
            mean = latest if mean is None else 0.98 * mean + 0.02 * latest
            if self.step % self.checkpoint_every == 0 or self.step == self.last:
                self.save()
                log.info(
                    "step %d/%d loss %.4f %.0f s", self.step, len(self.plan), mean, self.seconds
                )
            if progress is not None:
                progress(self.step, self.last, mean)
        return self.model.eval()

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
            "recipe": self.recipe,
        }
        partial = self.out / "checkpoint.partial"
        save_file(tensors, partial, metadata={"state": json.dumps(meta)})
        partial.replace(self.out / "checkpoint.safetensors")

    def _resume(self) -> None:
        path = self.out / "checkpoint.safetensors"
        if not path.is_file():
            return
        meta = read_state(path)
        if meta["recipe"] != self.recipe:
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
            group["lr"] = self.learning_rate * rate
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
