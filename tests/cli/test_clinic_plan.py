"""Giving a plan by command."""

import pytest_asyncio

from tests.cli.conftest import Run
from tests.databases import rows
from tests.flows.clinic import ROBINS, move_in, opened_clinic

SKILL = "slow-voice"


@pytest_asyncio.fixture
async def clinic(stored: dict[str, object]) -> dict[str, object]:
    """The settings of a clinic with its people."""
    async with opened_clinic(str(stored["database_url"])) as opened:
        await move_in(opened)
    return stored


def test_a_family_gets_a_plan_and_both_parents_are_asked(
    run: Run, clinic: dict[str, object]
) -> None:
    words = ("--family", ROBINS.lower(), "--skill", SKILL, "--often", "5", "--note", "Well begun.")
    done = run("clinic", "plan", *words, **clinic)
    assert done.status == 0
    assert "Parents who are asked for their days: 2." in done.out
    url = str(clinic["database_url"])
    assert rows(url, "select skill_id, often, ends_on - starts_on from practice_plans") == [
        (SKILL, 5, 55)
    ]
    assert rows(url, "select count(*) from deliveries where key like 'plan:1:%%'") == [(2,)]
    again = run("clinic", "plan", *words, **clinic)
    assert again.status == 1
    assert again.error == f"{ROBINS} practises {SKILL} already"


def test_what_is_not_there_is_named(run: Run, clinic: dict[str, object]) -> None:
    unknown = run("clinic", "plan", "--family", "Maple", "--skill", SKILL, **clinic)
    assert unknown.error == "there is no family called Maple: heldinmind clinic families"
    skill = run("clinic", "plan", "--family", ROBINS, "--skill", "juggling", **clinic)
    assert skill.error.startswith("there is no skill juggling: one of bedtime-check-in,")
    words = ("--family", ROBINS, "--skill", SKILL, "--until", "2020-01-01")
    assert run("clinic", "plan", *words, **clinic).error == "2020-01-01 has passed"


def test_session_dates_are_kept_and_dropped(run: Run, clinic: dict[str, object]) -> None:
    words = ("--family", ROBINS, "--on", "2026-12-03", "--at", "15:00", "--every-weeks", "2")
    assert run("clinic", "session", *words, **clinic).status == 0
    url = str(clinic["database_url"])
    found = rows(url, "select first_on::text, at::text, every_weeks from family_sessions")
    assert found == [("2026-12-03", "15:00:00", 2)]
    assert run("clinic", "session", "--family", ROBINS, "--none", **clinic).status == 0
    assert rows(url, "select count(*) from family_sessions") == [(0,)]
    half = run("clinic", "session", "--family", ROBINS, "--on", "2026-12-03", **clinic)
    assert half.error == "give --on and --at, or --none"
