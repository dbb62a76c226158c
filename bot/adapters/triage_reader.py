"""The fine-tuned encoder: reads a message with what came before it, and says how it sounds."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.adapters.embeddings import packaged_model
from bot.core.wording import windows
from bot.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

READER = Path(__file__).with_name("triage_reader.onnx")
LONGEST = 224  # tokens, as in training
CHUNK = 800  # characters of a long text that are read at once
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Reader:
    """An encoder in one file, on one thread; load it once, use it from any thread."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or READER
        self._session: InferenceSession | None = None
        self._tokens: Tokenizer | None = None

    def load(self, digest: str) -> None:
        """Read the file, which must have this sha256; ModelError says what is wrong with it."""
        if self._session is not None:
            return
        if not self._path.exists():
            raise ModelError(f"no triage reader at {self._path}; run `heldinmind triage train`")
        content = self._path.read_bytes()
        if sha256(content).hexdigest() != digest:
            raise ModelError(
                f"the triage reader at {self._path} is not the one its weights were made with; "
                "run `heldinmind triage train`"
            )
        self._tokens = _tokenizer()
        self._session = _session(content)

    def log_odds(self, text: str, before: Sequence[str]) -> float:
        """The log-odds of danger; of a long text, those of its worst stretch."""
        earlier = "\n".join(before)
        return max(self._of_one(chunk, earlier) for chunk in windows(text, CHUNK))

    def _of_one(self, text: str, before: str) -> float:
        assert self._session is not None
        assert self._tokens is not None
        read = self._tokens.encode(before, text) if before else self._tokens.encode(text)
        rows = (read.ids, read.attention_mask, read.type_ids)
        feed = {name: np.asarray([row], np.int64) for name, row in zip(INPUTS, rows, strict=True)}
        return float(self._session.run(["danger"], feed)[0][0])


def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    tokens: Tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokens.no_padding()
    tokens.enable_truncation(LONGEST)
    return tokens


def _session(content: bytes) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(content, options, providers=["CPUExecutionProvider"])
