"""The Phi-3 architecture, readable in one sitting.

RMSNorm, rotary positions, grouped-query attention with one fused projection, SwiGLU, tied
embeddings (Abdin et al. 2024, arXiv:2404.14219). Parameter names are those of transformers'
`Phi3ForCausalLM`, so that a state dict goes from one to the other as it is.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from repairlsp.training.settings import ModelSettings


class Attention(nn.Module):
    def __init__(self, s: ModelSettings) -> None:
        super().__init__()
        self.heads, self.groups, self.size = s.heads, s.key_value_heads, s.hidden_size // s.heads
        self.qkv_proj = nn.Linear(
            s.hidden_size, (s.heads + 2 * s.key_value_heads) * self.size, bias=False
        )
        self.o_proj = nn.Linear(s.hidden_size, s.hidden_size, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        batch, length, width = x.shape
        qkv = self.qkv_proj(x).view(batch, length, -1, self.size).transpose(1, 2)
        q, k, v = qkv.split([self.heads, self.groups, self.groups], dim=1)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        repeats = self.heads // self.groups
        k, v = k.repeat_interleave(repeats, 1), v.repeat_interleave(repeats, 1)
        out = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.o_proj(out.transpose(1, 2).reshape(batch, length, width))


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary position embedding (Su et al. 2021) of [..., length, size]."""
    first, second = x.chunk(2, dim=-1)
    return (x * cos + torch.cat((-second, first), dim=-1) * sin).to(x.dtype)


class MLP(nn.Module):
    def __init__(self, s: ModelSettings) -> None:
        super().__init__()
        self.gate_up_proj = nn.Linear(s.hidden_size, 2 * s.intermediate_size, bias=False)
        self.down_proj = nn.Linear(s.intermediate_size, s.hidden_size, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        gate, up = self.gate_up_proj(x).chunk(2, dim=-1)
        return self.down_proj(functional.silu(gate) * up)


class Layer(nn.Module):
    def __init__(self, s: ModelSettings) -> None:
        super().__init__()
        self.self_attn, self.mlp = Attention(s), MLP(s)
        self.input_layernorm = nn.RMSNorm(s.hidden_size, eps=1e-5)
        self.post_attention_layernorm = nn.RMSNorm(s.hidden_size, eps=1e-5)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x), cos, sin)
        return x + self.mlp(self.post_attention_layernorm(x))


class Decoder(nn.Module):
    def __init__(self, s: ModelSettings, vocabulary: int) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(vocabulary, s.hidden_size)
        self.layers = nn.ModuleList(Layer(s) for _ in range(s.layers))
        self.norm = nn.RMSNorm(s.hidden_size, eps=1e-5)


class Phi3(nn.Module):
    """Tokens [batch, length] -> hidden states; `loss` and `logits` on top of them."""

    cos: Tensor
    sin: Tensor

    def __init__(self, s: ModelSettings, vocabulary: int) -> None:
        super().__init__()
        self.model = Decoder(s, vocabulary)
        self.lm_head = nn.Linear(s.hidden_size, vocabulary, bias=False)
        size = s.hidden_size // s.heads
        frequencies = s.rope_theta ** (-torch.arange(0, size, 2).float() / size)
        angles = torch.outer(torch.arange(s.context).float(), frequencies).repeat(1, 2)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)
        for name, parameter in self.named_parameters():
            if name.endswith(("o_proj.weight", "down_proj.weight")):
                nn.init.normal_(parameter, std=0.02 / (2 * s.layers) ** 0.5)
        self.lm_head.weight = self.model.embed_tokens.weight

    def forward(self, tokens: Tensor) -> Tensor:
        """Normalised hidden states [batch, length, hidden]."""
        length = tokens.shape[1]
        x = self.model.embed_tokens(tokens)
        for layer in self.model.layers:
            x = layer(x, self.cos[:length], self.sin[:length])
        out: Tensor = self.model.norm(x)
        return out

    def logits(self, tokens: Tensor) -> Tensor:
        """Next-token logits [batch, length, vocabulary]."""
        out: Tensor = self.lm_head(self(tokens))
        return out

    def loss(self, tokens: Tensor, places: Tensor, weights: Tensor) -> Tensor:
        """Weighted mean cross-entropy in nats of some of the tokens[:, 1:].

        `places` [n] are flat indices into [batch, length - 1], `weights` [n] theirs. Logits are
        computed for these alone: for a small model the vocabulary is a fifth of the work.
        """
        hidden = self(tokens[:, :-1]).flatten(0, 1)[places]
        targets = tokens[:, 1:].flatten()[places]
        losses = functional.cross_entropy(self.lm_head(hidden).float(), targets, reduction="none")
        return (losses * weights).sum() / weights.sum()
