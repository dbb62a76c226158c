"""What an operator sees of practice."""

import json
from datetime import date, time

import pytest_asyncio

from bot.core.nudges import Nudge
from bot.core.practice import PracticeAnswer, Times, ends_after
from bot.core.trial import TrialDay, as_rows
from bot.core.windows import WindowChoice
from bot.storage.nudges import add_nudge
from bot.storage.people import all_staff, families_of, parents_of
from bot.storage.practice_plans import NewPlan, add_plan, pick_times
from bot.storage.practices import log_practice
from bot.storage.rhythms import ensure_rhythm
from bot.storage.windows import add_choice
from tests.cli.conftest import Run
from tests.databases import rows
from tests.flows.clinic import ROBINS, move_in, opened_clinic

MONDAY = date(2026, 3, 2)


@pytest_asyncio.fixture
async def practising(stored: dict[str, object]) -> dict[str, object]:
    """A clinic where Sam and Alex have a day behind them: Sam at his own time, Alex at another."""
    async with opened_clinic(str(stored["database_url"])) as opened:
        await move_in(opened)
        now = opened.services.clock.now()
        async with opened.services.database.transaction() as tx:
            dana = (await all_staff(tx))[0]
            robins = (await families_of(tx, dana))[0]
            new = NewPlan(robins.id, dana.id, "slow-voice", "", 7, MONDAY, ends_after(MONDAY, 4))
            plan = await add_plan(tx, new, now)
            for parent, at in zip(
                await parents_of(tx, robins), (time(18), time(7, 30)), strict=True
            ):
                await ensure_rhythm(tx, parent.id, "Europe/London")
                await pick_times(tx, plan.id, parent.id, Times(frozenset({0}), time(18)), now)
                await add_nudge(tx, parent.id, Nudge(plan.id, MONDAY, 0, now), now)
                choice = WindowChoice(MONDAY, at, 0.5, (time(18), time(7, 30)))
                await add_choice(tx, parent.id, choice, now)
            await log_practice(tx, plan.id, 1, MONDAY, PracticeAnswer.DID_IT, now)
    return stored


def test_the_list_shows_each_parent_of_each_plan(run: Run, practising: dict[str, object]) -> None:
    listed = json.loads(run("practice", "list", "--json", **practising).out)
    assert [(one["parent"], one["did_it"], one["nudges"]) for one in listed] == [
        ("Sam", 1, 1),
        ("Alex", 0, 1),
    ]
    assert listed[0]["family"] == ROBINS
    assert "1 answered" not in run("practice", "list", **practising).out


def test_the_list_can_be_read_in_eighty_columns(run: Run, practising: dict[str, object]) -> None:
    lines = run("practice", "list", **practising).out.splitlines()
    assert max(len(line) for line in lines) <= 80
    assert lines == [
        f"{ROBINS}: slow-voice",
        "  plan 1, running, 2026-03-02 to 2026-03-29",
        "  Sam: Mon at 18:00",
        "    1 nudges, 0 answered; did it 1, hard 0, not today 0",
        "  Alex: Mon at 18:00",
        "    1 nudges, 0 answered; did it 0, hard 0, not today 0",
    ]


def test_without_a_plan_the_list_says_so(run: Run, stored: dict[str, object]) -> None:
    assert run("practice", "list", **stored).out.strip() == "No family has a plan."


def test_the_analysis_gives_each_time_and_the_difference_from_parents_own(
    run: Run, practising: dict[str, object]
) -> None:
    found = json.loads(run("practice", "analyse", "--json", **practising).out)
    assert {one["what"]: one["value"] for one in found} == {
        "07:30": 0.0,
        "18:00": 1.0,
        "other times minus own": -1.0,
    }
    assert "2 days of 2 parents" in run("practice", "analyse", **practising).out


def test_without_a_log_nothing_is_claimed(run: Run, stored: dict[str, object]) -> None:
    assert "unknown" in run("practice", "analyse", **stored).out


def test_the_log_can_be_taken_out_row_by_row_without_anybodys_name(
    run: Run, practising: dict[str, object]
) -> None:
    header, *lines = run("practice", "analyse", "--rows", "csv", **practising).out.splitlines()
    assert header == "parent,day,offered,chosen,is_own,probability,practised"
    assert lines == [
        "1,2026-03-02,18:00 07:30,18:00,1,0.5,1",
        "2,2026-03-02,18:00 07:30,07:30,0,0.5,0",
    ]
    first, _ = run("practice", "analyse", "--rows", "jsonl", **practising).out.splitlines()
    assert json.loads(first) == {
        "parent": 1,
        "day": "2026-03-02",
        "offered": "18:00 07:30",
        "chosen": "18:00",
        "is_own": 1,
        "probability": 0.5,
        "practised": 1,
    }


def test_a_parent_of_a_row_is_counted_and_not_the_number_that_the_database_knows() -> None:
    day = TrialDay(4711, time(18), 0.5, True, True, MONDAY, ("18:00",))
    assert [one.parent for one in as_rows([day, day])] == [1, 1]


def test_practice_that_was_logged_before_the_nudge_is_no_outcome_of_it(
    run: Run, practising: dict[str, object]
) -> None:
    earlier = "update practices set at = at - interval '1 hour' returning 1"
    assert rows(str(practising["database_url"]), earlier)
    found = json.loads(run("practice", "analyse", "--json", **practising).out)
    assert {one["what"]: one["value"] for one in found}["18:00"] == 0.0
