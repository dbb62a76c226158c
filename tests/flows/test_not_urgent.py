"""*Not urgent* asks whoever has not read the message; what has ended keeps no button."""

import pytest

from bot.core.flags import FlagState
from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import URGENT

UNREAD = say("flags.unread", alias=ROBINS)


@pytest.fixture
async def flagged(clinic: Clinic) -> Clinic:
    """Sam has written something urgent, and Dana and Noor have been told."""
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    return clinic


async def test_whoever_has_not_opened_the_message_is_asked_once(flagged: Clinic) -> None:
    assert await flagged.presses(DANA, "noturgent:1") == say("flags.unread_toast")
    asked = flagged.last(DANA)
    assert asked.text == UNREAD
    assert list(asked.buttons) == ["show:1", "dismiss:1"]
    flag = await flagged.flag()
    assert flag.is_waiting, "nothing has happened, and the ladder goes on"
    assert await flagged.presses(DANA, "dismiss:1") == ""
    assert (await flagged.flag()).state is FlagState.CLOSED
    assert (await flagged.history())[-2:] == ["acknowledged", "closed:not_urgent"]


async def test_whoever_opens_it_then_is_not_asked_again(flagged: Clinic) -> None:
    await flagged.presses(DANA, "noturgent:1")
    await flagged.presses(DANA, "show:1")
    assert await flagged.presses(DANA, "noturgent:1") == ""
    assert (await flagged.flag()).state is FlagState.CLOSED


async def test_that_a_colleague_has_opened_it_does_not_count(flagged: Clinic) -> None:
    await flagged.presses(NOOR, "show:1")
    await flagged.presses(DANA, "noturgent:1")
    assert (await flagged.flag()).is_open


async def test_a_holder_who_never_opened_it_is_asked_too(flagged: Clinic) -> None:
    await flagged.presses(DANA, "take:1")
    await flagged.presses(DANA, "close:1.not_urgent")
    assert flagged.last(DANA).text == UNREAD
    assert (await flagged.flag()).is_open
    await flagged.presses(DANA, "dismiss:1")
    assert (await flagged.flag()).state is FlagState.CLOSED


async def test_no_other_ending_is_asked_about(flagged: Clinic) -> None:
    await flagged.presses(DANA, "take:1")
    await flagged.presses(DANA, "close:1.safe_now")
    assert (await flagged.flag()).state is FlagState.CLOSED


async def test_once_a_colleague_has_it_the_question_has_no_button_left(flagged: Clinic) -> None:
    await flagged.presses(DANA, "noturgent:1")
    asked = flagged.last(DANA)
    await flagged.presses(NOOR, "take:1")
    assert asked.buttons == {}
    somebody = say("flags.somebody_has_it", name="Noor")
    assert await flagged.presses(DANA, "dismiss:1") == somebody
    assert await flagged.presses(DANA, "noturgent:1") == somebody
    assert (await flagged.flag()).is_open


async def test_nobody_closes_what_is_not_theirs_to_read(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    assert await clinic.presses(NOOR, "dismiss:1") == say("flags.not_yours")
    assert (await clinic.flag()).is_waiting


@pytest.mark.parametrize("ending", ["close:1.safe_now", "dismiss:1"])
async def test_after_closing_no_alert_of_anybodys_keeps_a_button(
    flagged: Clinic, ending: str
) -> None:
    await flagged.forward(minutes=10)
    await flagged.presses(SUE, "noturgent:1")
    await flagged.presses(DANA, "take:1")
    await flagged.presses(DANA, "pass:1")
    await flagged.presses(DANA, "passto:1.2")
    await flagged.forward(minutes=30)
    await flagged.presses(DANA, ending)
    for chat_id in (DANA, NOOR, SUE):
        left = {data for one in flagged.phone(chat_id) for data in one.buttons}
        assert left <= {"nonote:1"}, "a note may still be left out"
    ended = say(f"flags.outcome_{'safe_now' if 'safe' in ending else 'not_urgent'}")
    closed = say("flags.alert_closed", alias=ROBINS, name="Dana", outcome=ended)
    assert closed in flagged.texts(DANA)
    assert closed in flagged.texts(NOOR)
