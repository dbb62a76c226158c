"""`heldinmind clinic hours` and `leave`: when people work, when they are away, who covers."""

from collections.abc import Awaitable, Callable
from datetime import datetime, tzinfo
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.zones import find_zone
from bot.app import Storage
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.duty import Duty, days_of_leave
from bot.core.duty_words import read_date, read_week, write_hours, write_moment
from bot.core.people import Staff
from bot.errors import DutyError
from bot.storage.database import Tx
from bot.storage.duty import (
    add_leave,
    drop_leave,
    set_hours,
    set_zone,
    the_duty,
)
from bot.storage.people import all_staff

hours = typer.Typer(no_args_is_help=True, help="When each member of staff works.")
leave = typer.Typer(no_args_is_help=True, help="When somebody is away, and who covers.")
DRY_RUN = typer.Option(False, help="Say what would be written down, and change nothing.")
WHO = typer.Argument(..., help="As `clinic staff` lists it.")
T = TypeVar("T")


def on_duty(work: Callable[[Tx, Duty, dict[int, Staff]], Awaitable[T]]) -> T:
    """Work in one transaction, given what is written down of duty and who works here."""

    async def run(storage: Storage) -> T:
        async with storage.database.transaction() as tx:
            staff = {one.id: one for one in await all_staff(tx)}
            return await work(tx, await the_duty(tx), staff)

    return with_storage(settings_or_exit(), run)


def named(staff: dict[int, Staff], number: int) -> Staff:
    """The member of staff of a number.

    Raises:
        DutyError: there is nobody of that number.
    """
    if number not in staff:
        raise DutyError(f"There is nobody with the number {number}: heldinmind clinic staff")
    return staff[number]


def would(dry_run: bool, text: str) -> None:
    """Say what was, or would be, written down."""
    print(f"Dry run, nothing is changed: {text}" if dry_run else text)


@hours.command("list")
def list_hours() -> None:
    """Everybody's hours, by their own clock."""

    async def read(_: Tx, duty: Duty, staff: dict[int, Staff]) -> Table:
        table = Table("id", "name", "role", "hours", "by the clock of")
        for one in staff.values():
            week = ", ".join(write_hours(span) for span in duty.hours.get(one.id, ()))
            zone = str(duty.zone_of(one.id))
            table.add_row(str(one.id), one.name, one.role, week or "at any time", zone)
        return table

    Console().print(on_duty(read))


@hours.command("set")
def set_(
    staff_id: int = WHO,
    spans: list[str] = typer.Argument(..., help="Such as 'mon-fri 09:00-17:00'."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Write down when somebody works. Outside it, the ladder passes them over at once."""

    async def write(tx: Tx, _: Duty, staff: dict[int, Staff]) -> str:
        who, week = named(staff, staff_id), read_week(spans)
        if not dry_run:
            await set_hours(tx, who.id, week)
        return f"{who.name} works {', '.join(write_hours(one) for one in week)}"

    would(dry_run, on_duty(write))


@hours.command("clear")
def clear(staff_id: int = WHO, dry_run: bool = DRY_RUN) -> None:
    """Forget somebody's hours: they count as at work at any time."""

    async def write(tx: Tx, _: Duty, staff: dict[int, Staff]) -> str:
        who = named(staff, staff_id)
        if not dry_run:
            await set_hours(tx, who.id, ())
        return f"{who.name} is told of flags at any time"

    would(dry_run, on_duty(write))


@hours.command("zone")
def zone(
    place: str = typer.Argument(..., help="A city or a zone, such as Europe/London."),
    staff_id: int = typer.Option(0, "--staff", help="Whose clock; without it, the clinic's."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Say by which clock hours, leave and handovers go."""

    async def write(tx: Tx, _: Duty, staff: dict[int, Staff]) -> str:
        who = named(staff, staff_id) if staff_id else None
        found = find_zone(place)
        if found is None:
            raise DutyError(f"'{place}' should be a city or a zone, such as Europe/London")
        if not dry_run:
            await set_zone(tx, found, who.id if who else None)
        return f"{who.name if who else 'The clinic'} goes by the clock of {found}"

    would(dry_run, on_duty(write))


@leave.command("list")
def list_leave() -> None:
    """Who is away when, and who covers."""

    async def read(_: Tx, duty: Duty, staff: dict[int, Staff]) -> Table:
        table = Table("number", "who", "from", "until", "covered by")
        for one in duty.leaves:
            clock = duty.zone_of(one.staff_id)
            cover = _name(staff, one.cover_id) if one.cover_id else "nobody"
            span = _span(one.begins_at, one.ends_at, clock)
            table.add_row(str(one.id), _name(staff, one.staff_id), *span, cover)
        return table

    Console().print(on_duty(read))


def _span(begins_at: datetime, ends_at: datetime, clock: tzinfo) -> tuple[str, str]:
    return write_moment(begins_at, clock), write_moment(ends_at, clock)


def _name(staff: dict[int, Staff], number: int) -> str:
    return staff[number].name if number in staff else f"number {number}, who has left"


@leave.command("add")
def add(
    staff_id: int = WHO,
    first: str = typer.Option(..., "--from", help="The first day, such as 2026-12-24."),
    last: str = typer.Option(..., "--until", help="The last day."),
    cover_id: int = typer.Option(0, "--cover", help="Whose turn their families' flags are."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Somebody is away: flags of their families go to whoever covers, or at once to on call."""

    async def write(tx: Tx, duty: Duty, staff: dict[int, Staff]) -> str:
        who, cover = named(staff, staff_id), named(staff, cover_id) if cover_id else None
        if cover is not None and cover.id == who.id:
            raise DutyError("--cover should be somebody else")
        begins, ends = read_date(first), read_date(last)
        if ends < begins:
            raise DutyError("--until should not be before --from")
        moments = days_of_leave(begins, ends, duty.zone_of(who.id))
        if not dry_run:
            await add_leave(tx, who.id, cover.id if cover else None, *moments)
        text = f"{who.name} is away from {begins} to {ends}, covered by "
        return text + (cover.name + _warning(cover) if cover else "nobody: flags go on at once")

    would(dry_run, on_duty(write))


def _warning(cover: Staff) -> str:
    return "" if cover.is_linked else ", who is NOT yet linked to Telegram"


@leave.command("drop")
def drop(
    number: int = typer.Argument(..., help="As `clinic leave list` lists it."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Take leave back, or end it early."""

    async def write(tx: Tx, duty: Duty, staff: dict[int, Staff]) -> str:
        found = next((one for one in duty.leaves if one.id == number), None)
        if found is None:
            raise DutyError(f"There is no leave {number}: heldinmind clinic leave list")
        if not dry_run:
            await drop_leave(tx, number)
        return f"Leave {number} of {_name(staff, found.staff_id)} is taken back"

    would(dry_run, on_duty(write))
