"""The guidance as the rest of the bot sees it: ask it about a message, get what it has."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.adapters.embedding_cache import Embeds
from bot.adapters.passage_index import PassageIndex
from bot.adapters.ranking import Ranked, Ranker
from bot.core.asking import readings_of, signs_in
from bot.core.passages import GuidanceDocument, Match, is_served, release_of
from bot.core.routing import SHOWN, Bounds, Consultation, by_likelihood, by_signs

FIRST_WEIGHTS = np.array([1.0, 1.5, 1.0, 0.8, 1.5, 1.0], np.float32)
FIRST_BOUNDS = Bounds(answer=0.5, near=0.35, therapist=0.5)


class Guidance:
    """Documents with everything needed to find the right one; safe to ask from any thread."""

    def __init__(
        self,
        documents: Sequence[GuidanceDocument],
        index: PassageIndex,
        embedder: Embeds,
        *,
        passage_embedder: Embeds | None = None,
        require_approved: bool = False,
    ) -> None:
        served = [d for d in documents if is_served(d, require_approved=require_approved)]
        self.documents: Mapping[str, GuidanceDocument] = {d.id: d for d in served}
        self.release = release_of(served)
        self._embedder = embedder
        self._ranker = (
            Ranker(self.documents, index, passage_embedder or embedder, FIRST_WEIGHTS)
            if served
            else None
        )

    def consult(
        self, text: str, context: Sequence[str] = (), *, therapist: str | None = None
    ) -> Consultation:
        """Where a message that is not urgent goes, with the documents that may answer it."""
        settled = by_signs(signs_in(text, therapist))
        if settled:
            return settled
        ranked = self._best_reading(text, context)
        if ranked is None or not ranked.document_ids:
            return by_likelihood({}, (), FIRST_BOUNDS)
        return by_likelihood(_likelihood(ranked), self._matches(ranked), FIRST_BOUNDS)

    def _best_reading(self, text: str, context: Sequence[str]) -> Ranked | None:
        if self._ranker is None:
            return None
        readings = readings_of(text, context)
        vectors: NDArray[np.float32] = self._embedder.embed(readings)
        found = [self._ranker.rank(r, v) for r, v in zip(readings, vectors, strict=True)]
        return max(found, key=lambda ranked: ranked.scores[:1])

    def _matches(self, ranked: Ranked) -> tuple[Match, ...]:
        best = zip(ranked.document_ids[:SHOWN], ranked.scores, strict=False)
        return tuple(Match(id_, self.documents[id_].themes, _squash(s)) for id_, s in best)


def _squash(score: float) -> float:
    return float(1 / (1 + np.exp(-(score - 2.2) * 2)))


def _likelihood(ranked: Ranked) -> Mapping[str, float]:
    return {"covered": _squash(ranked.scores[0])}
