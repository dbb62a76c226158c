"""Measures how loud the channels of the large encoder get, for `bot.adapters.even_layers`.

    python -m bot.training.peaks

Reads messages of triage's training part through the published 32-bit weights (two minutes).
"""

import random
import tempfile
from pathlib import Path

import numpy as np
import torch
from rich.progress import track

from bot.adapters.encoder_file import open_tokenizer
from bot.adapters.even_layers import PEAKS, layers_of, source_of
from bot.adapters.large_encoder import LONGEST, published_encoder, unpack
from bot.training.corpus import Part, of_part, parts, read

MESSAGES = 400
SEED = 7


def measure(texts: list[str], folder: Path) -> dict[str, torch.Tensor]:
    """The largest absolute value of each channel of each layer over `texts`."""
    encoder = published_encoder(folder)
    tokens = open_tokenizer(folder / "tokenizer.json", LONGEST)
    peaks: dict[str, torch.Tensor] = {}

    def watch(name: str, layer: torch.nn.Module) -> None:
        def note(_: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> None:
            loudest = given[0].abs().flatten(0, -2).max(0).values
            peaks[name] = torch.maximum(loudest, peaks.get(name, loudest))

        layer.register_forward_pre_hook(note)

    for name, layer in layers_of(encoder).items():
        if source_of(name) == name:
            watch(name, layer)
    with torch.no_grad():
        for text in track(texts, "Reading"):
            ids = torch.tensor([tokens.encode(text).ids])
            encoder(input_ids=ids, attention_mask=torch.ones_like(ids))
    return peaks


def main() -> None:
    """Measure, and keep the numbers beside the code that reads them."""
    texts = sorted({example.text for example in of_part(read(), Part.TRAIN, parts())})
    chosen = random.Random(SEED).sample(texts, MESSAGES)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "published"
        unpack(folder)
        peaks = measure(chosen, folder)
    kept = {name: peak.numpy().astype(np.float16) for name, peak in peaks.items()}
    np.savez_compressed(PEAKS, **kept)  # type: ignore[arg-type]
    print(f"Wrote {PEAKS}")  # noqa: T201


if __name__ == "__main__":
    main()
