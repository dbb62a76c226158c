"""Groups the questions that the guidance had nothing for, so that somebody can write the page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.adapters.embedding_cache import Embeds
from bot.adapters.guidance import Guidance
from bot.adapters.likeness import groups_of
from bot.adapters.ranking import EVIDENCE
from bot.core.audit import Act
from bot.core.gaps import Gap, Nearest, Unanswered, nearest_of, ordinary_words, shared_words
from bot.core.people import Staff
from bot.storage.database import Database
from bot.storage.gaps import unanswered

SHOWS_GAPS = "guidance gaps --with-text"
_LIKENESS = (EVIDENCE.index("said"), EVIDENCE.index("section"))


async def read_unanswered(
    database: Database, now: datetime, days: int, *, shown_to: Staff | None = None
) -> tuple[Unanswered, ...]:
    """What was left unanswered in the last `days` days; if it is shown to somebody, that is
    written down with it."""
    async with database.transaction() as tx:
        found = await unanswered(tx, now - timedelta(days=days))
        if shown_to is not None:
            messages = f"messages={len(found)}"
            tx.note(Act.WORDS_SHOWN, by=shown_to, how=SHOWS_GAPS, detail=messages)
        return found


def find_gaps(
    questions: Sequence[Unanswered], guidance: Guidance, embedder: Embeds
) -> tuple[Gap, ...]:
    """The questions in groups of their likeness, the largest first; no vector of them is kept."""
    vectors = embedder.embed([one.text for one in questions])
    ordinary = ordinary_words(guidance.documents.values())
    found = []
    for rows in groups_of(vectors):
        group = tuple(questions[row] for row in rows)
        near = [near for one in group if (near := _nearest(guidance, one.text))]
        found.append(Gap(group, nearest_of(near), shared_words(group, ordinary)))
    return tuple(found)


def _nearest(guidance: Guidance, text: str) -> Nearest | None:
    read = guidance.read(text, ())
    if read is None:
        return None
    ranked = read.ranked
    likeness = max(float(ranked.evidence[0, column]) for column in _LIKENESS)
    return Nearest(guidance.documents[ranked.document_ids[0]], likeness)
