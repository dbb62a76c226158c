"""One training run: from the messages in the repository to one file of weights."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.adapters.triage_model import WEIGHTS, digest
from bot.core.triage import Category, Thresholds
from bot.training import calibrate, fit
from bot.training.corpus import Example, Part, fingerprint
from bot.training.features import Numbers, look
from bot.training.fit import Fitted, Progress, Stack
from bot.training.split import families
from bot.training.vectors import KeptVectors

VERSION = "1"
LIGHTER = {"other-languages": 0.5}  # the stack is for English first


@dataclass(frozen=True, slots=True)
class Trained:
    """All that a file of weights holds."""

    parts: Fitted
    stack: Stack
    categories: tuple[Numbers, Numbers, tuple[Category, ...]]
    thresholds: Thresholds
    data: str
    unseen: calibrate.Judged

    def manifest(self) -> dict[str, object]:
        """What the weights are, in words and small numbers."""
        return {
            "version": f"{VERSION}-{self.data[:8]}",
            "data": self.data,
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
            "kernel_joined": kernel.joined.astype(np.float16),
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
    examples: Sequence[Example], vectors: KeptVectors, tell: Progress = lambda _: None
) -> Trained:
    """Fit parts, stack, kinds and thresholds; the same messages give the same weights."""
    urgent = np.asarray([one.urgent for one in examples])
    weight = np.asarray([LIGHTER.get(one.file, 1.0) for one in examples], np.float32)
    tell("reading the messages")
    seen = look(examples, vectors)
    related = families(examples)
    fold = fit.folds([related[one.id] for one in examples])
    scores = fit.unseen_scores(seen, urgent, fold, tell)
    stack = fit.fit_stack(scores, urgent, weight)
    certain = seen.rules[:, 0] > 0
    unseen = calibrate.Judged(stack.probability(scores), certain, urgent)
    tell("all messages")
    return Trained(
        fit.fit_parts(seen, urgent),
        stack,
        fit.fit_categories(seen, examples),
        calibrate.thresholds(unseen),
        fingerprint(examples),
        unseen,
    )
