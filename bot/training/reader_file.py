"""Writing the fine-tuned encoder as one small file of whole numbers."""

import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

from bot.adapters.triage_reader import INPUTS, READER
from bot.errors import ModelError
from bot.training.corpus import Example
from bot.training.encoder import Reader, fine_tune
from bot.training.fit import SEED

OPSET = 17


class _Plain(nn.Module):
    """The reader from token numbers to log-odds."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """The log-odds of danger of each row."""
        hidden = self.reader.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=kinds
        ).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weight).sum(1) / weight.sum(1)
        return cast("Tensor", self.reader.danger(pooled).squeeze(-1))


def fine_tune_and_write(examples: Sequence[Example], path: Path = READER) -> None:
    """Fine-tune on `examples` and write the file."""
    _need_onnx()
    write(fine_tune(examples, SEED), path)


def write(reader: Reader, path: Path = READER) -> None:
    """Write the reader with eight-bit weights; needs the package `onnx`, for training only."""
    _need_onnx()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    rows = reader.tokens(["one", "another message"], padding=True, return_tensors="pt")
    free = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "reader.onnx"
        torch.onnx.export(
            _Plain(reader.eval()),
            tuple(rows[name] for name in INPUTS),
            str(large),
            input_names=list(INPUTS),
            output_names=["danger"],
            dynamic_axes={**dict.fromkeys(INPUTS, free), "danger": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(str(large), str(path), weight_type=QuantType.QInt8, per_channel=True)


def _need_onnx() -> None:
    if find_spec("onnx") is None:
        raise ModelError("training the reader needs `pip install onnx onnxscript` first")
