"""What triage is compared with: a list of keywords, and a linear head on embeddings alone."""

import re
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.core.triage import Concern
from bot.core.wording import normalise
from bot.training.calibrate import FALSE_FLAGS
from bot.training.corpus import Example
from bot.training.vectors import KeptVectors

KEYWORDS = re.compile(
    r"\b(?:suicid\w*|kill (?:myself|himself|herself|themselves)|want(?:s|ed)? to die"
    r"|end (?:my|his|her) life|self ?-?harm\w*|cut(?:s|ting)? (?:myself|himself|herself)|overdos\w*"
    r"|better off dead|hang (?:myself|himself|herself)|rap(?:e|ed)|molest\w*|abus\w*|hit me"
    r"|beat(?:s|ing)? (?:me|him|her)|gun|knife|weapon|missing|ran away|run away"
    r"|hear(?:s|ing)? voices|unconscious|not breathing|seizure|poison\w*|nudes?)\b"
)


def keywords(examples: Sequence[Example]) -> list[Concern]:
    """Urgent when a word of the list stands in the message, as in public chatbots."""
    return [
        Concern.URGENT if KEYWORDS.search(normalise(one.text)) else Concern.NONE for one in examples
    ]


class EmbeddingHead:
    """A logistic regression on the embedding of the message, flagging as often as triage may."""

    def __init__(self, examples: Sequence[Example], vectors: KeptVectors) -> None:
        self._vectors = vectors
        urgent = np.asarray([one.urgent for one in examples])
        self._model = LogisticRegression(C=5.0, max_iter=1000).fit(self._rows(examples), urgent)
        routine = self._model.decision_function(self._rows(examples))[~urgent]
        self._line = float(np.quantile(routine, 1.0 - FALSE_FLAGS))

    def concerns(self, examples: Sequence[Example]) -> list[Concern]:
        """Urgent from the line up."""
        scores = self._model.decision_function(self._rows(examples))
        return [Concern.URGENT if score >= self._line else Concern.NONE for score in scores]

    def _rows(self, examples: Sequence[Example]) -> np.ndarray:
        return self._vectors.embed([one.text for one in examples])
