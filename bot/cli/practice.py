"""`heldinmind practice`: what families practise, and what came of it."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from itertools import groupby

import typer
from rich.console import Console
from rich.table import Table

from bot.app import Storage
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.practice import days_of_mask
from bot.core.trial import Estimate, Row, TrialDay, analyse, as_rows
from bot.flows.report_practice import PractisedPlan, report_practice
from bot.storage.windows import trial_days

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
    for _, parents in groupby(found, key=lambda one: one.plan):
        print("\n".join(_listed(list(parents))))
    if not found:
        print("No family has a plan.")


class RowsAs(StrEnum):
    """The forms in which the log can be taken out."""

    CSV = "csv"
    JSONL = "jsonl"


@app.command("analyse")
def analyse_times(
    as_json: bool = typer.Option(False, "--json", help="As JSON."),
    rows: RowsAs | None = typer.Option(
        None, "--rows", help="Instead, the log itself: a row for each randomised day."
    ),
) -> None:
    """What difference the time of day made, from the log of times that were tried.

    Each day counts by one over the chance that its time had; intervals (95 %) come from drawing
    whole parents again. Parents have to have agreed, and HELDINMIND_TRY_TIMES has to be on.
    """

    async def read(storage: Storage) -> tuple[TrialDay, ...]:
        async with storage.database.transaction() as tx:
            return await trial_days(tx)

    days = with_storage(settings_or_exit(), read)
    if rows is not None:
        _print_rows(as_rows(days), rows)
        return
    found = analyse(days)
    if as_json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return
    table = Table("time", "days", "practised", "95 % interval")
    for one in found:
        table.add_row(one.what, str(one.days), _share(one.value), _interval(one))
    Console().print(table)
    print(f"{len(days)} days of {len({one.parent_id for one in days})} parents were randomised.")


def _print_rows(rows: Sequence[Row], form: RowsAs) -> None:
    """Choice, chance and outcome of each day; no name, and no number that the database knows."""
    if form is RowsAs.JSONL:
        for one in rows:
            print(json.dumps(asdict(one)))
        return
    writer = csv.DictWriter(sys.stdout, [one.name for one in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(one) for one in rows)


def _share(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1%}"


def _interval(one: Estimate) -> str:
    if one.low is None or one.high is None:
        return "unknown"
    return f"{one.low:.1%} to {one.high:.1%}"


def _listed(parents: Sequence[PractisedPlan]) -> list[str]:
    """A plan with its parents, a few short lines for each: fit for 80 columns."""
    plan = parents[0]
    lines = [
        f"{plan.family}: {plan.skill}",
        f"  plan {plan.plan}, {plan.state}, {plan.starts_on} to {plan.ends_on}",
    ]
    for one in parents:
        lines += [
            f"  {one.parent}: {_when(one)}",
            f"    {one.nudges} nudges, {one.answered} answered; "
            f"did it {one.did_it}, hard {one.was_hard}, not today {one.not_today}",
        ]
    return lines


def _when(one: PractisedPlan) -> str:
    if one.days is None:
        return "no days picked"
    picked = sorted(days_of_mask(one.days))
    days = "every day" if len(picked) == len(DAYS) else " ".join(DAYS[day] for day in picked)
    return f"{days} at {one.at}"
