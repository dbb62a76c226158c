"""`heldinmind clinic rota`: whose turn it is to be on call, and who stands in."""

from datetime import datetime, timedelta

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.duty import DRY_RUN, WHO, named, on_duty, would
from bot.cli.shared import today
from bot.core.duty import Duty, Rota
from bot.core.duty_words import read_date, read_moment, read_time, write_moment
from bot.core.people import Staff
from bot.errors import DutyError
from bot.storage.database import Tx
from bot.storage.duty import add_override, drop_override, set_rota

rota = typer.Typer(no_args_is_help=True, help="Whose turn it is to be on call.")


def _turns(duty: Duty, staff: dict[int, Staff], days: int) -> Table:
    """Who is on call on each of the next days, at noon and at midnight by the clinic's clock."""
    table = Table("day", "at noon", "at midnight")
    for step in range(days):
        day = today() + timedelta(days=step)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=duty.zone)
        moments = (noon, noon + timedelta(hours=11, minutes=59))
        table.add_row(f"{day:%a %d %b %Y}", *(_on_call(duty, staff, one) for one in moments))
    return table


def _on_call(duty: Duty, staff: dict[int, Staff], now: datetime) -> str:
    names = [staff[one].name for one in duty.roster(now).on_call if one in staff]
    return ", ".join(sorted(names)) or "everybody on call"


@rota.command("show")
def show(days: int = typer.Option(14, min=1, max=366, help="For how many days.")) -> None:
    """Who is on call on the next days, and who stands in for whom."""

    async def read(_: Tx, duty: Duty, staff: dict[int, Staff]) -> list[Table]:
        instead = Table("number", "stands in", "from", "until")
        for one in duty.overrides:
            name = staff[one.staff_id].name if one.staff_id in staff else str(one.staff_id)
            span = (write_moment(at, duty.zone) for at in (one.begins_at, one.ends_at))
            instead.add_row(str(one.id), name, *span)
        return [_turns(duty, staff, days), *([instead] if duty.overrides else [])]

    for table in on_duty(read):
        Console().print(table)


@rota.command("set")
def set_(
    people: str = typer.Option(..., help="Their numbers in the order of turns, such as 2,5,6."),
    first: str = typer.Option(..., "--first-day", help="The day of the first turn."),
    handover: str = typer.Option("09:00", help="The time of day at which turns change."),
    days: int = typer.Option(7, min=1, max=366, help="How long a turn is."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Write down turns, in place of the rota before. Whoever is named may have any role."""

    async def write(tx: Tx, duty: Duty, staff: dict[int, Staff]) -> Table:
        turns = tuple(named(staff, _number(one)).id for one in people.split(","))
        new = Rota(read_date(first), read_time(handover), days, turns)
        if not dry_run:
            await set_rota(tx, new)
        changed = Duty(zone=duty.zone, leaves=duty.leaves, rota=new, overrides=duty.overrides)
        return _turns(changed, staff, days * len(turns))

    table = on_duty(write)
    would(dry_run, "the turns are:")
    Console().print(table)


def _number(word: str) -> int:
    if not word.strip().isdecimal():
        raise DutyError(f"'{word}' should be a number, as `clinic staff` lists it")
    return int(word)


@rota.command("clear")
def clear(dry_run: bool = DRY_RUN) -> None:
    """Forget the rota: everybody with the role on_call is on call, within their hours."""

    async def write(tx: Tx, _: Duty, __: dict[int, Staff]) -> None:
        if not dry_run:
            await set_rota(tx, None)

    on_duty(write)
    would(dry_run, "There are no turns: everybody with the role on_call is told")


@rota.command("stand-in")
def stand_in(
    staff_id: int = WHO,
    begins: str = typer.Option(..., "--from", help="Such as '2026-12-24 18:00'."),
    ends: str = typer.Option(..., "--until", help="By the clinic's clock as well."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Put somebody on call for a while, whoever's turn it would be."""

    async def write(tx: Tx, duty: Duty, staff: dict[int, Staff]) -> str:
        who = named(staff, staff_id)
        span = read_moment(begins, duty.zone), read_moment(ends, duty.zone)
        if span[1] <= span[0]:
            raise DutyError("--until should be after --from")
        if not dry_run:
            await add_override(tx, who.id, *span)
        words = " to ".join(write_moment(one, duty.zone) for one in span)
        return f"{who.name} is on call from {words}"

    would(dry_run, on_duty(write))


@rota.command("drop")
def drop(
    number: int = typer.Argument(..., help="As `clinic rota show` lists it."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Nobody stands in: the turns go on as they are."""

    async def write(tx: Tx, duty: Duty, _: dict[int, Staff]) -> None:
        if number not in [one.id for one in duty.overrides]:
            raise DutyError(f"Nobody stands in under {number}: heldinmind clinic rota show")
        if not dry_run:
            await drop_override(tx, number)

    on_duty(write)
    would(dry_run, f"Number {number} is dropped")
