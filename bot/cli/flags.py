"""`heldinmind flags`: every flag, for whoever operates this."""

import asyncio
import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from bot.app import open_storage, set_up_logging
from bot.cli.shared import clear_errors, settings_or_exit
from bot.flows.report_status import report_flags


def flags(
    as_json: bool = typer.Option(False, "--json", help="As JSON, with messages and deliveries."),
) -> None:
    """List every flag with its state. The JSON holds what parents wrote: keep it safe."""
    settings = settings_or_exit()
    set_up_logging("WARNING")

    async def read() -> list[dict[str, Any]]:
        async with open_storage(settings) as storage:
            return await report_flags(storage.database)

    with clear_errors():
        found = asyncio.run(read())
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table("flag", "family", "category", "state", "raised", "held by")
    for flag in found:
        held_by = flag["held_by"] or "nobody"
        raised = flag["raised_at"][:16].replace("T", " ")
        table.add_row(
            str(flag["id"]), flag["family"], flag["category"], flag["state"], raised, held_by
        )
    Console().print(table)
