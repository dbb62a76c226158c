"""The safety check is answered after its time: the truth is told, and a person hears of it."""

import pytest

from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import ASKING, WORRYING

BEGIN = say("checks.late_begin", answer="No", minutes=10)
PARTED = say("flags.from_parent_late", alias=ROBINS, parent="Sam", answer="No")


@pytest.fixture
async def silent(clinic: Clinic) -> Clinic:
    """Sam was asked whether anyone is in danger, and pressed nothing for ten minutes."""
    await clinic.says(SAM, WORRYING)
    await clinic.forward(minutes=10, seconds=5)
    return clinic


async def test_a_no_that_comes_late_is_told_what_has_happened_and_what_now(silent: Clinic) -> None:
    assert await silent.presses(SAM, "check:1.no") == say("checks.late")
    then = say("checks.late_waiting", who="Dana", emergency="999")
    assert silent.last(SAM).text == f"{BEGIN} {then}"


async def test_whoever_was_told_reads_of_a_late_no_without_a_sound(silent: Clinic) -> None:
    await silent.presses(SAM, "check:1.no")
    told = silent.last(DANA)
    assert "has pressed “No”" in told.text
    assert told.quiet
    assert (await silent.flag()).is_waiting, "it takes nothing back"
    await silent.presses(DANA, "show:1")
    assert say("flags.shown_late_answer", answer="No") in silent.last(DANA).text


@pytest.mark.parametrize(("answer", "label"), [("yes", "Yes"), ("unsure", "I'm not sure")])
async def test_a_late_yes_or_doubt_rings_again(silent: Clinic, answer: str, label: str) -> None:
    await silent.presses(SAM, f"check:1.{answer}")
    told = silent.last(DANA)
    assert f"has pressed “{label}”" in told.text
    assert not told.quiet


async def test_whoever_has_the_flag_reads_a_late_no(silent: Clinic) -> None:
    await silent.presses(DANA, "take:1")
    await silent.presses(SAM, "check:1.no")
    assert silent.last(DANA).text == PARTED
    then = say("checks.late_taken", name="Dana", emergency="999")
    assert silent.last(SAM).text == f"{BEGIN} {then}"


async def test_where_nobody_was_reached_a_late_no_is_told_so(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    clinic.messenger.blocked |= {DANA, NOOR, SUE}
    await clinic.forward(minutes=10, seconds=5)
    await clinic.presses(SAM, "check:1.no")
    assert clinic.last(SAM).text == f"{BEGIN} {say('checks.late_nobody', emergency='999')}"


async def test_a_late_no_after_the_flag_was_closed_says_that_they_can_go_on(
    silent: Clinic,
) -> None:
    await silent.presses(DANA, "dismiss:1")
    await silent.presses(SAM, "check:1.no")
    assert silent.last(SAM).text == f"{BEGIN} {say('checks.late_over')}"
    await silent.says(SAM, ASKING)
    assert silent.adviser.asked == [ASKING]


async def test_a_late_yes_after_the_flag_was_closed_raises_another(silent: Clinic) -> None:
    await silent.presses(DANA, "dismiss:1")
    await silent.presses(SAM, "check:1.yes")
    assert [flag.reason for flag in await silent.flags()] == ["silent", "said_yes"]
    assert "999" in silent.last(SAM).text


async def test_pressing_late_again_and_again_tells_nobody_twice(silent: Clinic) -> None:
    await silent.presses(SAM, "check:1.no")
    before = len(silent.phone(DANA)), len(silent.phone(SAM))
    assert await silent.presses(SAM, "check:1.no") == say("checks.late_again")
    assert (len(silent.phone(DANA)), len(silent.phone(SAM))) == before


async def test_an_answer_that_came_in_time_is_still_called_one(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    assert await clinic.presses(SAM, "check:1.yes") == say("checks.already")
