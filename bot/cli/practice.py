"""`heldinmind practice`: what families practise, and what came of it."""

import json

import typer
from rich.console import Console
from rich.table import Table

from bot.app import Storage
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.practice import days_of_mask
from bot.flows.report_practice import PractisedPlan, report_practice

app = typer.Typer(no_args_is_help=True, help="What families practise, and what came of it.")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@app.callback()
def practice() -> None:
    """What families practise, and what came of it."""


@app.command("list")
def list_plans(as_json: bool = typer.Option(False, "--json", help="As JSON.")) -> None:
    """List every plan with each parent's days, nudges and answers, without anybody's words."""

    async def read(storage: Storage) -> list[PractisedPlan]:
        return await report_practice(storage.database)

    found = with_storage(settings_or_exit(), read)
    if as_json:
        print(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=2))
        return
    table = Table("plan", "family", "parent", "skill", "state", "until", "when", "nudges", "said")
    for one in found:
        table.add_row(
            str(one.plan),
            one.family,
            one.parent,
            one.skill,
            one.state,
            str(one.ends_on),
            _when(one),
            f"{one.nudges}, {one.answered} answered",
            f"did it {one.did_it}, hard {one.was_hard}, not today {one.not_today}",
        )
    Console().print(table)


def _when(one: PractisedPlan) -> str:
    if one.days is None:
        return "no days picked yet"
    days = " ".join(DAYS[day] for day in sorted(days_of_mask(one.days)))
    return f"{days} at {one.at}"
