"""A command's work on the database: opened, done, closed; errors become a clear line."""

import asyncio
import os
import pwd
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.adapters.sandbox_clock import SandboxClock
from bot.app import Storage, open_storage, set_up_logging
from bot.cli.shared import clear_errors
from bot.core.audit import Actor
from bot.settings import ClockKind, Settings

T = TypeVar("T")


def with_storage(settings: Settings, work: Callable[[Storage], Awaitable[T]]) -> T:
    """What `work` returns, done on the clinic's database; beside a sandbox, at its time."""
    set_up_logging("WARNING")

    async def run() -> T:
        async with open_storage(settings, account()) as storage:
            if settings.clock is ClockKind.SANDBOX:
                await SandboxClock(settings.telegram_api, storage.clock).catch_up()
            return await work(storage)

    with clear_errors():
        return asyncio.run(run())


def account() -> Actor:
    """Whose account of this machine a command runs in: what the audit trail has of who gave it."""
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:  # a container may run under a number that has no name
        name = str(number)
    return Actor(named=f"account {name}")
