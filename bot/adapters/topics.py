"""Which themes a question is about: two linear heads, one on its embedding, one on its letters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.grams import bucket, letter_grams, word_grams

NOTHING = "nothing"  # the label of what no page is about
GRAMS = 1 << 15
WORDS_COUNT = 1.0  # how much the letters and words count beside the embedding
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Topics:
    """The weights of both heads; labels are themes and `NOTHING`."""

    labels: tuple[str, ...]
    dense: Floats
    dense_offsets: Floats
    grams: Floats
    gram_offsets: Floats
    rarity: Floats

    def shares(self, text: str, vector: Floats) -> Floats:
        """How likely each label is, shape (labels,), of sum one."""
        by_meaning = _log_shares(self.dense @ vector + self.dense_offsets)
        own = topic_grams(text)
        loud = loudness(self.rarity[own])
        by_words = _log_shares(self.grams[:, own] @ loud + self.gram_offsets)
        both = np.exp(_log_shares(by_meaning + WORDS_COUNT * by_words))
        return np.asarray(both, np.float32)


def topic_grams(text: str) -> NDArray[np.intp]:
    """The numbers of a text's words, pairs of words and runs of letters."""
    plain = text.lower().replace("'", "").replace("’", "")
    found = {f"w{gram}" for gram in word_grams(plain)} | {
        f"c{gram}" for gram in letter_grams(plain)
    }
    return np.array(sorted({bucket(gram) % GRAMS for gram in found}), np.intp)


def loudness(rarity: Floats) -> Floats:
    """Rare grams count more; every text has length one."""
    length = float(np.linalg.norm(rarity))
    return np.asarray(rarity / max(length, 1e-9), np.float32)


def no_topics(dimension: int, labels: Sequence[str] = (NOTHING,)) -> Topics:
    """Topics that know nothing yet."""
    count = len(labels)
    return Topics(
        tuple(labels),
        np.zeros((count, dimension), np.float32),
        np.zeros(count, np.float32),
        np.zeros((count, GRAMS), np.float32),
        np.zeros(count, np.float32),
        np.ones(GRAMS, np.float32),
    )


def _log_shares(logits: Floats) -> Floats:
    moved = logits - logits.max()
    return np.asarray(moved - np.log(np.exp(moved).sum()), np.float32)
