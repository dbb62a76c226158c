"""The fine-tuned encoder: reads a message with what came before it, and says how it sounds."""

from collections.abc import Sequence
from pathlib import Path

from bot.adapters.encoder_file import EncoderFile
from bot.core.wording import windows

READER = Path(__file__).with_name("triage_reader.onnx")
LONGEST = 224  # tokens, as in training
CHUNK = 800  # characters of a long text that are read at once


class Reader:
    """An encoder in one file, on one thread; load it once, use it from any thread."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = EncoderFile(path or READER, LONGEST, "run `heldinmind triage train --reader`")

    def load(self, digest: str) -> None:
        """Read the file, which must have this sha256; ModelError says what is wrong with it."""
        self._file.load(digest)

    def log_odds(self, text: str, before: Sequence[str]) -> float:
        """The log-odds of danger; of a long text, those of its worst stretch."""
        earlier = "\n".join(before)
        return max(float(self._file.read(chunk, earlier)) for chunk in windows(text, CHUNK))
