"""The net of the attribution model for training: which words are a cue, its source, its content.

One pass of the backbone tags cues; then, for each cue, two more layers read the words around it
with the cue marked, and tag each word as part of its source, of its content or of neither. This
is semantic role labelling with a marked predicate (Shi and Lin 2019) on the annotation scheme of
PARC and PolNeAR (Pareti 2012; Newell, Margolin and Ruths 2018).
``attribution_packed`` is the same at work.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from transformers import AutoModel, BertConfig, BertModel

from argmap.nlp.attribution_packed import (
    CUE_TAGS,
    FARTHEST,
    ROLE_LAYERS,
    ROLE_TAGS,
    Window,
)
from argmap.nlp.backbone import backbone_file, backbone_state

_WIDTH = 384


class AttributionNet(nn.Module):  # type: ignore[misc]  # torch is Any to the type check
    """Backbone, cue head, and the role layers that read one marked cue at a time."""

    def __init__(self) -> None:
        super().__init__()
        config = BertConfig(**json.loads(backbone_file("config.json")))
        self.encoder = AutoModel.from_config(config, add_pooling_layer=False)
        self.cue = nn.Linear(_WIDTH, len(CUE_TAGS))
        role_config = BertConfig(
            **{**config.to_dict(), "num_hidden_layers": ROLE_LAYERS, "vocab_size": 1}
        )
        self.roles = BertModel(role_config, add_pooling_layer=False)
        self.role = nn.Linear(_WIDTH, len(ROLE_TAGS))

    def encode(self, inputs: dict[str, Tensor]) -> Tensor:
        """Hidden states of shape ``(batch, tokens, 384)``."""
        hidden: Tensor = self.encoder(**inputs).last_hidden_state
        return hidden

    def role_logits(self, hidden: Tensor, mask: Tensor, cue: Tensor, position: Tensor) -> Tensor:
        """Logits of shape ``(cues, tokens, 3)``.

        Args:
            hidden: states of the tokens around each cue, ``(cues, tokens, 384)``.
            mask: 1 for tokens, 0 for padding.
            cue: 1 for tokens of the cue, else 0.
            position: each token's distance from the cue's first, shifted to be positive.
        """
        states = self.roles(
            inputs_embeds=hidden,
            attention_mask=mask,
            token_type_ids=cue,
            position_ids=position,
        ).last_hidden_state
        logits: Tensor = self.role(states)
        return logits


def new_net() -> AttributionNet:
    """The net with the backbone's own weights, role layers begun as its last layers."""
    net = AttributionNet()
    state = backbone_state()
    net.encoder.load_state_dict({n: t for n, t in state.items() if not n.startswith("pooler.")})
    top = len(net.encoder.encoder.layer)
    for number, layer in enumerate(net.roles.encoder.layer):
        layer.load_state_dict(net.encoder.encoder.layer[top - ROLE_LAYERS + number].state_dict())
    nn.init.zeros_(net.roles.embeddings.position_embeddings.weight)
    nn.init.normal_(net.roles.embeddings.token_type_embeddings.weight, 0.0, 0.02)
    for head in (net.cue, net.role):
        nn.init.normal_(head.weight, 0.0, 0.02)
        nn.init.zeros_(head.bias)
    return net


def gather(hidden: Tensor, windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Hidden states, mask, cue marks and positions of the windows, padded to the longest."""
    length = max(w.end - w.start for w in windows)
    count = len(windows)
    steps = torch.arange(length)
    starts = torch.tensor([w.start for w in windows]).unsqueeze(1)
    ends = torch.tensor([w.end for w in windows]).unsqueeze(1)
    firsts = torch.tensor([w.first for w in windows]).unsqueeze(1)
    lasts = torch.tensor([w.last for w in windows]).unsqueeze(1)
    index = starts + steps
    mask = (index < ends).long()
    cue = ((index >= firsts) & (index < lasts)).long()
    position = FARTHEST + (index - firsts).clamp(-FARTHEST, FARTHEST)
    rows = torch.tensor([w.row for w in windows]).unsqueeze(1).expand(count, length)
    device = hidden.device
    taken = hidden[rows.to(device), index.clamp(max=hidden.shape[1] - 1).to(device)]
    return taken, mask.to(device), cue.to(device), position.to(device)
