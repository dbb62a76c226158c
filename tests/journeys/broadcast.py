"""A broadcast: many ordinary deliveries owed at once, as a digest to every family would be."""

import asyncio
from pathlib import Path

from bot.adapters.clock import Clock
from bot.adapters.secrets import KEY_FILE
from bot.core.deliveries import Delivery, Send
from bot.core.replies import Reply
from bot.storage.deliveries import owe
from tests.databases import opened
from tests.journeys.stage import FIRST_OTHER, Stage

NEWS = "News for all families."


def address_of(data: Path) -> str:
    """The embedded database of a data folder, reached as the bot reaches it."""
    lines = (data / "postgres" / "postmaster.pid").read_text().splitlines()
    return f"postgresql://postgres@/postgres?host={lines[4]}&port={lines[3]}"


def broadcasts(stage: Stage, count: int, name: str) -> None:
    """Owe `count` messages, round the families in turn."""
    asyncio.run(owe_many(stage.data, stage.families, count, name))


async def owe_many(data: Path, families: int, count: int, name: str) -> None:
    """The same, for whoever has no stage."""
    key = (data / KEY_FILE).read_text().strip()
    now = Clock().now()
    async with opened(address_of(data), key) as storage, storage.database.transaction() as tx:
        for number in range(count):
            chat_id = FIRST_OTHER + number % families
            thing = Delivery(f"broadcast:{name}:{number}", chat_id, Send(Reply(NEWS)))
            await owe(tx, thing, now)
