"""Learns how much each kind of evidence counts when documents are ranked for a question.

Every way in which a parent puts it is looked up in documents that do not hold it, as a new
parent's words would be; the weights are those under which its own document comes first.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.adapters.embedding_cache import Embeds
from bot.adapters.passage_index import MemoryIndex
from bot.adapters.ranking import EVIDENCE, Ranked, Ranker, in_order
from bot.adapters.topics import NOTHING, no_topics
from bot.core.passages import GuidanceDocument, passages_of
from bot.training.questions import LabelledQuestion

Floats = NDArray[np.float32]
FOLDS = 5
OWN = 0.5  # of the credit for a line goes to its own document, the rest to those of its lead theme
QUESTION = 10.0  # a labelled question counts as so many lines
STIFFNESS = 1e-3
NO_WEIGHTS = np.zeros(len(EVIDENCE), np.float32)


@dataclass(frozen=True, slots=True)
class Lookups:
    """Texts that were looked up: evidence (texts, documents, kinds) and the credit for each.

    `known` holds each text's share of words that the documents use, `nothing` how likely it is
    about no theme, `counts` how much it counts.
    """

    texts: Sequence[str]
    evidence: Floats
    credit: Floats
    counts: Floats
    known: Sequence[float]
    nothing: Sequence[float]

    def ranked(self, ids: Sequence[str], weights: Floats) -> Sequence[Ranked]:
        """The documents in order for each text."""
        rows = zip(self.evidence, self.known, self.nothing, strict=True)
        return [
            replace(in_order(ids, evidence, weights, known), nothing=nothing)
            for evidence, known, nothing in rows
        ]


def ranker_of(
    documents: Sequence[GuidanceDocument], embedder: Embeds, labels: Sequence[str]
) -> Ranker:
    """A ranker on an index in memory, still without weights and topics."""
    index = MemoryIndex(embedder)
    index.update(passage for d in documents for passage in passages_of(d))
    topics = no_topics(1, labels)
    return Ranker({d.id: d for d in documents}, index, embedder, NO_WEIGHTS, topics)


def look_up_lines(
    documents: Sequence[GuidanceDocument], embedder: Embeds, shares: Floats, labels: Sequence[str]
) -> Lookups:
    """Each line looked up where it is not known; `shares` are by topics that do not know it."""
    lines = [(line, at) for at, d in enumerate(documents) for line in d.parents_say]
    chance = random.Random(7)
    folds = [chance.randrange(FOLDS) for _ in lines]
    vectors = embedder.embed([line for line, _ in lines])
    evidence = np.empty((len(lines), len(documents), len(EVIDENCE)), np.float32)
    known = [0.0] * len(lines)
    for fold in range(FOLDS):
        held = {line for (line, _), own in zip(lines, folds, strict=True) if own == fold}
        ranker = ranker_of([_without(d, held) for d in documents], embedder, labels)
        for row, (line, _) in enumerate(lines):
            if folds[row] == fold:
                evidence[row] = ranker.evidence(line, vectors[row], shares[row])
                known[row] = ranker.lexicon.known_share(line)
    credit = np.stack([_credit(documents, at) for _, at in lines])
    texts = [line for line, _ in lines]
    counts = np.ones(len(lines), np.float32)
    return Lookups(texts, evidence, credit, counts, known, _nothing(shares, labels))


def _nothing(shares: Floats, labels: Sequence[str]) -> list[float]:
    found: list[float] = shares[:, list(labels).index(NOTHING)].tolist()
    return found


def _without(document: GuidanceDocument, held: set[str]) -> GuidanceDocument:
    left = tuple(line for line in document.parents_say if line not in held)
    return replace(document, parents_say=left)


def _credit(documents: Sequence[GuidanceDocument], own: int) -> Floats:
    lead = documents[own].themes[0]
    alike = np.array([lead in d.themes for d in documents], np.float32)
    credit = (1 - OWN) * alike / alike.sum()
    credit[own] += OWN
    return np.asarray(credit, np.float32)


def look_up_questions(
    documents: Sequence[GuidanceDocument],
    embedder: Embeds,
    questions: Sequence[LabelledQuestion],
    shares: Floats,
    labels: Sequence[str],
) -> Lookups:
    """Labelled questions; every document with an accepted theme gets the same credit."""
    ranker = ranker_of(documents, embedder, labels)
    texts = [one.read for one in questions]
    vectors = embedder.embed(texts)
    rows = zip(texts, vectors, shares, strict=True)
    evidence = [ranker.evidence(text, vector, own) for text, vector, own in rows]
    credit = [
        np.array([bool(one.themes & set(d.themes)) for d in documents], np.float32)
        for one in questions
    ]
    counts = np.array([QUESTION * bool(one.themes) for one in questions], np.float32)
    known = [ranker.lexicon.known_share(text) for text in texts]
    nothing = _nothing(shares, labels)
    return Lookups(texts, np.stack(evidence), np.stack(credit), counts, known, nothing)


def fit_ranking(lookups: Sequence[Lookups]) -> Floats:
    """The weight of each kind of evidence under which the credited documents come first."""
    evidence = np.concatenate([each.evidence for each in lookups]).astype(np.float64)
    credit = np.concatenate([each.credit for each in lookups]).astype(np.float64)
    counts = np.concatenate([each.counts for each in lookups]).astype(np.float64)
    spread = evidence.std(axis=(0, 1))
    scaled = (evidence - evidence.mean(axis=(0, 1))) / spread

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = scaled @ weights
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        right = np.maximum((shares * credit).sum(axis=1), 1e-12)
        wanted = shares * credit / right[:, None]
        pull = ((shares - wanted)[:, :, None] * scaled).sum(axis=1)
        total = counts.sum()
        value = -(counts * np.log(right)).sum() / total + STIFFNESS * (weights**2).sum()
        return value, (counts @ pull) / total + 2 * STIFFNESS * weights

    never_against = [(0.0, None)] * len(EVIDENCE)
    found = minimize(
        loss, np.full(len(EVIDENCE), 0.1), jac=True, method="L-BFGS-B", bounds=never_against
    )
    return np.asarray(found.x / spread, np.float32)
