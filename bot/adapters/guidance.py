"""The guidance as the rest of the bot sees it: ask it about a message, get what it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.adapters.embedding_cache import Embeds
from bot.adapters.passage_index import PassageIndex
from bot.adapters.ranking import Ranked, Ranker
from bot.adapters.router import COVERED, Router, load_router
from bot.core.about_bot import topic_of
from bot.core.asking import by_role, readings_of, signs_in
from bot.core.passages import GuidanceDocument, Match, is_served, release_of
from bot.core.routing import SHOWN, Consultation, by_likelihood, by_signs
from bot.core.triage import Route


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
        router: Router | None = None,
    ) -> None:
        self._router = router or load_router()
        served = [d for d in documents if is_served(d, require_approved=require_approved)]
        self.documents: Mapping[str, GuidanceDocument] = {d.id: d for d in served}
        self.release = release_of(served)
        self._embedder = embedder
        self._ranker = (
            Ranker(
                self.documents,
                index,
                passage_embedder or embedder,
                self._router.rank_weights,
                self._router.topics,
            )
            if served
            else None
        )

    def consult(
        self, text: str, context: Sequence[str] = (), *, therapist: str | None = None
    ) -> Consultation:
        """Where a message that is not urgent goes, with the documents that may answer it."""
        if topic := topic_of(text, is_first=not context):
            return Consultation(Route.NOT_COVERED, topic.value)
        signs = signs_in(text, therapist)
        settled = by_signs(signs)
        if settled:
            return settled
        read = self.read(by_role(text, therapist), context)
        if read is None:
            return by_likelihood({}, (), self._router.bounds)
        likelihood = self._router.likelihood(read.text, read.vector, read.ranked, signs)
        return by_likelihood(
            likelihood, self._matches(read.ranked, likelihood[COVERED]), self._router.bounds
        )

    def read(self, text: str, context: Sequence[str]) -> "Read | None":
        """The reading of a message that a document fits best."""
        if self._ranker is None:
            return None
        readings = readings_of(text, context)
        vectors: NDArray[np.float32] = self._embedder.embed(readings)
        found = [
            Read(reading, vector, self._ranker.rank(reading, vector))
            for reading, vector in zip(readings, vectors, strict=True)
        ]
        best = max(found, key=lambda read: read.ranked.scores[:1])
        return best if best.ranked.document_ids else None

    def _matches(self, ranked: Ranked, covered: float) -> tuple[Match, ...]:
        scores = dict(zip(ranked.document_ids, ranked.scores, strict=True))
        top, least = ranked.scores[0], ranked.scores[-1]
        return tuple(
            Match(
                id_,
                self.documents[id_].themes,
                covered * float(np.exp(scores.get(id_, least) - top)),
            )
            for id_ in ranked.shown[:SHOWN]
        )


@dataclass(frozen=True, slots=True)
class Read:
    """A message as it was looked up, and what was found for it."""

    text: str
    vector: NDArray[np.float32]
    ranked: Ranked
