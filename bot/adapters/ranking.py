"""Ranks documents for a question by dense, lexical and learnt evidence together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.adapters.discriminant import Discriminant
from bot.adapters.embedding_cache import Embeds
from bot.adapters.passage_index import PassageIndex
from bot.core.lexical import Lexicon
from bot.core.passages import GuidanceDocument, PassageKind

Floats = NDArray[np.float32]
LOOKED_AT = 40
EVIDENCE = ("said", "said_by_three", "section", "words", "learnt", "theme")


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents, the best first, with the evidence for each (columns as in `EVIDENCE`)."""

    document_ids: tuple[str, ...]
    scores: tuple[float, ...]
    evidence: Floats


class Ranker:
    """Everything that is built once from the documents and then only read."""

    def __init__(
        self,
        documents: Mapping[str, GuidanceDocument],
        index: PassageIndex,
        embedder: Embeds,
        weights: Floats,
    ) -> None:
        self._documents = documents
        self._index = index
        self._weights = weights
        self.lexicon = Lexicon(documents.values())
        lines = [(text, d) for d in documents.values() for text in (d.title, *d.parents_say)]
        vectors = embedder.embed([text for text, _ in lines])
        self._which = Discriminant.learn(vectors, [(d.id,) for _, d in lines])
        self._theme = Discriminant.learn(vectors, [d.themes for _, d in lines])
        self._column = {label: at for at, label in enumerate(self._theme.labels)}

    def rank(self, text: str, vector: Floats) -> Ranked:
        """The documents for a question, the best first."""
        said = self._by_document(vector, PassageKind.PARENTS_SAY)
        section = self._by_document(vector, PassageKind.SECTION)
        words = {hit.document_id: hit.covered for hit in self.lexicon.search(text)}
        learnt = dict(zip(self._which.labels, self._which.scores(vector).tolist(), strict=True))
        themes = self._theme.scores(vector)
        ids = [id_ for id_ in {**said, **section, **words} if id_ in self._documents]
        if not ids:
            return Ranked((), (), np.empty((0, len(EVIDENCE)), np.float32))
        evidence = np.array(
            [
                (
                    *_best(said.get(id_, [])),
                    max(section.get(id_, [0.0])),
                    words.get(id_, 0.0),
                    learnt[id_],
                    self._theme_score(id_, themes),
                )
                for id_ in ids
            ],
            np.float32,
        )
        return _sorted(ids, evidence, evidence @ self._weights)

    def _by_document(self, vector: Floats, kind: PassageKind) -> Mapping[str, list[float]]:
        found: dict[str, list[float]] = defaultdict(list)
        for id_, likeness in self._index.nearest(vector, kind, LOOKED_AT):
            found[id_].append(likeness)
        return found

    def _theme_score(self, document_id: str, themes: Floats) -> float:
        own = [self._column[theme] for theme in self._documents[document_id].themes]
        return float(themes[own[0]] * 0.7 + themes[own].max() * 0.3)


def _best(likeness: Sequence[float]) -> tuple[float, float]:
    """The best of a document's lines, and the mean of its best three (absent ones count 0)."""
    return max(likeness, default=0.0), sum(sorted(likeness, reverse=True)[:3]) / 3


def _sorted(ids: Sequence[str], evidence: Floats, scores: Floats) -> Ranked:
    order = sorted(range(len(ids)), key=lambda at: (-scores[at], ids[at]))
    return Ranked(
        tuple(ids[at] for at in order),
        tuple(float(scores[at]) for at in order),
        evidence[order],
    )
