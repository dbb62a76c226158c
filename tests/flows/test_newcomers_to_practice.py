"""What somebody reads who tries the commands of practice for the first time."""

import pytest

from tests.flows.clinic import DANA, NOOR, SAM, Clinic, say
from tests.flows.practising import practises


async def test_going_on_without_a_plan_promises_no_nudges(clinic: Clinic) -> None:
    await clinic.says(SAM, "/resume")
    assert clinic.last(SAM).text == say("practice.resumed_without", therapist="Dana")


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("/quiet late", "practice.quiet_unknown"),
        ("/timezone Springfield", "practice.zone_unknown"),
        ("/pause someday", "practice.pause_unknown"),
    ],
)
async def test_what_cannot_be_read_is_said_and_nothing_else(
    clinic: Clinic, written: str, phrase: str
) -> None:
    await practises(clinic)
    await clinic.says(SAM, written)
    assert clinic.last(SAM).text == say(phrase)


async def test_hours_and_days_are_taken_as_people_write_them(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/quiet 9pm-7am")
    quiet = say("practice.quiet_from_to", begins="21:00", ends="7:00")
    assert clinic.last(SAM).text == say("practice.quiet_set", quiet=quiet), "nothing has changed"
    await clinic.says(SAM, "/quiet 8:30pm-7am")
    assert "Quiet: 20:30 to 7:00." in clinic.last(SAM).text
    await clinic.says(SAM, "/pause until Friday")
    assert clinic.last(SAM).text == say("practice.paused", until="6 March 2026")


@pytest.mark.parametrize("name", ["practice", "pause", "resume", "quiet", "timezone", "stop"])
async def test_staff_who_write_a_parents_command_read_whose_it_is(
    clinic: Clinic, name: str
) -> None:
    await clinic.says(DANA, f"/{name}")
    assert clinic.last(DANA).text == say("practice.for_parents", command=name)
    await clinic.says(NOOR, f"/{name}")
    assert clinic.last(NOOR).text == say("practice.for_parents_too", command=name)


async def test_a_name_that_no_family_has_is_named(clinic: Clinic) -> None:
    await clinic.says(DANA, "/plan zzz")
    assert clinic.last(DANA).text == say("practice.plan_no_such", name="zzz")
    assert len(clinic.last(DANA).buttons) == 2
