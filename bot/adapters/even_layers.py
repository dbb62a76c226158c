"""Prepares the layers of an encoder for eight bits: even channels, and the loudest kept apart.

What goes into a layer gets one scale for all its numbers when it becomes eight-bit, and a few
channels of a large encoder are so loud that they would drown the rest. So every channel is divided
by a factor that its weights are multiplied with (SmoothQuant, Xiao et al. 2023), and the loudest
stay numbers of 32 bits, in a small product of their own (as in LLM.int8(), Dettmers et al. 2022).
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

PEAKS = Path(__file__).with_name("large_encoder_peaks.npz")
EVENNESS = 0.85  # 0: all loudness stays in what goes in; 1: all of it moves to the weights
SHARE_APART = 24  # one channel in so many is kept apart
LEAST = 1e-4

Peaks = Mapping[str, torch.Tensor]


class EvenLinear(nn.Module):
    """What `layer` does, with even channels; `peak` is each channel's loudest value, (inputs,)."""

    def __init__(self, layer: nn.Linear, peak: torch.Tensor, heaviest: torch.Tensor) -> None:
        super().__init__()
        loudest = torch.topk(peak, layer.in_features // SHARE_APART).indices.sort().values
        quiet = torch.ones_like(peak)
        quiet[loudest] = 0.0
        ceiling = (peak * quiet).max()
        factor = torch.minimum(peak, ceiling).clamp(min=LEAST) ** EVENNESS
        factor = factor / heaviest.clamp(min=LEAST) ** (1 - EVENNESS)
        factor = factor / factor.mean()
        weight = layer.weight.data
        self.register_buffer("loudest", loudest)
        self.register_buffer("share", quiet / factor)
        self.even = nn.Linear(layer.in_features, layer.out_features)
        self.even.weight.data = weight * factor * quiet
        self.even.bias.data = layer.bias.data
        self.loud = nn.Linear(len(loudest), layer.out_features, bias=False)
        self.loud.weight.data = weight[:, loudest]

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """The layer's output, (…, outputs), for (…, inputs)."""
        apart: torch.Tensor = self.loud(given.index_select(-1, self.get_buffer("loudest")))
        even: torch.Tensor = self.even(given * self.get_buffer("share"))
        return even + apart


def layers_of(encoder: nn.Module) -> dict[str, nn.Linear]:
    """Every linear layer by its name."""
    return {name: layer for name, layer in encoder.named_modules() if isinstance(layer, nn.Linear)}


def source_of(name: str) -> str:
    """The layer whose peaks are kept for `name`: query, key and value are given the same."""
    stem, _, last = name.rpartition(".")
    return f"{stem}.q" if last in ("q", "k", "v") else name


def read_peaks(path: Path = PEAKS) -> Peaks:
    """How loud each channel of each layer gets, measured by `bot.training.peaks`."""
    with np.load(path, allow_pickle=False) as kept:
        return {name: torch.from_numpy(kept[name].astype(np.float32)) for name in kept.files}


def even_out(encoder: nn.Module, peaks: Peaks) -> None:
    """Replace every linear layer of `encoder` by an even one that does the same."""
    layers = layers_of(encoder)
    heaviest: dict[str, torch.Tensor] = {}
    for name, layer in layers.items():
        own, source = layer.weight.data.abs().max(0).values, source_of(name)
        heaviest[source] = torch.maximum(own, heaviest.get(source, own))
    for name, layer in layers.items():
        source = source_of(name)
        owner, _, last = name.rpartition(".")
        even = EvenLinear(layer, peaks[source], heaviest[source])
        setattr(encoder.get_submodule(owner), last, even)
