"""The attribution model at work: running text in, cues with their sources and contents out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load

from argmap.errors import ModelError
from argmap.nlp.attribution_packed import (
    CUE_TAGS,
    ROLE_TAGS,
    PackedAttribution,
    Window,
    attribution_state,
    window,
)
from argmap.nlp.backbone import backbone_dir
from argmap.nlp.passages import Passage, passages_of
from argmap.nlp.protocol import AttributionSpans, Progress
from argmap.nlp.registry import find_model, verified_bytes, verified_settings
from argmap.nlp.tokens import length_sorted_batches, load_tokenizer
from argmap.records import Span

_BATCH_TOKENS = 2048
_ROLE_BATCH = 16
#: Probability from which a cue is worth telling at all.
WEAK = 0.15
#: Words of neither role that may stand within one content.
_GAP = 2


class TransformerAttributor:
    """The trained net over running text.

    Args:
        cue_threshold: probability from which a cue stands by itself; chosen on PolNeAR's
            development split.
        calibration: slope and intercept that turn the log-odds of a cue into those of the
            attribution being right (Platt 1999), fitted on the same articles.
        reach: tokens on each side of a cue that the role layers see.
    """

    def __init__(
        self,
        net: PackedAttribution,
        *,
        model_id: str,
        revision: str,
        max_tokens: int,
        cue_threshold: float,
        calibration: tuple[float, float] = (1.0, 0.0),
        reach: int = 64,
    ) -> None:
        self.model_id = model_id
        self.revision = revision
        self._net = net
        self._tokenizer = load_tokenizer(backbone_dir())
        self._max_tokens = max_tokens
        self._cue_threshold = cue_threshold
        self._calibration = calibration
        self.threshold = self._confidence(cue_threshold)
        self._reach = reach

    def find(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> list[tuple[AttributionSpans, ...]]:
        """The attributions of each text, in order of their cues."""
        passages: list[Passage] = []
        owners: list[int] = []
        for number, text in enumerate(texts):
            cut = passages_of(self._tokenizer, text, max_tokens=self._max_tokens)
            passages += cut
            owners += [number] * len(cut)
        found: list[list[AttributionSpans]] = [[] for _ in texts]
        done = 0
        with torch.inference_mode():
            for batch in length_sorted_batches(passages, batch_tokens=_BATCH_TOKENS):
                for index, spans in zip(
                    batch, self._read([passages[index] for index in batch]), strict=True
                ):
                    found[owners[index]] += spans
                done += len(batch)
                if progress is not None:
                    progress(done, len(passages))
        return [tuple(sorted(spans, key=lambda s: s.cue)) for spans in found]

    def _read(self, batch: Sequence[Passage]) -> list[list[AttributionSpans]]:
        hidden, starts = self._net.encode(batch)
        tags = self._net.cue_tags(hidden)
        cues: list[tuple[int, int, int, float]] = []
        windows: list[Window] = []
        for row, passage in enumerate(batch):
            for first, last, probability in cue_words(
                tags[starts[row] + np.array(passage.words, dtype=np.int64)],
                threshold=self._cue_threshold,
            ):
                after = last + 1
                end = passage.words[after] if after < len(passage.words) else len(passage.ids) - 1
                cues.append((row, first, last, probability))
                windows.append(
                    window(row, len(passage.ids), passage.words[first], end, reach=self._reach)
                )
        spans: list[list[AttributionSpans]] = [[] for _ in batch]
        order = sorted(range(len(windows)), key=lambda n: windows[n].end - windows[n].start)
        for start in range(0, len(order), _ROLE_BATCH):
            part = order[start : start + _ROLE_BATCH]
            roles = self._net.role_tags(hidden, starts, [windows[n] for n in part])
            for number, role in zip(part, roles, strict=True):
                row, first, last, probability = cues[number]
                w = windows[number]
                passage = batch[row]
                inside = [n for n, t in enumerate(passage.words) if w.start <= t < w.end]
                scores = role[[passage.words[n] - w.start for n in inside]]
                source, contents = role_words(scores, first - inside[0], last - inside[0])
                base = inside[0]
                spans[row].append(
                    AttributionSpans(
                        cue=Span(*passage.word_span(first, last)),
                        source=None
                        if source is None
                        else Span(*passage.word_span(base + source[0], base + source[1])),
                        contents=tuple(
                            Span(*passage.word_span(base + one, base + two))
                            for one, two in contents
                        ),
                        confidence=self._confidence(probability),
                    )
                )
        return spans

    def _confidence(self, probability: float) -> float:
        slope, intercept = self._calibration
        odds = slope * log_odds(probability) + intercept
        return round(1.0 / (1.0 + math.exp(-odds)), 3)


def log_odds(probability: float) -> float:
    """Log-odds of a probability, kept within those of 0.0001 and 0.9999."""
    kept = min(max(probability, 1e-4), 1.0 - 1e-4)
    return math.log(kept / (1.0 - kept))


def cue_words(tags: NDArray[np.float32], *, threshold: float) -> list[tuple[int, int, float]]:
    """First word, last word and probability of each cue, in order.

    Words under ``threshold`` but over ``WEAK`` make weak cues, where they touch no other.

    Args:
        tags: probabilities of ``CUE_TAGS``, shape ``(words, 3)``.
    """
    found = _cues_from(tags, threshold)
    taken = {word for first, last, _ in found for word in range(first - 1, last + 2)}
    weak = [cue for cue in _cues_from(tags, WEAK) if taken.isdisjoint(range(cue[0], cue[1] + 1))]
    return sorted(found + weak)


def _cues_from(tags: NDArray[np.float32], threshold: float) -> list[tuple[int, int, float]]:
    found: list[tuple[int, int, float]] = []
    inside = 1.0 - tags[:, 0]
    word = 0
    while word < len(tags):
        if inside[word] < threshold:
            word += 1
            continue
        last = word
        while (
            last + 1 < len(tags)
            and inside[last + 1] >= threshold
            and tags[last + 1, 2] >= tags[last + 1, 1]
        ):
            last += 1
        found.append((word, last, float(inside[word : last + 1].max())))
        word = last + 1
    return found


def role_words(
    scores: NDArray[np.float32], first: int, last: int
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]]:
    """Source and contents of one cue as first and last words.

    The source is the run of source words with the largest sum, joined over a comma or another
    single word ("Ann Lee, the mayor"). Contents are the runs of content words, joined over a gap
    of at most two words. No gap holds a word of the cue, nor that of a content one of the source.

    Args:
        scores: probabilities of ``ROLE_TAGS``, shape ``(words, 3)``.
        first, last: the cue's words.
    """
    tags = scores.argmax(axis=1)
    tags[first : last + 1] = 0
    cue = range(first, last + 1)
    sources = _joined(_runs(tags == 1), gap=1, apart=cue)
    source = max(sources, key=lambda run: float(scores[run[0] : run[1] + 1, 1].sum()), default=None)
    taken = [*cue] if source is None else [*cue, *range(source[0], source[1] + 1)]
    return source, _joined(_runs(tags == 2), gap=_GAP, apart=taken)


def _joined(
    runs: Sequence[tuple[int, int]], *, gap: int, apart: Sequence[int]
) -> list[tuple[int, int]]:
    """Runs with no more than ``gap`` words between them as one, if none of these is ``apart``."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        between = range(joined[-1][1] + 1, start) if joined else range(0)
        if joined and len(between) <= gap and not set(between).intersection(apart):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _runs(chosen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], chosen, [False])).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]


def load_attributor() -> TransformerAttributor:
    """Load the shipped attribution model; nothing is downloaded.

    Raises:
        ModelError: missing, altered or mis-shapen model.
    """
    entry = find_model(None, task="attribution")
    (weights,) = verified_bytes(entry)
    settings = verified_settings(entry)
    if tuple(settings["cue_tags"]) != CUE_TAGS or tuple(settings["role_tags"]) != ROLE_TAGS:
        raise ModelError(f"{entry.folder}: its tags are not those that argmap knows.")
    return TransformerAttributor(
        PackedAttribution(attribution_state(load(weights))),
        model_id=entry.id,
        revision=entry.revision[:12],
        max_tokens=int(settings["max_tokens"]),
        cue_threshold=float(settings["cue_threshold"]),
        calibration=(float(settings["calibration"][0]), float(settings["calibration"][1])),
    )
