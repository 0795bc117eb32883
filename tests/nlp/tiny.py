"""Tiny classifiers of the architectures that people bring, made on the spot in a folder."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    AutoModelForSequenceClassification,
    BartConfig,
    BertConfig,
    DebertaV2Config,
    ModernBertConfig,
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
)

KINDS = ("bert", "deberta-v2", "bart", "modernbert", "xlm-roberta")
SENTENCES = (
    "Nurses deserve a larger pay rise, and it can be paid for.",
    "It would be wrong to pay nurses more.",
    "The shop sells bread.",
    "A longer sentence, with several clauses, that goes on about hospitals and their many costs.",
)
MOTION = "Nurses should receive a larger pay rise."
_SPECIAL = ("<pad>", "<s>", "</s>", "<unk>", "<mask>")


def save_tiny(folder: Path, kind: str, labels: Sequence[str], *, seed: int = 0) -> Path:
    """A random model of ``kind`` whose outputs are called ``labels``, with its tokeniser."""
    tokenizer = _tokenizer()
    size = len(tokenizer)
    small = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
             "intermediate_size": 64, "vocab_size": size, "pad_token_id": 0}  # fmt: skip
    config = {
        "bert": lambda: BertConfig(**small, max_position_embeddings=160),
        "deberta-v2": lambda: DebertaV2Config(
            **small, max_position_embeddings=160, relative_attention=True,
            pos_att_type=["p2c", "c2p"], type_vocab_size=0, pooler_hidden_size=32,
        ),
        "bart": lambda: BartConfig(
            vocab_size=size, d_model=32, encoder_layers=2, decoder_layers=2,
            encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=64,
            decoder_ffn_dim=64, max_position_embeddings=160, pad_token_id=0, bos_token_id=1,
            eos_token_id=2, decoder_start_token_id=2, forced_eos_token_id=2,
        ),
        "modernbert": lambda: ModernBertConfig(
            **small, max_position_embeddings=160, bos_token_id=1, eos_token_id=2, cls_token_id=1,
            sep_token_id=2, global_attn_every_n_layers=1, local_attention=64,
        ),
        "xlm-roberta": lambda: XLMRobertaConfig(
            **small, max_position_embeddings=160, bos_token_id=1, eos_token_id=2,
            type_vocab_size=1,
        ),
    }[kind]()  # fmt: skip
    config.num_labels = len(labels)
    config.id2label = dict(enumerate(labels))
    config.label2id = {label: index for index, label in enumerate(labels)}
    torch.manual_seed(seed)
    model = AutoModelForSequenceClassification.from_config(config)
    with torch.no_grad():
        # Fresh heads answer the same to everything; wider weights make the answers differ.
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.mul_(6.0)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer() -> PreTrainedTokenizerFast:
    raw = Tokenizer(models.BPE(unk_token="<unk>"))
    raw.normalizer = normalizers.Lowercase()
    raw.pre_tokenizer = pre_tokenizers.Whitespace()
    raw.train_from_iterator(
        [*SENTENCES, MOTION] * 4,
        trainers.BpeTrainer(vocab_size=300, special_tokens=list(_SPECIAL), show_progress=False),
    )
    raw.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 1), ("</s>", 2)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=raw,
        pad_token="<pad>",
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=150,
        model_input_names=["input_ids", "attention_mask"],
    )
