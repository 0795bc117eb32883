"""What ``argmap bench stance`` is held against: the same or random weights in other hands."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from typing import Any

import torch
from safetensors.torch import load_file
from transformers import (
    AutoTokenizer,
    BartConfig,
    BartForSequenceClassification,
    pipeline,
)

from argmap.errors import InputError
from argmap.nlp.backbone import backbone_dir
from argmap.nlp.classifier import build_model
from argmap.nlp.registry import find_model, verified_weights

#: Judges sentences on one motion; what it answers is not looked at.
Peer = Callable[[Sequence[str], str], object]

_LABELS = {0: "entailment", 1: "contradiction", 2: "neutral"}


def _small() -> tuple[Any, Any]:
    """The shipped stance weights as a model of transformers, with its tokenizer."""
    model = build_model(load_file(verified_weights(find_model(None, task="stance"))))
    model.config.id2label = _LABELS
    model.config.label2id = {label: number for number, label in _LABELS.items()}
    return model, AutoTokenizer.from_pretrained(backbone_dir(), local_files_only=True)


def pipeline_peer(*, batch: int = 1) -> Peer:
    """transformers' zero-shot pipeline on the same weights, three labels made of each motion."""
    return _zero_shot(*_small(), batch=batch)


def bart_peer() -> Peer:
    """The pipeline with a model of its default's size, BART-large, with random weights."""
    tokenizer = AutoTokenizer.from_pretrained(backbone_dir(), local_files_only=True)
    tokenizer.model_input_names = ["input_ids", "attention_mask"]
    config = BartConfig(
        num_labels=3,
        id2label=_LABELS,
        label2id={label: number for number, label in _LABELS.items()},
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.sep_token_id,
    )
    torch.manual_seed(0)
    return _zero_shot(BartForSequenceClassification(config).eval(), tokenizer, batch=1)


def _zero_shot(model: Any, tokenizer: Any, *, batch: int) -> Peer:
    made = pipeline("zero-shot-classification", model=model, tokenizer=tokenizer, device="cpu")

    def judge(sentences: Sequence[str], motion: str) -> object:
        labels = [f"for: {motion}", f"against: {motion}", "something else"]
        return made(list(sentences), labels, hypothesis_template="{}", batch_size=batch)

    return judge


def cross_encoder_peer() -> Peer:
    """sentence-transformers' ``CrossEncoder.predict`` on the same weights.

    Raises:
        InputError: sentence-transformers is not installed.
    """
    try:
        from sentence_transformers import CrossEncoder
    except ImportError:
        raise InputError(
            "The bench's peer sentence-transformers is not installed. Run: "
            "pip install 'argmap[bench]', or leave it out with --no-cross-encoder."
        ) from None
    model, tokenizer = _small()
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        made = CrossEncoder(folder, device="cpu", local_files_only=True)
    return lambda sentences, motion: made.predict([(text, motion) for text in sentences])
