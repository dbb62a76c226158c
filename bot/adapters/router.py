"""A small trained head: is a question covered, not covered, or one for the therapist?

One softmax over the message's embedding, the signs in its words, runs of its letters and words,
and how strongly the ranking found something. Its weights are made by `heldinmind guidance train`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.adapters.ranking import EVIDENCE, LEAST, Ranked
from bot.adapters.topics import Topics
from bot.core.asking import Intent, Sign
from bot.core.grams import bucket, letter_grams, word_grams
from bot.core.routing import Bounds
from bot.errors import ModelError

WEIGHTS = Path(__file__).with_name("router_weights.npz")
WANTED = (Intent.CLINICAL, Intent.ADMIN, Intent.WISH_FOR_THERAPIST)
COVERED, NOT_COVERED = "covered", "not_covered"
LABELS = (COVERED, NOT_COVERED, *(intent.value for intent in WANTED))
GRAMS = 1 << 13
FINDINGS = 2 * len(EVIDENCE) + 7
# How loudly each part speaks before the weights are learnt; tried on the calibration questions.
EMBEDDING_GAIN, FINDINGS_GAIN, GRAMS_GAIN = 4.0, 0.7, 6.0
LONG = 40  # words
_TOPICS = ("dense", "dense_offsets", "grams", "gram_offsets", "rarity")
Floats = NDArray[np.float32]


def findings(ranked: Ranked, text: str) -> Floats:
    """How strong and how clear the ranking's evidence is, shape (FINDINGS,)."""
    scores = np.array(ranked.scores, np.float32)
    second, fifth = scores[min(1, len(scores) - 1)], scores[min(4, len(scores) - 1)]
    rivals = np.log(np.exp(scores - scores[0]).sum())
    length = min(len(text.split()), LONG) / LONG
    apart = (scores[0] - second, scores[0] - fifth)
    clear = (scores[0], *apart, rivals, ranked.known, length, np.log(ranked.nothing + LEAST))
    best, strongest = ranked.evidence[0], ranked.evidence.max(axis=0)
    return np.array([*best, *strongest, *clear], np.float32)


def sign_features(signs: Sequence[Sign]) -> Floats:
    """Which intents the words speak for, surely or perhaps, shape (6,)."""
    seen = {(sign.intent, sign.certain) for sign in signs}
    return np.array([(i, sure) in seen for i in WANTED for sure in (True, False)], np.float32)


def grams_of(text: str) -> NDArray[np.intp]:
    """The numbers of a text's words, pairs of words and runs of letters."""
    plain = text.lower().replace("'", "").replace("’", "")
    grams = {f"w{gram}" for gram in word_grams(plain)} | {
        f"c{gram}" for gram in letter_grams(plain)
    }
    return np.array(sorted({bucket(gram) % GRAMS for gram in grams}), np.intp)


@dataclass(frozen=True, slots=True)
class Router:
    """The weights of topics, ranking and head, and the bounds that were calibrated for them."""

    topics: Topics
    rank_weights: Floats
    mean: Floats
    spread: Floats
    dense: Floats
    grams: Floats
    offsets: Floats
    bounds: Bounds

    def likelihood(
        self, text: str, vector: Floats, ranked: Ranked, signs: Sequence[Sign]
    ) -> Mapping[str, float]:
        """How likely each of `LABELS` is."""
        seen = dense_features(text, vector, ranked, signs, self.mean, self.spread)
        own = grams_of(text)
        scale = GRAMS_GAIN / max(len(own), 1) ** 0.5
        logits = self.dense @ seen + self.grams[:, own].sum(axis=1) * scale + self.offsets
        shares = np.exp(logits - logits.max())
        return dict(zip(LABELS, (shares / shares.sum()).tolist(), strict=True))

    def save(self, path: Path = WEIGHTS) -> None:
        """Write the weights."""
        bounds = {"answer": self.bounds.answer, "near": self.bounds.near}
        np.savez_compressed(
            path,
            rank_weights=self.rank_weights,
            mean=self.mean,
            spread=self.spread,
            dense=self.dense,
            grams=self.grams.astype(np.float16),
            offsets=self.offsets,
            labels=np.array(self.topics.labels),
            topic_dense=self.topics.dense,
            topic_dense_offsets=self.topics.dense_offsets,
            topic_grams=self.topics.grams.astype(np.float16),
            topic_gram_offsets=self.topics.gram_offsets,
            topic_rarity=self.topics.rarity.astype(np.float16),
            bounds=np.array(json.dumps({**bounds, "therapist": self.bounds.therapist})),
        )


def dense_features(
    text: str,
    vector: Floats,
    ranked: Ranked,
    signs: Sequence[Sign],
    mean: Floats,
    spread: Floats,
) -> Floats:
    """Embedding, signs and findings in one row; findings are measured from their usual values."""
    found = (findings(ranked, text) - mean) / spread
    parts = (vector * EMBEDDING_GAIN, sign_features(signs), found * FINDINGS_GAIN)
    return np.concatenate(parts).astype(np.float32)


def load_router(path: Path = WEIGHTS) -> Router:
    """The trained head.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as kept:
            names = ("rank_weights", "mean", "spread", "dense", "grams", "offsets")
            arrays = {name: kept[name].astype(np.float32) for name in names}
            bounds = Bounds(**json.loads(str(kept["bounds"])))
            topics = Topics(
                tuple(kept["labels"].tolist()),
                **{name: kept[f"topic_{name}"].astype(np.float32) for name in _TOPICS},
            )
        return Router(topics, **arrays, bounds=bounds)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise ModelError(
            f"the routing weights at {path} cannot be used ({type(error).__name__}); "
            "make them again with: heldinmind guidance train"
        ) from error
