"""`heldinmind clinic`: the clinic and its staff."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.content_in_use import content_in_use
from bot.adapters.crisis import load_crisis_numbers
from bot.adapters.messenger import make_bot
from bot.app import Storage, reach_telegram
from bot.cli.clinic_erase import erase_family
from bot.cli.clinic_families import families, family, move
from bot.cli.clinic_people import remove, set_role_of
from bot.cli.clinic_plan import plan
from bot.cli.clinic_session import session
from bot.cli.contacts import contact
from bot.cli.duty import hours, leave
from bot.cli.holidays import holidays
from bot.cli.readiness import readiness
from bot.cli.retention import retention
from bot.cli.rota import rota
from bot.cli.shared import clear_errors, progress_bar, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.enrolment import LinkKind
from bot.core.people import Role, Staff
from bot.core.staffing import check_clinic_country
from bot.flows.enrol import deep_link
from bot.settings import Settings
from bot.storage.database import Tx
from bot.storage.links import NewLink, make_link
from bot.storage.people import add_staff, all_staff, save_clinic, staff_member, the_clinic
from bot.storage.resealing import reseal as reseal_rows

app = typer.Typer(no_args_is_help=True, help="Set up the clinic and its staff.")
app.command()(plan)
app.command()(session)
app.add_typer(contact, name="contact")
app.add_typer(holidays, name="holidays")
app.add_typer(hours, name="hours")
app.add_typer(leave, name="leave")
app.add_typer(rota, name="rota")
app.command()(readiness)
app.command("remove-staff")(remove)
app.command("set-role")(set_role_of)
app.command()(families)
app.command()(family)
app.command("move-family")(move)
app.command("erase-family")(erase_family)
app.command()(retention)


@app.command()
def init(
    name: str = typer.Option(..., help="The clinic's name, as families know it."),
    country: str = typer.Option(
        ...,
        help="Two letters, such as GB: whose crisis numbers its families read. ZZ: for anywhere.",
    ),
) -> None:
    """Name the clinic and its country. Running it again renames it.

    A country without crisis numbers is refused. A family that lives elsewhere gets its own country
    with `clinic family`.
    """
    settings = settings_or_exit(country=country)
    code = settings.country
    with clear_errors():
        directory = load_crisis_numbers(content_in_use(settings).crisis)
        check_clinic_country(code, directory.countries())

    async def save(storage: Storage) -> None:
        async with storage.database.transaction() as tx:
            await save_clinic(tx, name, code, storage.clock.now())

    with_storage(settings, save)
    print(f"{name} ({code}) is set up. Next: heldinmind clinic add-therapist --name …")


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

    async def find(tx: Tx) -> int | None:
        member = await staff_member(tx, staff_id)
        return member.id if member else None

    _hand_out(find, f"There is nobody with the number {staff_id}: heldinmind clinic staff")


@app.command("staff")
def staff() -> None:
    """List the clinic's staff, and who is linked to Telegram."""

    async def read(storage: Storage) -> tuple[Staff, ...]:
        async with storage.database.transaction() as tx:
            return await all_staff(tx)

    table = Table("id", "name", "role", "linked")
    for one in with_storage(settings_or_exit(), read):
        table.add_row(str(one.id), one.name, one.role, "yes" if one.is_linked else "not yet")
    Console().print(table)


@app.command()
def reseal(
    dry_run: bool = typer.Option(False, help="Count the rows only, and change nothing."),
) -> None:
    """Seal every row with the first encryption key, so that older keys can be thrown away."""

    async def work(storage: Storage) -> int:
        with progress_bar("rows") as tell:
            return await reseal_rows(storage.database, tell, dry_run=dry_run)

    found = with_storage(settings_or_exit(), work)
    if dry_run:
        print(f"{found} rows are sealed with an older key; without --dry-run they are sealed anew.")
    else:
        print(f"{found} rows were sealed anew. No row needs any key but the first.")


def _add(name: str, role: Role) -> None:
    async def add(tx: Tx) -> int | None:
        if await the_clinic(tx) is None:
            return None
        return (await add_staff(tx, name, role)).id

    _hand_out(add, "There is no clinic yet: heldinmind clinic init --name … --country …")


def _hand_out(whose: Callable[[Tx], Awaitable[int | None]], if_nobody: str) -> None:
    """Print a link for the member of staff that `whose` finds or adds."""
    settings = settings_or_exit()
    with clear_errors():
        username = asyncio.run(_username(settings))

    async def make(storage: Storage) -> NewLink | None:
        async with storage.database.transaction() as tx:
            staff_id = await whose(tx)
            if staff_id is None:
                return None
            return await make_link(tx, LinkKind.STAFF, staff_id, storage.clock.now())

    link = with_storage(settings, make)
    if link is None:
        typer.echo(if_nobody, err=True)
        raise typer.Exit(1)
    print(f"Send this link to them. It works once, until {link.expires_at:%d %B %Y}:")
    print(deep_link(username, link.code))


async def _username(settings: Settings) -> str:
    async with contextlib.AsyncExitStack() as stack:
        bot = make_bot(settings.token(), settings.telegram_api)
        await reach_telegram(stack, bot)
        return bot.username
