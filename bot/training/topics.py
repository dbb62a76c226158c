"""Trains the heads that say which themes a question is about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.adapters.topics import GRAMS, NOTHING, Topics, loudness, topic_grams
from bot.core.passages import GuidanceDocument
from bot.training.questions import LabelledQuestion

LINE = 0.3  # a line from a document counts as so much of a labelled question
BY_ORDER = (0.6, 0.25, 0.15)  # how a line is shared among its document's themes, the lead first
DENSE_C, GRAMS_C = 30.0, 10.0
FOLDS = 5
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Taught:
    """A text with the share of it that each label has, and how much it counts."""

    text: str
    shares: dict[str, float]
    count: float


def taught_by(
    documents: Sequence[GuidanceDocument], questions: Sequence[LabelledQuestion]
) -> list[Taught]:
    """The documents' lines, then the questions."""
    lines = [
        Taught(line, dict(zip(d.themes, BY_ORDER, strict=False)), LINE)
        for d in documents
        for line in d.parents_say
    ]
    return [*lines, *(_of_question(one) for one in questions)]


def _of_question(one: LabelledQuestion) -> Taught:
    labels = sorted(one.themes) or [NOTHING]
    return Taught(one.read, dict.fromkeys(labels, 1.0), 1.0)


def fit_topics(taught: Sequence[Taught], vectors: Floats) -> Topics:
    """Both heads; a text with several labels is shown once for each."""
    rows, labels, counts = [], [], []
    for row, one in enumerate(taught):
        total = sum(one.shares.values())
        for label, share in one.shares.items():
            rows.append(row)
            labels.append(label)
            counts.append(one.count * share / total)
    grams, rarity = _grams([one.text for one in taught])
    dense = LogisticRegression(C=DENSE_C, max_iter=500).fit(vectors[rows], labels, counts)
    words = LogisticRegression(C=GRAMS_C, max_iter=40, tol=1e-3)
    words.fit(grams[rows], labels, counts)
    return Topics(
        tuple(str(label) for label in dense.classes_),
        dense.coef_.astype(np.float32),
        dense.intercept_.astype(np.float32),
        words.coef_.astype(np.float32),
        words.intercept_.astype(np.float32),
        rarity,
    )


def shares_unseen(taught: Sequence[Taught], vectors: Floats, labels: Sequence[str]) -> Floats:
    """The shares of each text by topics that were not taught it, shape (texts, labels)."""
    found = np.zeros((len(taught), len(labels)), np.float32)
    for fold in range(FOLDS):
        rest = [at for at in range(len(taught)) if at % FOLDS != fold]
        topics = fit_topics([taught[at] for at in rest], vectors[rest])
        column = [labels.index(label) for label in topics.labels]
        for at in range(fold, len(taught), FOLDS):
            found[at, column] = topics.shares(taught[at].text, vectors[at])
    return found


def _grams(texts: Sequence[str]) -> tuple[csr_matrix, Floats]:
    own = [topic_grams(text) for text in texts]
    seen = np.bincount(np.concatenate(own), minlength=GRAMS)
    rarity = np.log((1 + len(texts)) / (1 + seen)).astype(np.float32) + 1
    values = np.concatenate([loudness(rarity[grams]) for grams in own])
    rows = np.repeat(np.arange(len(own)), [len(grams) for grams in own])
    shape = (len(own), GRAMS)
    return csr_matrix((values, (rows, np.concatenate(own))), shape=shape), rarity
