"""The trained triage model: a score for a message, its kind of danger and the words behind it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot.adapters.triage_parts import Numbers, Parts, Texts
from bot.adapters.triage_reader import Reader
from bot.core.triage import ModelReading, RuleHit, Thresholds

WEIGHTS = Path(__file__).with_name("triage_weights.npz")


class Embeds(Protocol):
    """Whatever turns texts into unit vectors."""

    def embed(self, texts: Sequence[str]) -> Numbers:
        """One row for each text."""
        ...


class TriageModel:
    """Reads messages with the weights of one file; load it once, use it from any thread."""

    def __init__(
        self, embedder: Embeds, path: Path | None = None, reader: Reader | None = None
    ) -> None:
        self._reader = reader or Reader()
        self._embedder = embedder
        self._path = path or WEIGHTS
        self._parts: Parts | None = None

    def load(self) -> None:
        """Read and check the weights, or raise ModelError that says what to do."""
        if self._parts is None:
            parts = Parts.read(self._path)
            self._reader.load(parts.reader)
            self._parts = parts

    @property
    def version(self) -> str:
        """The version that stands in the manifest of the weights."""
        return self._ready().version

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds that were chosen when the weights were calibrated."""
        return self._ready().thresholds

    def read(self, text: str, context: Sequence[str], hits: Sequence[RuleHit]) -> ModelReading:
        """The calibrated probability of danger, its likeliest kind and the words that moved it."""
        parts = self._ready()
        texts = Texts.of(text, context)
        rows = self._embedder.embed(texts.windows)
        read = self._reader.log_odds(texts.text, texts.before)
        features = parts.features(texts, rows, hits, read)
        score = parts.stack(features)
        return ModelReading(
            score, parts.category(rows), parts.telling_words(texts.plain), parts.version
        )

    def _ready(self) -> "Parts":
        self.load()
        assert self._parts is not None
        return self._parts
