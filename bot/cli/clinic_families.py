"""`heldinmind clinic families`, `family`, `move-family`: whose they are, and where they live."""

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.content_in_use import content_in_use
from bot.adapters.crisis import load_crisis_numbers
from bot.app import Storage
from bot.cli.clinic_people import report
from bot.cli.clinic_plan import FAMILY, fail
from bot.cli.duty import DRY_RUN, would
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import family_called, member_called
from bot.flows.change_people import Change, move_family, set_alias, set_country
from bot.storage.people import every_family, parents_of


def families() -> None:
    """List the families: their therapist, whose crisis numbers they read, how many have joined."""

    async def read(storage: Storage) -> list[tuple[str, ...]]:
        async with storage.database.transaction() as tx:
            return [
                (
                    str(one.id),
                    one.alias,
                    one.therapist.name,
                    one.country,
                    str(len(await parents_of(tx, one))),
                )
                for one in await every_family(tx)
            ]

    table = Table("id", "family", "therapist", "country", "joined")
    for row in with_storage(settings_or_exit(), read):
        table.add_row(*row)
    Console().print(table)


def family(
    family: str = FAMILY,
    country: str | None = typer.Option(
        None, help="Two letters, such as IE: whose crisis numbers they read. ZZ: for anywhere."
    ),
    alias: str | None = typer.Option(None, help="What its therapist calls it from now on."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Say in which country a family lives, or call it something else.

    A new family has the clinic's country. The numbers that its parents read follow at once, also
    where a message of an open flag stands in their chat; the clock of their nudges stays as it is
    (they change it with /timezone).

    Example: heldinmind clinic family --family Maple --country IE
    """
    if country is None and alias is None:
        fail("give --country, --alias, or both")
    settings = settings_or_exit()
    with clear_errors():
        directory = load_crisis_numbers(content_in_use(settings).crisis)

    async def save(storage: Storage) -> str:
        async with storage.database.transaction() as tx:
            found = await family_called(tx, family)
            done = []
            if country is not None:
                code = country.strip().upper()
                await set_country(tx, found, code, directory, dry_run=dry_run)
                done.append(f"reads the numbers of {code}")
            if alias is not None:
                kept = await set_alias(tx, found, alias, dry_run=dry_run)
                done.append(f"is called {kept}")
            return f"{found.alias} {' and '.join(done)}"

    would(dry_run, with_storage(settings, save))


def move(
    family: str = FAMILY,
    to: str = typer.Option(..., help="The therapist, by name or number, whose family it is now."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Give a family to another therapist; the parents and both therapists are told.

    What is open goes on: a flag that nobody has taken rings the new therapist at once, one that
    somebody has stays with them, and questions of the last four weeks without an answer here come
    to the new therapist. Plans, sessions and everything the family wrote stay theirs.

    Example: heldinmind clinic move-family --family Maple --to Omar
    """
    settings = settings_or_exit()

    async def work(storage: Storage) -> tuple[str, Change]:
        async with storage.database.transaction() as tx:
            found, member = await family_called(tx, family), await member_called(tx, to)
            done = await move_family(tx, found, member, storage.clock.now(), dry_run=dry_run)
            return f"{found.alias} is with {member.name}, and was with {found.therapist.name}", done

    text, done = with_storage(settings, work)
    report(settings, text, done, dry_run=dry_run)
