"""`heldinmind flags`: every flag, for whoever operates this."""

import json

import structlog
import typer
from rich.console import Console
from rich.table import Table

from bot.app import Storage
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import member_called
from bot.core.flags import Flag
from bot.flows.report_status import SHOWS_FLAGS, list_flags, report_flags

log = structlog.get_logger(__name__)


def flags(
    as_json: bool = typer.Option(
        False, "--json", help="As JSON, with messages, notes and deliveries. It is recorded."
    ),
    by: str | None = typer.Option(
        None, help="With --json: who reads it, by name or number in `clinic staff`."
    ),
) -> None:
    """List every flag with its state. The JSON holds what parents wrote: keep it safe.

    That the words were shown is in the audit trail each time: with `--by NAME` to whom, else from
    which account of this machine. The table has no words, and is not recorded.
    """
    settings = settings_or_exit()
    if as_json:
        print(with_storage(settings, lambda storage: _with_words(storage, by)))
        return
    found = with_storage(settings, lambda storage: list_flags(storage.database))
    table = Table("flag", "family", "category", "state", "raised", "held by")
    for flag in found:
        table.add_row(*_row(flag))
    Console().print(table)


def _row(flag: Flag) -> tuple[str, ...]:
    held_by = flag.holder.name if flag.holder else "nobody"
    raised = f"{flag.raised_at:%Y-%m-%d %H:%M}"
    return str(flag.id), flag.alias, flag.category, flag.state, raised, held_by


async def _with_words(storage: Storage, by: str | None) -> str:
    async with storage.database.reading() as tx:
        who = await member_called(tx, by) if by is not None else None
    found = await report_flags(storage.database, who)
    log.warning("parents' words were shown", staff=who.id if who else None, command=SHOWS_FLAGS)
    return json.dumps(found, ensure_ascii=False, indent=2)
