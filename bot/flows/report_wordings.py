"""What language models wrote, for whoever reviews it: every sentence, sent or not, and why."""

from dataclasses import asdict
from typing import Any

from bot.storage.database import Database
from bot.storage.wordings import kept_wordings


async def report_wordings(database: Database, most: int) -> list[dict[str, Any]]:
    """The last answers that a model wrote something for, the newest first."""
    async with database.reading() as tx:
        found = await kept_wordings(tx, most)
    return [{**asdict(one), "made_at": one.made_at.isoformat()} for one in found]
