"""`heldinmind clinic`: the clinic and its staff."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.messenger import make_bot
from bot.app import Storage, open_storage, set_up_logging
from bot.cli.shared import clear_errors, settings_or_exit
from bot.core.enrolment import LinkKind
from bot.core.people import Role, Staff
from bot.flows.enrol import deep_link
from bot.settings import Settings
from bot.storage.links import NewLink, make_link
from bot.storage.people import add_staff, all_staff, save_clinic, the_clinic

app = typer.Typer(no_args_is_help=True, help="Set up the clinic and its staff.")
T = TypeVar("T")


@app.command()
def init(
    name: str = typer.Option(..., help="The clinic's name, as families know it."),
    country: str = typer.Option(..., help="Two letters, such as GB: whose crisis numbers to show."),
) -> None:
    """Name the clinic and its country. Running it again renames it."""

    async def save(storage: Storage) -> None:
        async with storage.database.transaction() as tx:
            await save_clinic(tx, name, country.upper(), storage.clock.now())

    _with_storage(settings_or_exit(country=country), save)
    print(f"{name} ({country.upper()}) is set up. Next: heldinmind clinic add-therapist --name …")


@app.command("add-therapist")
def add_therapist(name: str = typer.Option(..., help="As families know them.")) -> None:
    """Add a therapist, and print the single-use link that ties them to their Telegram."""
    _add(name, Role.THERAPIST)


@app.command("add-staff")
def add_staff_member(
    name: str = typer.Option(..., help="As families know them."),
    role: Role = typer.Option(..., help="Whom the ladder of a flag reaches, and when."),
) -> None:
    """Add on-call, supervisor, administrator or therapist, and print their single-use link."""
    _add(name, role)


@app.command("link")
def link_again(staff_id: int = typer.Argument(..., help="As `clinic staff` lists it.")) -> None:
    """Print a fresh link for somebody who has lost theirs."""
    settings = settings_or_exit()

    async def make(storage: Storage) -> NewLink:
        async with storage.database.transaction() as tx:
            return await make_link(tx, LinkKind.STAFF, staff_id, storage.clock.now())

    _print_link(settings, _with_storage(settings, make))


@app.command("staff")
def staff() -> None:
    """List the clinic's staff, and who is linked to Telegram."""

    async def read(storage: Storage) -> tuple[Staff, ...]:
        async with storage.database.transaction() as tx:
            return await all_staff(tx)

    table = Table("id", "name", "role", "linked")
    for one in _with_storage(settings_or_exit(), read):
        table.add_row(str(one.id), one.name, one.role, "yes" if one.is_linked else "not yet")
    Console().print(table)


def _add(name: str, role: Role) -> None:
    settings = settings_or_exit()

    async def add(storage: Storage) -> NewLink | None:
        async with storage.database.transaction() as tx:
            if await the_clinic(tx) is None:
                return None
            member = await add_staff(tx, name, role)
            return await make_link(tx, LinkKind.STAFF, member.id, storage.clock.now())

    link = _with_storage(settings, add)
    if link is None:
        typer.echo("There is no clinic yet: heldinmind clinic init --name … --country …", err=True)
        raise typer.Exit(1)
    _print_link(settings, link)


def _print_link(settings: Settings, link: NewLink) -> None:
    with clear_errors():
        username = asyncio.run(_username(settings))
    print(f"Send this link to them. It works once, until {link.expires_at:%d %B %Y}:")
    print(deep_link(username, link.code))


async def _username(settings: Settings) -> str:
    async with make_bot(settings.token(), settings.telegram_api) as bot:
        return bot.username


def _with_storage(settings: Settings, work: Callable[[Storage], Awaitable[T]]) -> T:
    set_up_logging("WARNING")

    async def run() -> T:
        async with open_storage(settings) as storage:
            return await work(storage)

    with clear_errors():
        return asyncio.run(run())
