"""Ranks documents for a question by dense, lexical and learnt evidence together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.adapters.discriminant import Discriminant
from bot.adapters.embedding_cache import Embeds
from bot.adapters.passage_index import PassageIndex
from bot.adapters.topics import NOTHING, Topics
from bot.core.lexical import Lexicon
from bot.core.passages import GuidanceDocument, PassageKind, passages_of

Floats = NDArray[np.float32]
LOOKED_AT = 100
CANDIDATES = 60
SPREAD = 5  # pages that are shown; each is to serve a reading that those before it do not
SERVED = 0.1  # of a theme's likelihood that is left once a page on it is shown
LEAST = 0.01
# What speaks for a document: likeness of its nearest line and mean of three, of its nearest
# section, of its centre; words shared; what was learnt about its themes and its lead theme;
# how likely the question is about any of its themes, and about its lead theme.
EVIDENCE = (
    *("said", "said_by_three", "section", "centre", "words", "themes", "lead"),
    *("topics", "lead_topic"),
)
TOPICS = EVIDENCE.index("topics")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best documents, in order, with the evidence for each (columns as in `EVIDENCE`).

    `known` is the share of the question in words that the documents use, `nothing` how likely it
    is about no theme at all; `shown` are the pages to offer: the best, then those for the case
    that it was not the best.
    """

    document_ids: tuple[str, ...]
    scores: tuple[float, ...]
    evidence: Floats
    known: float
    nothing: float = 0.0
    shown: tuple[str, ...] = ()


class Ranker:
    """Everything that is built once from the documents and then only read."""

    def __init__(
        self,
        documents: Mapping[str, GuidanceDocument],
        index: PassageIndex,
        embedder: Embeds,
        weights: Floats,
        topics: Topics,
    ) -> None:
        self._ids = tuple(documents)
        self._row = {id_: at for at, id_ in enumerate(self._ids)}
        self._index = index
        self._weights = weights
        self.topics = topics
        self.lexicon = Lexicon(documents.values())
        passages = [passage for d in documents.values() for passage in passages_of(d)]
        vectors = embedder.embed([passage.text for passage in passages])
        owners = [documents[passage.document_id] for passage in passages]
        self._centres = _centres(vectors, [self._row[d.id] for d in owners], len(self._ids))
        self._theme = Discriminant.learn(vectors, [d.themes for d in owners])
        self._lead = Discriminant.learn(vectors, [d.themes[:1] for d in owners])
        self._of_theme = _membership(documents, self._theme.labels, None)
        self._of_lead = _membership(documents, self._lead.labels, 1)
        self._about = np.ceil(_membership(documents, topics.labels, None))
        self._leads = np.ceil(_membership(documents, topics.labels, 1))

    def rank(self, text: str, vector: Floats) -> Ranked:
        """The documents for a question, the best first."""
        shares = self.topics.shares(text, vector)
        evidence = self.evidence(text, vector, shares)
        found = in_order(self._ids, evidence, self._weights, self.lexicon.known_share(text))
        nothing = float(shares[self.topics.labels.index(NOTHING)])
        return replace(found, nothing=nothing, shown=self._spread(evidence, shares))

    def evidence(self, text: str, vector: Floats, shares: Floats) -> Floats:
        """What speaks for each document, shape (documents, len(EVIDENCE))."""
        found = np.empty((len(self._ids), len(EVIDENCE)), np.float32)
        found[:, :2] = self._nearest(vector, PassageKind.PARENTS_SAY)
        found[:, 2] = self._nearest(vector, PassageKind.SECTION)[:, 0]
        found[:, 3] = self._centres @ vector
        found[:, 4] = self._words(text)
        found[:, 5] = self._of_theme @ self._theme.scores(vector)
        found[:, 6] = self._of_lead @ self._lead.scores(vector)
        found[:, TOPICS:] = self._by_topics(shares)
        return found

    def _by_topics(self, shares: Floats) -> Floats:
        about = np.log(self._about @ shares + LEAST)
        return np.stack([about, np.log(self._leads @ shares + LEAST)], axis=1)

    def _spread(self, evidence: Floats, shares: Floats) -> tuple[str, ...]:
        """The pages to offer: each is the best one if the themes of those before were not meant."""
        left, own, chosen = shares.copy(), evidence.copy(), list[int]()
        for _ in range(min(SPREAD, len(self._ids))):
            own[:, TOPICS:] = self._by_topics(left)
            scores = own @ self._weights
            scores[chosen] = -np.inf
            chosen.append(int(scores.argmax()))
            left[self._about[chosen[-1]] > 0] *= SERVED
        return tuple(self._ids[at] for at in chosen)

    def _nearest(self, vector: Floats, kind: PassageKind) -> Floats:
        """The best likeness in a document, and the mean of its best three, shape (documents, 2).

        What was not among the nearest counts as little as the last that was.
        """
        hits = self._index.nearest(vector, kind, LOOKED_AT)
        least = hits[-1][1] if hits else 0.0
        likeness: dict[str, list[float]] = defaultdict(list)
        for id_, alike in hits:
            likeness[id_].append(alike)
        found = np.full((len(self._ids), 2), least, np.float32)
        for id_, own in likeness.items():
            if id_ in self._row:
                three = (*own[:3], least, least)[:3]
                found[self._row[id_]] = own[0], sum(three) / 3
        return found

    def _words(self, text: str) -> Floats:
        found = np.zeros(len(self._ids), np.float32)
        for hit in self.lexicon.search(text, len(self._ids)):
            found[self._row[hit.document_id]] = hit.covered
        return found


def in_order(ids: Sequence[str], evidence: Floats, weights: Floats, known: float) -> Ranked:
    """The documents by the weighted sum of their evidence."""
    scores = evidence @ weights
    best = np.argsort(-scores, kind="stable")[:CANDIDATES]
    found = tuple(float(score) for score in scores[best])
    return Ranked(tuple(ids[at] for at in best), found, evidence[best], known)


def _centres(vectors: Floats, rows: Sequence[int], count: int) -> Floats:
    sums = np.zeros((count, vectors.shape[1]), np.float32)
    np.add.at(sums, rows, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-9), np.float32)


def _membership(
    documents: Mapping[str, GuidanceDocument], labels: Sequence[str], first: int | None
) -> Floats:
    """Each document's share in each label, shape (documents, labels)."""
    column = {label: at for at, label in enumerate(labels)}
    found = np.zeros((len(documents), len(labels)), np.float32)
    for row, document in enumerate(documents.values()):
        for theme in document.themes[:first]:
            if theme in column:
                found[row, column[theme]] = 1.0
    return np.asarray(found / np.maximum(found.sum(axis=1, keepdims=True), 1.0), np.float32)
