"""`heldinmind clinic plan`: give a family a practice plan without Telegram."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

import typer

from bot.adapters.clock import Clock
from bot.adapters.content_in_use import content_in_use
from bot.adapters.offered_skills import offered_skills
from bot.app import Storage
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import family_called
from bot.core.phrases import Phrases
from bot.core.practice import ends_after
from bot.core.skills import Skill
from bot.flows.steps.planning import give_plan
from bot.settings import Settings
from bot.storage.database import Tx
from bot.storage.practice_plans import NewPlan

FAMILY = typer.Option(
    ..., help="The family's alias, as its therapist calls it, or its number in `clinic families`."
)


@dataclass(frozen=True, slots=True)
class Planner:
    """What giving a plan needs."""

    clock: Clock
    phrases: Phrases
    skills: Mapping[str, Skill]
    time_zone: str | None


def plan(
    family: str = FAMILY,
    skill: str = typer.Option(..., help="The skill's id: a file's name in knowledge/skills."),
    often: int = typer.Option(3, min=1, max=7, help="Times a week; the parents pick the days."),
    weeks: int = typer.Option(8, min=1, max=52, help="For how long, from today."),
    until: datetime | None = typer.Option(
        None, formats=["%Y-%m-%d"], help="The last day, instead of --weeks."
    ),
    goal: str | None = typer.Option(None, help="The family's goal; by default the skill's own."),
    note: str = typer.Option("", help="One sentence of the therapist's to the parents."),
    own_day: bool = typer.Option(
        False, "--own-day", help="May nudge beside the family's other plans on the same day."
    ),
) -> None:
    """Give a family a practice plan; its parents are asked for days and a time in Telegram."""
    settings = settings_or_exit()
    planner = _planner(settings)
    if skill not in planner.skills:
        fail(f"there is no skill {skill}: one of {', '.join(sorted(planner.skills))}")
    given = planner.skills[skill]

    async def give(storage: Storage) -> tuple[str, int] | str:
        today = storage.clock.now().date()
        last = until.date() if until else ends_after(today, weeks)
        if last < today:
            return f"{last} has passed"
        values = {"often": often, "goal": goal or given.goal, "note": note, "has_own_day": own_day}
        async with storage.database.transaction() as tx:
            return await _give(tx, planner, family, skill, today, last, values)

    result = with_storage(settings, give)
    if isinstance(result, str):
        fail(result)
    alias, parents = result
    print(f"{alias} has the plan: {given.title}. Parents who are asked for their days: {parents}.")


async def _give(
    tx: Tx,
    planner: Planner,
    alias: str,
    skill_id: str,
    today: date,
    last: date,
    values: Mapping[str, Any],
) -> tuple[str, int] | str:
    family = await family_called(tx, alias)
    new = NewPlan(family.id, family.therapist.id, skill_id, starts_on=today, ends_on=last, **values)
    given = await give_plan(tx, planner, family, new)
    if given is None:
        return f"{family.alias} practises {skill_id} already"
    return family.alias, len(given[1])


def _planner(settings: Settings) -> Planner:
    with clear_errors():
        content = content_in_use(settings)
        skills = offered_skills(content.skills, require_approved=settings.require_approved)
        return Planner(Clock(), content.phrases(), skills, settings.time_zone)


def fail(why: str) -> NoReturn:
    """Say why, and end with exit status 1."""
    typer.echo(why, err=True)
    raise typer.Exit(1)
