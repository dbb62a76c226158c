"""`heldinmind status`: what waits and what is under way."""

import asyncio
import json

import typer

from bot.app import open_storage, set_up_logging
from bot.cli.shared import clear_errors, settings_or_exit
from bot.flows.report_status import Status, report_status


def status(as_json: bool = typer.Option(False, "--json", help="As JSON.")) -> None:
    """Count the inbox, jobs, deliveries and open flags, and say when Telegram last answered."""
    settings = settings_or_exit()
    set_up_logging("WARNING")

    async def read() -> Status:
        async with open_storage(settings) as storage:
            return await report_status(storage.database)

    with clear_errors():
        found = asyncio.run(read())
    if as_json:
        print(json.dumps(found.as_json()))
        return
    for name, value in found.as_json().items():
        print(f"{name.replace('_', ' ')}: {value}")
