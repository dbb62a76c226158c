"""A command's work on the database: opened, done, closed; errors become a clear line."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.app import Storage, open_storage, set_up_logging
from bot.cli.shared import clear_errors
from bot.settings import Settings

T = TypeVar("T")


def with_storage(settings: Settings, work: Callable[[Storage], Awaitable[T]]) -> T:
    """What `work` returns, done on the clinic's database."""
    set_up_logging("WARNING")

    async def run() -> T:
        async with open_storage(settings) as storage:
            return await work(storage)

    with clear_errors():
        return asyncio.run(run())
