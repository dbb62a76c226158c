"""The parts of the triage model, read from one file of numbers and checked.

A kernel machine on frozen sentence embeddings (of a long text, those of its worst window), linear
models on words and on runs of letters, what the rules found and what the fine-tuned reader says of
the message after what came before it; a logistic stack gives one calibrated probability.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.core.disguises import undisguised
from bot.core.grams import BUCKETS, bucket, letter_buckets, word_buckets, words_of
from bot.core.rules import find
from bot.core.triage import Category, RuleHit, Thresholds
from bot.core.wording import normalise, windows
from bot.errors import ModelError

EARLIER = 4  # messages of the conversation that are read with the new one
SHOWN = 4  # words that a therapist is shown

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over numbered grams: squared rarity and weight times rarity of each."""

    rarity: Numbers
    weights: Numbers
    offset: float

    def score(self, grams: Sequence[int]) -> float:
        """The distance from the border, positive on the side of danger."""
        at = np.asarray(grams, np.int64)
        length = float(np.sqrt(self.rarity[at].sum())) if len(at) else 0.0
        return self.offset + (float(self.weights[at].sum()) / length if length else 0.0)


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel machine: how near a message is to known urgent and known ordinary ones."""

    messages: Numbers  # (n, dimension)
    pull: Numbers  # (n,)
    width: float
    offset: float

    def score(self, rows: Numbers) -> Numbers:
        """The distances of `rows` from the border."""
        near = rows @ self.messages.T
        return np.asarray(np.exp(self.width * (near - 1.0)) @ self.pull + self.offset)


@dataclass(frozen=True, slots=True)
class Texts:
    """The forms of one message that the parts read."""

    text: str
    windows: tuple[str, ...]
    plain: str
    before: tuple[str, ...]
    context: tuple[str, ...]  # `before`, normalised

    @classmethod
    def of(cls, text: str, context: Sequence[str]) -> "Texts":
        """All forms of a message and of the last messages before it, without their disguises."""
        text = undisguised(text)
        recent = tuple(part for part in context[-EARLIER:] if part.strip())
        normal = tuple(normalise(part) for part in recent)
        return cls(text, windows(text), normalise(text), recent, normal)


RULE_FEATURES = ("certain", "soft", "guarded", "certain_before", "context", "long")
CERTAIN = 3  # where the first of them stands among the features
FEATURES = 4 + len(RULE_FEATURES)  # kernel, words, letters, rules, reader


def rule_features(hits: Sequence[RuleHit], texts: Texts) -> list[float]:
    """What the rules found, as numbers for the stack, in the order of `RULE_FEATURES`."""
    before = any(hit.certain for earlier in texts.context for hit in find(earlier))
    return [
        float(any(hit.certain for hit in hits)),
        float(sum(not hit.certain and not hit.guard for hit in hits)),
        float(any(hit.guard for hit in hits)),
        float(before),
        float(bool(texts.context)),
        float(len(texts.windows) > 1),
    ]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything in the file of weights."""

    kernel: Kernel
    words: Linear
    letters: Linear
    stack_weights: Numbers
    stack_offset: float
    category_weights: Numbers
    category_offsets: Numbers
    categories: tuple[Category, ...]
    thresholds: Thresholds
    version: str
    reader: str  # the sha256 of the reader that the stack was fitted with

    @classmethod
    def read(cls, path: Path) -> "Parts":
        """The parts in `path`; ModelError when it is missing, damaged or of the wrong shape."""
        try:
            with np.load(path, allow_pickle=False) as file:
                kept = {name: file[name] for name in file.files}
            parts = cls._of(kept)
        except FileNotFoundError as error:
            raise ModelError(
                f"no triage weights at {path}; run `heldinmind triage train`"
            ) from error
        except Exception as error:
            raise ModelError(
                f"the triage weights at {path} are damaged ({type(error).__name__}); "
                "run `heldinmind triage train`"
            ) from error
        parts._check(path)
        return parts

    @classmethod
    def _of(cls, kept: dict[str, NDArray[np.generic]]) -> "Parts":
        manifest = json.loads(str(kept["manifest"]))
        if manifest["sha256"] != digest(kept):
            raise ValueError("the numbers are not those of the manifest")

        def numbers(name: str) -> Numbers:
            return kept[name].astype(np.float32)

        return cls(
            Kernel(
                numbers("kernel_messages"),
                numbers("kernel_pull"),
                manifest["kernel_width"],
                manifest["kernel_offset"],
            ),
            Linear(numbers("word_rarity"), numbers("word_weights"), manifest["word_offset"]),
            Linear(numbers("letter_rarity"), numbers("letter_weights"), manifest["letter_offset"]),
            numbers("stack_weights"),
            manifest["stack_offset"],
            numbers("category_weights"),
            numbers("category_offsets"),
            tuple(Category(name) for name in manifest["categories"]),
            Thresholds(manifest["flag"], manifest["check"]),
            manifest["version"],
            manifest["reader"],
        )

    def _check(self, path: Path) -> None:
        shapes = {
            "pull": self.kernel.pull.shape == self.kernel.messages.shape[:1],
            "words": self.words.weights.shape == self.words.rarity.shape == (BUCKETS,),
            "letters": self.letters.weights.shape == self.letters.rarity.shape == (BUCKETS,),
            "stack": self.stack_weights.shape == (FEATURES,),
            "category": self.category_weights.shape
            == (len(self.categories), self.kernel.messages.shape[1]),
        }
        wrong = [name for name, right in shapes.items() if not right]
        if wrong:
            raise ModelError(f"the triage weights at {path} have the wrong shape: {wrong}")

    def features(
        self, texts: Texts, rows: Numbers, hits: Sequence[RuleHit], read: float
    ) -> Numbers:
        """The scores of the parts and what the rules found, in the order the stack expects.

        `rows` has the embedding of each window of the message.
        """
        values = [
            float(self._near(rows).max()),
            self.words.score(word_buckets(texts.plain, texts.context)),
            self.letters.score(letter_buckets(texts.plain)),
            *rule_features(hits, texts),
            read,
        ]
        return np.asarray(values, np.float32)

    def _near(self, rows: Numbers) -> Numbers:
        if rows.shape[-1] != self.kernel.messages.shape[1]:
            raise ModelError("the embedding model is not the one that triage was trained with")
        return self.kernel.score(rows)

    def stack(self, features: Numbers) -> float:
        """The calibrated probability of danger."""
        return float(1.0 / (1.0 + np.exp(-(features @ self.stack_weights + self.stack_offset))))

    def category(self, rows: Numbers) -> Category:
        """The likeliest kind of danger, if there is any, in the window that is nearest to one."""
        row = rows[int(self._near(rows).argmax())]
        return self.categories[int(np.argmax(self.category_weights @ row + self.category_offsets))]

    def telling_words(self, plain: str) -> tuple[str, ...]:
        """The words of a message that speak most for danger."""
        words = {word for word in words_of(plain) if len(word) > 2}
        ranked = sorted(words, key=lambda word: (-self.words.weights[bucket(word)], word))
        return tuple(word for word in ranked[:SHOWN] if self.words.weights[bucket(word)] > 0)


def digest(kept: dict[str, NDArray[np.generic]]) -> str:
    """A hash of every array in the file but the manifest."""
    total = sha256()
    for name in sorted(kept):
        if name != "manifest":
            total.update(name.encode())
            total.update(np.ascontiguousarray(kept[name]).tobytes())
    return total.hexdigest()
