"""What the parts of the stack see of each message, computed once for all folds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.adapters.triage_parts import Texts, rule_features
from bot.core.grams import BUCKETS, letter_buckets, word_buckets
from bot.core.rules import find
from bot.training.corpus import Example
from bot.training.vectors import KeptVectors

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seen:
    """Aligned with the examples; windows stand in one table with the example of each."""

    messages: Numbers
    window_rows: Numbers
    window_of: NDArray[np.int64]
    words: list[list[int]]
    letters: list[list[int]]
    rules: Numbers

    def __len__(self) -> int:
        return len(self.messages)

    def take(self, rows: NDArray[np.int64]) -> "Seen":
        """The same for some of the examples, in the order of `rows`."""
        spots = [np.flatnonzero(self.window_of == row) for row in rows]
        counts = [len(spot) for spot in spots]
        order = np.concatenate(spots)
        return Seen(
            self.messages[rows],
            self.window_rows[order],
            np.repeat(np.arange(len(rows)), counts),
            [self.words[row] for row in rows],
            [self.letters[row] for row in rows],
            self.rules[rows],
        )


def look(examples: Sequence[Example], vectors: KeptVectors) -> Seen:
    """Everything that the parts need of `examples`."""
    texts = [Texts.of(example.text, example.context) for example in examples]
    vectors.prepare(text for one in texts for text in (one.text, *one.windows))
    window_texts = [window for one in texts for window in one.windows]
    return Seen(
        messages=vectors.embed([one.text for one in texts]),
        window_rows=vectors.embed(window_texts),
        window_of=np.repeat(np.arange(len(texts)), [len(one.windows) for one in texts]),
        words=[word_buckets(one.plain, one.context) for one in texts],
        letters=[letter_buckets(one.plain) for one in texts],
        rules=np.asarray(
            [
                rule_features(find(example.text, one.context), one)
                for example, one in zip(examples, texts, strict=True)
            ],
            np.float32,
        ),
    )


def rarity(rows: Sequence[Sequence[int]]) -> Numbers:
    """The inverse document frequency of each gram, smoothed; grams never seen weigh nothing."""
    seen = np.bincount(flat(rows), minlength=BUCKETS)
    found = np.log((1 + len(rows)) / (1 + seen)) + 1
    return np.where(seen > 0, found, 0.0).astype(np.float32)


def flat(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """All numbers of all rows, one after another."""
    return np.asarray([number for row in rows for number in row], np.int64)


def matrix(rows: Sequence[Sequence[int]], weight: Numbers) -> csr_matrix:
    """One unit row for each message, its grams weighted by rarity."""
    values: list[Numbers] = []
    for row in rows:
        part = weight[np.asarray(row, np.int64)]
        length = float(np.sqrt((part**2).sum()))
        values.append(part / length if length else part)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    data = np.concatenate(values) if values else np.empty(0, np.float32)
    return csr_matrix((data, flat(rows), ends), shape=(len(rows), BUCKETS))
