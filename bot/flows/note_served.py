"""At a start: whose approvals count from now on, and which release, goes into the audit trail.

Approvals are written into files, often on another machine; what counts is what is served.
"""

from collections.abc import Iterable

from bot.core.audit import Act
from bot.core.reviews import Reviewed
from bot.core.served import news_of
from bot.flows.services import Services
from bot.storage.audit import lock, newest_about
from bot.storage.database import Database

ACTS = (Act.APPROVAL_SERVED, Act.APPROVAL_ENDED, Act.RELEASE_SERVED)


async def note_served(s: Services, release: str | None) -> None:
    """Write down what is new about the pages, skills and release of this start."""
    await note_texts(s.database, [*s.guidance.documents.values(), *s.skills.values()], release)


async def note_texts(database: Database, texts: Iterable[Reviewed], release: str | None) -> None:
    """Write down what is new; processes that start together do it once."""
    async with database.transaction() as tx:
        await lock(tx.connection)
        known = await newest_about(tx.connection, ACTS)
        for one in news_of(texts, release, known):
            tx.note(one.act, one.about, by=one.by, detail=one.detail)
