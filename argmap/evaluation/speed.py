"""``argmap bench attribution``: seconds for an article of a thousand words, beside a peer.

The peer is transformers' own token-classification pipeline on a model of the backbone's shape.
Its weights are random, since only its speed is measured, and it tags words without linking them.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from transformers import (
    AutoConfig,
    AutoModelForTokenClassification,
    AutoTokenizer,
    pipeline,
)

from argmap.bundled import bundled_debates
from argmap.nlp.attribution_packed import CUE_TAGS, ROLE_TAGS
from argmap.nlp.backbone import backbone_dir
from argmap.nlp.protocol import Attributor
from argmap.records import Document
from argmap.statements import extract

WORDS = 1000
_RUNS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one way over the article: median, least and most of ``_RUNS`` runs."""

    way: str
    median: float
    least: float
    most: float


def article() -> Document:
    """Bundled articles joined and cut at the paragraph that passes a thousand words."""
    paragraphs: list[str] = []
    words = 0
    for bundled in bundled_debates():
        for document in bundled.documents:
            if document.turns:
                continue
            for paragraph in document.text.split("\n\n"):
                if words >= WORDS:
                    break
                paragraphs.append(paragraph)
                words += len(paragraph.split())
    return Document.create(title="A thousand words", text="\n\n".join(paragraphs))


def time_attribution(attributor: Attributor) -> tuple[Timing, ...]:
    """Rules alone, rules with the model, and the peer, on the same article in one run."""
    document = article()
    sentences = [statement.text for statement in extract([document])[1]]
    peer = _peer()
    return (
        _timed("rules alone", lambda: extract([document])),
        _timed("rules and model", lambda: extract([document], attributor=attributor)),
        _timed("peer, sentence by sentence", lambda: [peer(text) for text in sentences]),
        _timed("peer, in batches of 32", lambda: peer(sentences, batch_size=32)),
    )


def _peer() -> Callable[..., object]:
    labels = dict(enumerate(CUE_TAGS + ROLE_TAGS[1:]))
    config = AutoConfig.from_pretrained(backbone_dir(), local_files_only=True, id2label=labels)
    made: Callable[..., object] = pipeline(
        "token-classification",
        model=AutoModelForTokenClassification.from_config(config).eval(),
        tokenizer=AutoTokenizer.from_pretrained(backbone_dir(), local_files_only=True),
        device="cpu",
    )
    return made


def _timed(way: str, work: Callable[[], object]) -> Timing:
    work()  # the first run pays for what is kept afterwards
    seconds: list[float] = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return Timing(way, statistics.median(seconds), min(seconds), max(seconds))


def timing_table(timings: Sequence[Timing]) -> str:
    """A Markdown table, with what it was measured on."""
    words = len(article().text.split())
    head = (
        f"{words:,} words of bundled articles, {torch.get_num_threads()} threads, "
        f"{platform.machine()}, torch {torch.__version__.split('+')[0]}; "
        f"{_RUNS} runs after one to warm up"
    )
    lines = [
        head,
        "",
        "| way | median s | least | most | words a second |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {t.way} | {t.median:.2f} | {t.least:.2f} | {t.most:.2f} | {words / t.median:,.0f} |"
        for t in timings
    ]
    return "\n".join(lines) + "\n"
