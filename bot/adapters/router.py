"""A small trained head: is a question covered, or is it one for the therapist?

Two logistic models: one on the message's embedding tells clinical, administrative and personal
wishes from questions about guidance; one on the evidence of the ranking tells whether a document
really covers the question.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.adapters.ranking import EVIDENCE, Ranked
from bot.core.asking import Intent, Sign
from bot.core.routing import Bounds
from bot.errors import ModelError

WEIGHTS = Path(__file__).with_name("router_weights.npz")
WANTED = (Intent.CLINICAL, Intent.ADMIN, Intent.WISH_FOR_THERAPIST)
COVERED = "covered"
Floats = NDArray[np.float32]


def coverage_features(ranked: Ranked, text: str) -> Floats:
    """How strong and how clear the best document's evidence is, shape (len(EVIDENCE) + 4,)."""
    if not ranked.document_ids:
        return np.zeros(len(EVIDENCE) + 4, np.float32)
    second = ranked.scores[1] if len(ranked.scores) > 1 else 0.0
    strongest = ranked.evidence[:5].max(axis=0)
    return np.array(
        [
            *ranked.evidence[0],
            ranked.scores[0],
            ranked.scores[0] - second,
            float(strongest[0]),
            min(len(text.split()), 60) / 60,
        ],
        np.float32,
    )


def intent_features(vector: Floats, signs: Sequence[Sign]) -> Floats:
    """The embedding, and which intents words hint at, shape (dimension + 3,)."""
    hints = [float(any(sign.intent is intent for sign in signs)) for intent in WANTED]
    return np.concatenate([vector, np.array(hints, np.float32)])


@dataclass(frozen=True, slots=True)
class Router:
    """The weights of both models, and the bounds that were calibrated for them."""

    intent_weights: Floats
    intent_offsets: Floats
    coverage_weights: Floats
    coverage_offset: float
    bounds: Bounds

    def likelihood(
        self, text: str, vector: Floats, ranked: Ranked, signs: Sequence[Sign]
    ) -> Mapping[str, float]:
        """How likely each intent is, and `covered`."""
        logits = self.intent_weights @ intent_features(vector, signs) + self.intent_offsets
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        wanted = {str(intent): float(share) for intent, share in zip(WANTED, shares, strict=False)}
        covered = self.coverage_weights @ coverage_features(ranked, text) + self.coverage_offset
        return {**wanted, COVERED: float(1 / (1 + np.exp(-covered)))}

    def save(self, path: Path = WEIGHTS) -> None:
        """Write the weights."""
        bounds = {"answer": self.bounds.answer, "near": self.bounds.near}
        np.savez_compressed(
            path,
            intent_weights=self.intent_weights.astype(np.float32),
            intent_offsets=self.intent_offsets.astype(np.float32),
            coverage_weights=self.coverage_weights.astype(np.float32),
            coverage_offset=np.float32(self.coverage_offset),
            bounds=np.array(json.dumps({**bounds, "therapist": self.bounds.therapist})),
        )


def load_router(path: Path = WEIGHTS) -> Router:
    """The trained head.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Router(
                kept["intent_weights"],
                kept["intent_offsets"],
                kept["coverage_weights"],
                float(kept["coverage_offset"]),
                Bounds(**json.loads(str(kept["bounds"]))),
            )
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise ModelError(
            f"the routing weights at {path} cannot be used ({type(error).__name__}); "
            "make them again with: heldinmind guidance train"
        ) from error
