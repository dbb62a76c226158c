"""Something urgent outside the therapist's hours: the parent reads when they are at work, truly."""

from datetime import timedelta

from tests.flows.clinic import DANA, NOOR, SAM, SUE, Clinic, say
from tests.flows.practising import MONDAY, set_clock
from tests.flows.script import URGENT
from tests.flows.test_who_reads_questions import BACK, is_on_leave, works

AT_WORK = say("holding.at_work", name="Dana")
TOMORROW = say("holding.next_at_work", name="Dana", when="tomorrow from 9:00")


def holding(clinic: Clinic) -> str:
    return clinic.phone(SAM)[0].text


async def test_a_parent_reads_that_the_therapist_is_at_work_until_they_have_not_answered(
    clinic: Clinic,
) -> None:
    await set_clock(clinic, MONDAY)
    await clinic.forward(seconds=1)
    await works(clinic, 0)
    await clinic.says(SAM, URGENT)
    assert AT_WORK in holding(clinic)
    await clinic.forward(minutes=10, seconds=1)
    assert AT_WORK not in holding(clinic)


async def test_a_parent_reads_when_the_therapist_is_next_at_work_and_that_nobody_waits_for_that(
    clinic: Clinic,
) -> None:
    await set_clock(clinic, MONDAY)
    await works(clinic, 1)
    await clinic.says(SAM, URGENT)
    assert clinic.phone(NOOR), "on call is told at once"
    assert TOMORROW in holding(clinic)
    assert "999" in holding(clinic)
    await clinic.presses(NOOR, "take:1")
    assert TOMORROW not in holding(clinic)


async def test_a_parent_reads_of_the_therapists_leave(clinic: Clinic) -> None:
    await is_on_leave(clinic, cover=2)
    await clinic.says(SAM, URGENT)
    assert say("holding.back_from_leave", name="Dana", back=BACK) in holding(clinic)


async def test_where_nobody_is_reached_nobody_is_said_to_be_told(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    await works(clinic, 1)
    clinic.messenger.blocked |= {DANA, NOOR, SUE}
    await clinic.says(SAM, URGENT)
    assert say("holding.nobody") in holding(clinic)
    assert TOMORROW not in holding(clinic)


async def test_without_hours_nothing_is_said_of_when(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY + timedelta(hours=9))
    await clinic.says(SAM, URGENT)
    assert "at work" not in holding(clinic)
