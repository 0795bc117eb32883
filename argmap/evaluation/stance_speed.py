"""``argmap bench stance``: sentences a second beside peers, all in one run, taken in turns.

Sentences are cut from the bundled debates' running words, 10 to 30 words and 20 on average, no
two alike, so nothing is won by remembering. Peers that are slow get fewer of them.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from argmap.bundled import bundled_debates
from argmap.evaluation import peers
from argmap.evaluation.startup import PEER, Startup, measure_apart
from argmap.nlp import PairClassifier
from argmap.nlp.backbone import backbone_dir, backbone_settings, backbone_state
from argmap.nlp.classifier import load_classifier
from argmap.nlp.encoder import load_encoder
from argmap.nlp.precision import PRECISIONS, has_bf16
from argmap.nlp.tokens import encode_pairs, load_tokenizer
from argmap.pipeline import StageProgress
from argmap.records import Statement
from argmap.stance import Relevance, classify, make_topic
from argmap.stance.relevance import read_prefilter

MOTIONS = (1, 5, 20)
_LENGTHS = (10, 14, 18, 20, 22, 26, 30)
_DOCUMENT = 24
_SUBJECTS = (
    "Nurses should receive a larger pay rise.", "Assisted dying should be made legal.",
    "Defence spending should rise.", "Junior doctors should call off their strike.",
    "The voting age should be lowered to sixteen.", "Homework should be abolished.",
    "Zoos should be closed.", "Nuclear power stations should be built.",
    "Foxes should not be hunted.", "Cars should be banned from city centres.",
    "The monarchy should end.", "Rents should be capped.", "Smoking should be outlawed.",
    "School meals should be free for every pupil.", "The railways should be nationalised.",
    "Sugar should be taxed.", "Prisoners should have the vote.", "Boxing should be banned.",
    "Sunday trading hours should be longer.", "Museums should return what was taken.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rate:
    """Sentences a second of one way over ``runs`` runs.

    Attributes:
        share: of the machine's measured peak in the numbers that it computes with; ``None`` for
            what was not made to be held against it.
    """

    way: str
    motions: int
    sentences: int
    median: float
    least: float
    most: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Bench:
    """What one run measured: rates, peaks in 10^9 operations a second, and start-ups."""

    rates: tuple[Rate, ...]
    peaks: tuple[tuple[str, float], ...]
    startups: tuple[Startup, ...]
    runs: int


def sentences(count: int) -> tuple[str, ...]:
    """The fixed sentences, no two alike."""
    words = " ".join(d.text for b in bundled_debates() for d in b.documents).split()
    found = []
    at = 0
    for number in range(count):
        length = _LENGTHS[number % len(_LENGTHS)]
        cut = [words[(at + step) % len(words)] for step in range(length - 1)]
        found.append(" ".join([f"{number}:", *cut]))
        at += length - 1
    return tuple(found)


def measure(
    *, count: int, runs: int, cross_encoder: bool, progress: StageProgress | None = None
) -> Bench:
    """Time every way in turns, ``runs`` times after one to warm up.

    Raises:
        InputError: a peer is not installed.
        ModelError: a model is missing or altered.
    """
    texts = sentences(count)
    ways = _ways(texts, cross_encoder=cross_encoder)
    seconds: dict[tuple[str, int], list[float]] = {}
    for turn in range(runs + 1):
        for number, (way, motions, own, work) in enumerate(ways):
            if progress is not None:
                done = turn * len(ways) + number
                progress(f"Timing {way}", done, (runs + 1) * len(ways))
            begun = time.perf_counter()
            work(texts[:own], _SUBJECTS[:motions])
            if turn:
                spent = time.perf_counter() - begun
                seconds.setdefault((way, motions), []).append(spent)
    peaks = dict(_peaks())
    rates = []
    for way, motions, own, _ in ways:
        each = sorted(own / spent for spent in seconds[way, motions])
        median = statistics.median(each)
        precision = way.removeprefix("argmap ")
        share = None
        if precision in peaks:
            share = median * motions * _operations(texts[:own]) / 1e9 / peaks[precision]
        rates.append(Rate(way, motions, own, median, each[0], each[-1], share))
    startups = tuple(measure_apart(way) for way in (*PRECISIONS, PEER))
    return Bench(tuple(rates), tuple(peaks.items()), startups, runs)


_Way = tuple[str, int, int, Callable[[Sequence[str], Sequence[str]], object]]


def _ways(texts: Sequence[str], *, cross_encoder: bool) -> list[_Way]:
    def of_peer(peer: peers.Peer) -> Callable[[Sequence[str], Sequence[str]], object]:
        return lambda own, motions: [peer(own, motion) for motion in motions]

    count = len(texts)
    ways: list[_Way] = [
        ("zero-shot pipeline, one by one", 1, count // 8, of_peer(peers.pipeline_peer())),
        ("zero-shot pipeline, batch 32", 1, count // 4, of_peer(peers.pipeline_peer(batch=32))),
        ("zero-shot pipeline, BART-large", 1, 3, of_peer(peers.bart_peer())),
    ]
    if cross_encoder:
        ways.append(("CrossEncoder.predict", 1, count, of_peer(peers.cross_encoder_peer())))
    for precision in PRECISIONS:
        work = _judging(load_classifier(precision=precision))
        ways += [(f"argmap {precision}", n, count if n == 1 else count // 4, work) for n in MOTIONS]
    if (prefilter := read_prefilter()) is not None:
        classifier = load_classifier()
        relevance = Relevance(load_encoder(precision="auto"), prefilter)

        def mapped(own: Sequence[str], motions: Sequence[str]) -> object:
            statements = [
                Statement(str(n), str(n // _DOCUMENT), n, n, text) for n, text in enumerate(own)
            ]
            topics = [make_topic(motion) for motion in motions]
            off = relevance.off(statements, topics)
            return classify(statements, topics, classifier=classifier, off=off)

        ways += [
            ("argmap, off-motion passages left out", n, count if n == 1 else count // 4, mapped)
            for n in MOTIONS
        ]
    return ways


def _judging(model: PairClassifier) -> Callable[[Sequence[str], Sequence[str]], object]:
    return lambda own, motions: model.predict_proba(
        [(text, motion) for motion in motions for text in own]
    )


def _operations(texts: Sequence[str]) -> float:
    """Multiplications and additions of the linear layers for a sentence and motion on average."""
    encoded = encode_pairs(
        load_tokenizer(backbone_dir()), [(text, _SUBJECTS[0]) for text in texts], max_tokens=112
    )
    tokens = sum(len(item.ids) for item in encoded) / len(encoded)
    weights = sum(
        tensor.numel()
        for name, tensor in backbone_state().items()
        if name.startswith("encoder.layer.") and tensor.ndim == 2
    )
    return float(2 * weights * tokens)


def _peaks() -> list[tuple[str, float]]:
    """The most that a product of the backbone's widest shape reaches, by precision."""
    rows, inner, outer = 2048, backbone_settings().width, 4 * backbone_settings().width
    left, right = torch.randn(rows, inner), torch.randn(inner, outer)
    found = [("fp32", _fastest(lambda: left @ right))]
    if has_bf16():
        few = (left.bfloat16(), right.bfloat16())
        found.append(("bf16", _fastest(lambda: few[0] @ few[1])))
    whole = (left.mul(40).to(torch.int8), right.mul(40).to(torch.int8))
    found.append(("int8", _fastest(lambda: torch._int_mm(*whole))))
    return [(name, 2 * rows * inner * outer / seconds / 1e9) for name, seconds in found]


