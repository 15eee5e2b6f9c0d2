"""The network: a pre-norm Transformer, deep encoder, shallow decoder, which begins its life as a word-by-word gloss.

What makes little data and little time go far is in `begin_as_gloss`: the vector of a source piece starts as the sum of the
output vectors of its translations (from the word alignments), and the last cross-attention carries it to the output unchanged.
All that training has to find is where to look (its attention is supervised with the alignments) and how to say it.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """The sizes of a network; stands in every checkpoint."""

    source_pieces: int
    target_pieces: int
    width: int = 256
    inner: int = 1024
    heads: int = 4
    encoder_layers: int = 4
    decoder_layers: int = 2
    positions: int = 256

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Dropout:
    """Slices of one mask made beforehand: drawing fresh random numbers costs more than the layers do on a CPU."""

    def __init__(self, rate: float, size: int = 1 << 22) -> None:
        self.mask = ((torch.rand(size) >= rate).float() / (1 - rate)).bfloat16()
        self.active = rate > 0

    def __call__(self, values: Tensor) -> Tensor:
        if not self.active or not torch.is_grad_enabled():
            return values
        size = values.numel()
        if size > self.mask.numel() // 2:
            return values
        start = int(torch.randint(self.mask.numel() - size, ()).item())
        return values * self.mask[start : start + size].view(values.shape)


class Attention(nn.Module):
    """Multi-head attention. `explicit` computes its weights openly and returns their mean over the heads, as logarithms."""

    def __init__(self, shape: Shape, explicit: bool = False) -> None:
        super().__init__()
        self.heads, self.explicit = shape.heads, explicit
        self.query, self.key, self.value, self.out = (nn.Linear(shape.width, shape.width) for _ in range(4))

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor | None, causal: bool = False) -> tuple[Tensor, Tensor | None]:
        def split(values: Tensor) -> Tensor:
            return values.unflatten(-1, (self.heads, -1)).transpose(1, 2)

        query, key, value = split(self.query(states)), split(self.key(memory)), split(self.value(memory))
        weights = None
        if self.explicit:
            scores = query @ key.transpose(-1, -2) / math.sqrt(query.size(-1)) + mask
            each = scores.float().softmax(-1)
            weights = each.mean(1).clamp_min(1e-7).log()
            mixed = each.to(value.dtype) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal)
        return self.out(mixed.transpose(1, 2).flatten(2)), weights


class FeedForward(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)

    def forward(self, states: Tensor) -> Tensor:
        return self.second(functional.relu(self.first(states)))


class EncoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention, self.feed_forward = Attention(shape), FeedForward(shape)
        self.attention_norm, self.feed_forward_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)

    def forward(self, states: Tensor, mask: Tensor, dropout: Dropout) -> Tensor:
        normed = self.attention_norm(states)
        states = states + dropout(self.attention(normed, normed, mask)[0])
        return states + dropout(self.feed_forward(self.feed_forward_norm(states)))


class DecoderLayer(nn.Module):
    def __init__(self, shape: Shape, explicit: bool) -> None:
        super().__init__()
        self.attention, self.cross, self.feed_forward = Attention(shape), Attention(shape, explicit), FeedForward(shape)
        self.attention_norm, self.cross_norm, self.feed_forward_norm = (nn.LayerNorm(shape.width) for _ in range(3))

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor, dropout: Dropout) -> tuple[Tensor, Tensor | None]:
        normed = self.attention_norm(states)
        states = states + dropout(self.attention(normed, normed, None, causal=True)[0])
        crossed, weights = self.cross(self.cross_norm(states), memory, mask)
        states = states + dropout(crossed)
        return states + dropout(self.feed_forward(self.feed_forward_norm(states))), weights


POSITION_WIDTH = 64  # the last dimensions carry where a piece stands, the others what it is: at the start only, training is free


def sinusoids(positions: int, width: int, size: float) -> Tensor:
    """Fixed positions in the last dimensions, sines first and cosines after them; wave lengths from 4 to 600 pieces."""
    speeds = 1.5 * (1 / 150) ** (torch.arange(POSITION_WIDTH // 2) / (POSITION_WIDTH // 2 - 1))
    angles = torch.arange(positions)[:, None] * speeds[None, :]
    table = torch.zeros(positions, width)
    table[:, -POSITION_WIDTH:] = size * torch.cat([angles.sin(), angles.cos()], dim=1)
    return table


def one_step_on() -> Tensor:
    """The rotation that takes the sinusoid of a position to that of the next."""
    half = POSITION_WIDTH // 2
    speeds = 1.5 * (1 / 150) ** (torch.arange(half) / (half - 1))
    sine, cosine = speeds.sin().diag(), speeds.cos().diag()
    return torch.cat([torch.cat([cosine, sine], dim=1), torch.cat([-sine, cosine], dim=1)])


class Network(nn.Module):
    source_positions: Tensor
    target_positions: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.source_embedding = nn.Embedding(shape.source_pieces, shape.width)
        self.target_embedding = nn.Embedding(shape.target_pieces, shape.width)
        self.projection = nn.Linear(shape.width, shape.target_pieces)
        self.register_buffer("source_positions", sinusoids(shape.positions, shape.width, 1.8))
        self.register_buffer("target_positions", sinusoids(shape.positions, shape.width, 0.6))
        self.encoder = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(shape, at == shape.decoder_layers - 1) for at in range(shape.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        for embedding in (self.source_embedding, self.target_embedding, self.projection):
            nn.init.normal_(embedding.weight, std=shape.width**-0.5)

    def begin_as_gloss(self, translations: Tensor, find: float = 2.0, step: float = 0.7) -> None:
        """`translations` (source pieces × target pieces, sparse) becomes the vectors of the source pieces.

        Three circuits by hand. The first cross-attention looks for the source piece whose translation was just written and
        brings its place; the last one looks at the place after it; and carries what stands there, unchanged, to the output.
        """
        width, heads = self.shape.width, self.shape.heads
        content, head = width - POSITION_WIDTH, width // heads
        turn = torch.linalg.qr(torch.randn(content, content))[0]  # keeps what was written apart from what is to be written
        with torch.no_grad():
            for embedding in (self.source_embedding, self.target_embedding, self.projection):
                embedding.weight[:, content:] = 0
            self.projection.weight /= self.projection.weight.norm(dim=1, keepdim=True)
            self.target_embedding.weight[:, :content] = self.projection.weight[:, :content] @ turn
            sums = torch.sparse.mm(translations, self.projection.weight)
            norms = sums.norm(dim=1, keepdim=True)
            known = norms.squeeze(1) > 1e-3
            self.source_embedding.weight[known] = (sums / norms.clamp_min(1e-3))[known]
            for layer in [*self.encoder, *self.decoder]:
                layer.feed_forward.second.weight.mul_(0.3)
                layer.attention.out.weight.mul_(0.3)
            first, last = self.decoder[0].cross, self.decoder[-1].cross
            look = torch.linalg.qr(torch.randn(width, width))[0] * find
            first.key.weight.copy_(look)
            first.query.weight.copy_(torch.cat([look[:, :content] @ turn, look[:, content:]], dim=1))
            first.value.weight.mul_(0.1)
            first.out.weight.mul_(0.1)
            last.query.weight.mul_(0.1)
            last.key.weight.mul_(0.1)
            for number in range(heads):
                rows = slice(number * head, (number + 1) * head)
                first.value.weight[rows, content:] += torch.eye(POSITION_WIDTH)[:head]
                first.out.weight[content:, rows] += 1.5 / heads * torch.eye(POSITION_WIDTH)[:, :head]
                last.query.weight[rows, content:] += step * one_step_on()[:head]
                last.key.weight[rows, content:] += step * torch.eye(POSITION_WIDTH)[:head]
            for linear in (last.value, last.out):
                linear.weight.copy_(1.5 * torch.eye(width))

    def forward(self, source: Tensor, target: Tensor, dropout: Dropout) -> tuple[Tensor, Tensor, Tensor]:
        """States before the output layer, log attention (target × source) of the last layer, and the memory. -1 is padding."""
        scale = math.sqrt(self.shape.width)
        mask = torch.zeros(source.shape, dtype=self.projection.weight.dtype).masked_fill(source < 0, -1e9)[:, None, None, :]
        memory = dropout(self.source_embedding(source.clamp_min(0)) * scale + self.source_positions[: source.size(1)])
        for layer in self.encoder:
            memory = layer(memory, mask, dropout)
        memory = self.encoder_norm(memory)
        states = dropout(self.target_embedding(target.clamp_min(0)) * scale + self.target_positions[: target.size(1)])
        weights = None
        for layer in self.decoder:
            states, weights = layer(states, memory, mask, dropout)
        assert weights is not None
        return self.decoder_norm(states), weights, memory
