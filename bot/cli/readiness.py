"""`heldinmind clinic readiness`: whether every family's ladder ends in a person."""

import typer

from bot.adapters.content_in_use import content_in_use
from bot.app import Storage
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.readiness import Readiness
from bot.flows.check_readiness import read_readiness, sentences


def readiness() -> None:
    """Say in plain words what stands between a family and a person; status 1 if any is lost.

    Who is linked, on duty and on leave is looked at now, and whom Telegram refused when it was
    last asked: with every message, and of everybody each night.
    """
    settings = settings_or_exit()

    async def read(storage: Storage) -> Readiness:
        async with storage.database.transaction() as tx:
            return await read_readiness(tx, storage.clock.now())

    found = with_storage(settings, read)
    with clear_errors():
        phrases = content_in_use(settings).phrases()
    count, lost = len(found.families), len(found.lost)
    print(f"{count - lost} of {count} families have a ladder that ends in a reachable person.")
    for sentence in sentences(found, phrases):
        print(f"- {sentence}")
    if not found.is_ready:
        raise typer.Exit(1)
