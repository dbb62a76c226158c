"""`heldinmind clinic holidays`: the days on which no nudge goes out."""

from datetime import date, timedelta

import typer
from rich.console import Console
from rich.table import Table

from bot.app import Storage
from bot.cli.duty import DRY_RUN, would
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.duty_words import read_date
from bot.errors import DutyError
from bot.storage.holidays import Holiday, add_holidays, all_holidays, drop_holidays

holidays = typer.Typer(no_args_is_help=True, help="Days on which no nudge goes out.")
FIRST = typer.Argument(..., help="The day, such as 2026-12-24.")
LAST = typer.Option("", "--until", help="The last day, where there are several.")
MOST_DAYS = 366


@holidays.command("list")
def list_() -> None:
    """The holidays that are written down."""

    async def read(storage: Storage) -> tuple[Holiday, ...]:
        async with storage.database.transaction() as tx:
            return await all_holidays(tx)

    table = Table("day", "name")
    for one in with_storage(settings_or_exit(), read):
        table.add_row(f"{one.day:%a} {one.day}", one.name)
    Console().print(table)


@holidays.command("add")
def add(
    first: str = FIRST,
    last: str = LAST,
    name: str = typer.Option("", help="What the clinic calls it."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Send no nudge on these days, by each parent's own clock; what is urgent goes on as ever."""

    async def write(storage: Storage) -> str:
        days = _days(first, last)
        if not dry_run:
            async with storage.database.transaction() as tx:
                await add_holidays(tx, days, name)
        return f"No nudges {_span(days)}"

    would(dry_run, with_storage(settings_or_exit(), write))


@holidays.command("drop")
def drop(first: str = FIRST, last: str = LAST, dry_run: bool = DRY_RUN) -> None:
    """Take holidays back: nudges come on these days again."""

    async def write(storage: Storage) -> str:
        days = _days(first, last)
        async with storage.database.transaction() as tx:
            known = {one.day for one in await all_holidays(tx)}
            if not known & set(days):
                raise DutyError(f"There is no holiday {_span(days)}: clinic holidays list")
            if not dry_run:
                await drop_holidays(tx, days, storage.clock.now())
        return f"Nudges come again {_span(days)}"

    would(dry_run, with_storage(settings_or_exit(), write))


def _days(first: str, last: str) -> list[date]:
    """Every day from the first to the last.

    Raises:
        DutyError: it is no day, or the last one is before the first, or more than a year after it.
    """
    begins = read_date(first)
    ends = read_date(last) if last else begins
    if not begins <= ends < begins + timedelta(days=MOST_DAYS):
        raise DutyError("--until should be the first day or one within a year after it")
    return [begins + timedelta(days=number) for number in range((ends - begins).days + 1)]


def _span(days: list[date]) -> str:
    return f"on {days[0]}" if len(days) == 1 else f"from {days[0]} to {days[-1]}"
