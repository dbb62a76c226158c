"""One training run: from the messages in the repository to one file of weights."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from bot.adapters.triage_model import WEIGHTS
from bot.adapters.triage_parts import CERTAIN, Texts, digest
from bot.adapters.triage_reader import READER, Reader
from bot.core.triage import Category, Concern, Thresholds
from bot.training import calibrate, fit
from bot.training.corpus import Example, Part, fingerprint
from bot.training.features import Numbers, look
from bot.training.fit import Fitted, Progress, Stack
from bot.training.split import families
from bot.training.vectors import KeptVectors

VERSION = "2"
LIGHTER = {"other-languages": 0.5}  # the stack is for English first


@dataclass(frozen=True, slots=True)
class Trained:
    """All that a file of weights holds."""

    parts: Fitted
    stack: Stack
    categories: tuple[Numbers, Numbers, tuple[Category, ...]]
    thresholds: Thresholds
    data: str
    reader: str
    apart: list[Example]
    unseen: calibrate.Judged

    def concerns(self) -> list[Concern]:
        """What the decision would be for each message set apart, from its unseen probability."""
        flag, check = self.thresholds.flag, self.thresholds.check
        return [
            Concern.URGENT if score >= flag else Concern.CHECK if score >= check else Concern.NONE
            for score in self.unseen.effective
        ]

    def manifest(self) -> dict[str, object]:
        """What the weights are, in words and small numbers."""
        return {
            "version": f"{VERSION}-{self.data[:8]}-{self.reader[:8]}",
            "data": self.data,
            "reader": self.reader,
            "seed": fit.SEED,
            "kernel_width": self.parts.kernel.width,
            "kernel_offset": self.parts.kernel.offset,
            "word_offset": self.parts.words.offset,
            "letter_offset": self.parts.letters.offset,
            "stack_offset": self.stack.offset,
            "categories": [category.value for category in self.categories[2]],
            "flag": self.thresholds.flag,
            "check": self.thresholds.check,
        }

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The numbers, as small as they can be without changing a decision."""
        kernel, words, letters = self.parts.kernel, self.parts.words, self.parts.letters
        return {
            "kernel_messages": kernel.messages.astype(np.float16),
            "kernel_pull": kernel.pull,
            "word_rarity": words.rarity.astype(np.float16),
            "word_weights": words.weights.astype(np.float16),
            "letter_rarity": letters.rarity.astype(np.float16),
            "letter_weights": letters.weights.astype(np.float16),
            "stack_weights": self.stack.weights,
            "category_weights": self.categories[0].astype(np.float16),
            "category_offsets": self.categories[1],
        }

    def save(self, path: Path = WEIGHTS) -> None:
        """Write the file of weights."""
        arrays = self.arrays()
        manifest = self.manifest() | {"sha256": digest(arrays)}
        np.savez_compressed(path, manifest=np.asarray(json.dumps(manifest)), **arrays)  # type: ignore[arg-type]


def for_training(examples: Sequence[Example], split: dict[str, Part]) -> list[Example]:
    """Everything but the test part, which training never sees."""
    return [one for one in examples if split.get(one.id, Part.TRAIN) is not Part.TEST]


def train(
    examples: Sequence[Example],
    split: dict[str, Part],
    vectors: KeptVectors,
    reader: Path = READER,
    tell: Progress = lambda _: None,
) -> Trained:
    """Fit parts, stack, kinds and thresholds; the same messages give the same weights.

    The stack is fitted on the calibration part alone: the reader was trained without it, and the
    other parts score it in folds. Its thresholds come from predictions for unseen messages too.
    """
    urgent = np.asarray([one.urgent for one in examples])
    tell("reading the messages")
    seen = look(examples, vectors)
    fold = fit.folds(_families(examples))
    set_apart = np.flatnonzero([split.get(one.id) is Part.CALIBRATION for one in examples])
    apart = [examples[int(row)] for row in set_apart]
    digest_of_reader = sha256(reader.read_bytes()).hexdigest()
    scores = np.column_stack(
        [
            fit.unseen_scores(seen, urgent, fold, tell)[set_apart],
            read_all(apart, reader, digest_of_reader),
        ]
    )
    weight = np.asarray([LIGHTER.get(one.file, 1.0) for one in apart], np.float32)
    unseen = calibrate.Judged(
        fit.unseen_probabilities(scores, urgent[set_apart], weight, fit.folds(_families(apart))),
        scores[:, CERTAIN] > 0,
        urgent[set_apart],
    )
    tell("all messages")
    return Trained(
        fit.fit_parts(seen, urgent),
        fit.fit_stack(scores, urgent[set_apart], weight),
        fit.fit_categories(seen, examples),
        calibrate.thresholds(unseen),
        fingerprint(examples),
        digest_of_reader,
        apart,
        unseen,
    )


def read_all(examples: Sequence[Example], path: Path, digest_of_reader: str) -> Numbers:
    """The reader's log-odds of each message."""
    reader = Reader(path)
    reader.load(digest_of_reader)
    texts = [Texts.of(one.text, one.context) for one in examples]
    found = [
        reader.log_odds(one.text, one.before)
        for one in track(texts, description="Reading the calibration part")
    ]
    return np.asarray(found, np.float32)


def _families(examples: Sequence[Example]) -> list[str]:
    related = families(examples)
    return [related[one.id] for one in examples]
