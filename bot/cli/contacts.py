"""`heldinmind clinic contact`: how each member of staff is reached outside Telegram."""

import asyncio
import sys

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.content_in_use import content_in_use
from bot.adapters.second_channel import SecondChannel, kind_of
from bot.app import Storage
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import member_called
from bot.core.deliveries import Accepted
from bot.storage.contacts import Contact, add_contact, contacts_of, remove_contact

contact = typer.Typer(no_args_is_help=True, help="How staff are reached outside Telegram.")


@contact.callback()
def whose(
    context: typer.Context,
    name: str = typer.Argument(..., help="The name or number, as `clinic staff` lists it."),
) -> None:
    """Addresses outside Telegram (e-mail, text message, pager …) that a flag is sent to.

    They are Apprise URLs, kept encrypted. What is sent there has the family's alias, the kind of
    danger, the time and what to do, and never a word of a parent's.

    Example: heldinmind clinic contact Dana add "mailtos://user:password@mail.example?to=dana@clinic.example"
    """
    context.obj = name


@contact.command()
def add(
    context: typer.Context,
    url: str = typer.Argument(
        ..., help="An Apprise URL, or - to read it from standard input, out of the shell's history."
    ),
) -> None:
    """Add an address."""
    given = sys.stdin.readline().strip() if url == "-" else url
    with clear_errors():
        kind = kind_of(given)

    async def save(storage: Storage) -> int:
        async with storage.database.transaction() as tx:
            who = await member_called(tx, context.obj)
            return await add_contact(tx, who.id, kind, given, storage.clock.now())

    number = with_storage(settings_or_exit(), save)
    print(f"{kind} is address {number}. Try it: heldinmind clinic contact {context.obj!r} test")


@contact.command("list")
def list_(context: typer.Context) -> None:
    """List the addresses by number and kind; what is secret in them is not shown."""
    table = Table("number", "kind", "added")
    for one in _addresses(context.obj):
        table.add_row(str(one.id), one.kind, f"{one.made_at:%d %B %Y}")
    Console().print(table)


@contact.command()
def remove(
    context: typer.Context,
    number: int = typer.Argument(..., help="As `list` shows it."),
) -> None:
    """Forget an address."""

    async def forget(storage: Storage) -> bool:
        async with storage.database.transaction() as tx:
            who = await member_called(tx, context.obj)
            return await remove_contact(tx, who.id, number)

    if not with_storage(settings_or_exit(), forget):
        typer.echo(f"{context.obj} has no address {number}.", err=True)
        raise typer.Exit(1)
    print(f"Address {number} is forgotten.")


@contact.command()
def test(context: typer.Context) -> None:
    """Send a test to every address, and say which accepted it."""
    found = _addresses(context.obj)
    if not found:
        typer.echo(f"{context.obj} has no address outside Telegram.", err=True)
        raise typer.Exit(1)
    with clear_errors():
        phrases = content_in_use(settings_or_exit()).phrases()
    title, text = phrases.say("second_channel.test_title"), phrases.say("second_channel.test")
    accepted = asyncio.run(_send_all(found, title, text))
    for one in found:
        said = "accepted; see that it arrives" if one.id in accepted else "NOT ACCEPTED"
        print(f"{one.id} {one.kind}: {said}")
    if len(accepted) < len(found):
        raise typer.Exit(1)


async def _send_all(found: tuple[Contact, ...], title: str, text: str) -> set[int]:
    channel = SecondChannel()
    results = {one.id: await channel.send(one.url, title, text) for one in found}
    return {number for number, result in results.items() if isinstance(result, Accepted)}


def _addresses(name: str) -> tuple[Contact, ...]:
    async def read(storage: Storage) -> tuple[Contact, ...]:
        async with storage.database.transaction() as tx:
            return await contacts_of(tx, (await member_called(tx, name)).id)

    return with_storage(settings_or_exit(), read)