def _fastest(work: Callable[[], object]) -> float:
    work()
    found = []
    for _ in range(30):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


def as_tables(bench: Bench) -> str:
    """Markdown, with what it was measured on; ratios are to the first way."""
    base = bench.rates[0].median
    lines = [
        f"{bench.runs} runs in turns after one to warm up; {torch.get_num_threads()} threads, "
        f"{os.cpu_count()} cores, {platform.machine()}, torch {torch.__version__.split('+')[0]}",
        "",
        "| way | motions | sentences | sentences a second, median | least | most | ratio | pairs a "
        "second | share of peak |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for rate in bench.rates:
        share = "" if rate.share is None else f"{rate.share:.0%}"
        lines.append(
            f"| {rate.way} | {rate.motions} | {rate.sentences} | {rate.median:.1f} "
            f"| {rate.least:.1f} | {rate.most:.1f} | {rate.median / base:.1f} "
            f"| {rate.median * rate.motions:.0f} | {share} |"
        )
    peaks = ", ".join(f"{name} {value:,.0f}" for name, value in bench.peaks)
    lines += ["", f"Peak of a matrix product, 10^9 operations a second: {peaks}", ""]
    lines += ["| start | import s | load s | first answer s | together s | memory MB |",
              "|---|---:|---:|---:|---:|---:|"]  # fmt: skip
    lines += [
        f"| {s.way} | {s.imports:.2f} | {s.load:.2f} | {s.first:.2f} "
        f"| {s.imports + s.load + s.first:.2f} | {s.megabytes:,.0f} |"
        for s in bench.startups
    ]
    return "\n".join(lines) + "\n"
