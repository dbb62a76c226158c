"""The grounding gate: what a model wrote is said only where its passages carry it.

Rules find what a sentence brings along that its passages lack (`bot/core/grounding.py`). What they
leave over is compared word by word (`grounding_signs.py`), placed by the embedder, and read beside
its passages by a small encoder that was taught to see what is bent. A few weights make one score of
that; the bound was chosen on labelled sentences that nothing was fitted on.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.adapters.embeddings import Embedder
from bot.adapters.encoder_file import EncoderFile
from bot.adapters.readability import flesch_kincaid_grade
from bot.core.grounding import broken_rule, gives_orders, pieces_of, plain
from bot.core.grounding_draft import settle
from bot.core.grounding_signs import NAMES, signs_of
from bot.core.rewording import Draft, Gated, Passage, Request, Sentence
from bot.errors import ModelError

HEAD = Path(__file__).with_name("grounding_head.json")
READER = Path(__file__).with_name("grounding_reader.onnx")
REPAIR = "reinstall held-in-mind"
LONGEST = 200  # tokens of passages and sentence together
HIGHEST_GRADE = 13.0  # of one sentence, where two long words count for much
HIGHEST_GRADE_OF_ALL = 7.0  # as a page
ASK = "Ask your therapist if"
MEASURES = (*NAMES, "likeness", "likeness_of_all")
ORDERS, NOWHERE = "a passage gives orders", "names no passage"
NOT_CARRIED, TOO_HARD = "not carried by its passages", "too hard to read"
_SENTENCE = re.compile(r"(?<=[.!?])[\"')]*\s+")


class Reads(Protocol):
    """Something that says how well passages carry a sentence, as log-odds."""

    def carries(self, passages: str, sentence: str) -> float:
        """Above 0: rather carried than not."""


class Reader:
    """The small encoder that reads a sentence beside its passages."""

    def __init__(self, digest: str, path: Path = READER) -> None:
        self._digest = digest
        self._file = EncoderFile(path, LONGEST, REPAIR)

    def load(self) -> None:
        """Read the weights; ModelError says what is wrong with them."""
        self._file.load(self._digest)

    def carries(self, passages: str, sentence: str) -> float:
        """Above 0: rather carried than not."""
        self.load()
        return float(self._file.read(sentence, passages))


@dataclass(frozen=True, slots=True)
class Head:
    """The weights that make one score of the measures, and the score from which it is carried."""

    weights: Mapping[str, float]
    constant: float
    reading: float  # the weight of what the reader says
    bound: float
    reader_sha256: str

    def score(self, measures: Sequence[float], carries: float) -> float:
        """The score of a sentence."""
        own = sum(self.weights[name] * x for name, x in zip(MEASURES, measures, strict=True))
        return own + self.constant + self.reading * carries


def load_head(path: Path = HEAD) -> Head:
    """The head that goes with this version.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        head = Head(**json.loads(path.read_text(encoding="utf-8")))
        if set(head.weights) != set(MEASURES):
            raise ValueError("other measures")
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is missing or damaged; {REPAIR}") from error
    return head


def measures_of(sentence: str, carrying: str, embedder: Embedder) -> tuple[float, ...]:
    """The measures of a sentence beside the text that carries it, in the order of `MEASURES`."""
    parts = [part for part in _SENTENCE.split(carrying) if part.strip()]
    first, whole, *others = embedder.embed([sentence, carrying, *parts])
    likeness = max((float(first @ other) for other in others), default=0.0)
    return (*signs_of(sentence, carrying).row(), likeness, float(first @ whole))


class GroundingGate:
    """Lets through what the passages carry; safe to use from any one thread at a time."""

    def __init__(
        self, embedder: Embedder, head: Head | None = None, reader: Reads | None = None
    ) -> None:
        self._embedder = embedder
        self._head = head or load_head()
        self._reader = reader or Reader(self._head.reader_sha256)

    def load(self) -> None:
        """Read the weights, so that the first answer does not wait for them."""
        self._embedder.load()
        if self._head.reading and isinstance(self._reader, Reader):
            self._reader.load()

    def check(self, request: Request, draft: Draft) -> Gated:
        """Which sentences may be said, and why the others may not."""
        sections = [passage.section for passage in request.passages]
        if any(gives_orders(passage.text) for passage in request.passages):
            return settle([(one, ORDERS) for one in draft.sentences], sections)
        judged = [(one, self._fault(one, request.passages)) for one in draft.sentences]
        kept = " ".join(one.text for one, reason in judged if reason is None)
        if kept and flesch_kincaid_grade(kept) > HIGHEST_GRADE_OF_ALL:
            judged = [(one, reason or TOO_HARD) for one, reason in judged]
        return settle(judged, sections)

    def score(self, sentence: str, carrying: str) -> float:
        """How surely one plain sentence is carried; at or above the bound it may be said."""
        measures = measures_of(sentence, carrying, self._embedder)
        read = self._reader.carries(carrying, sentence) if self._head.reading else 0.0
        return self._head.score(measures, read)

    def fault(self, sentence: str, carrying: str) -> str | None:
        """Why one sentence may not be said beside the text that is to carry it."""
        for piece in pieces_of(sentence):
            found = broken_rule(piece, carrying)
            if found is None and flesch_kincaid_grade(piece) > HIGHEST_GRADE:
                found = TOO_HARD
            if found is None and self.score(piece, plain(carrying)) < self._head.bound:
                found = NOT_CARRIED
            if found:
                return found
        return None

    def _fault(self, sentence: Sentence, passages: Sequence[Passage]) -> str | None:
        if not sentence.passages or max(sentence.passages) >= len(passages):
            return NOWHERE
        return self.fault(sentence.text, carrying_text([passages[at] for at in sentence.passages]))


def carrying_text(passages: Sequence[Passage]) -> str:
    """The text that a sentence rests on; a condition for asking is no statement about a child."""
    return " ".join(f"{ASK} {one.text}" if one.section == ASK else one.text for one in passages)
