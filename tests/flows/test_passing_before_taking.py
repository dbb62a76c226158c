"""Whoever was told of a flag and cannot take it wakes a colleague; nobody has it meanwhile."""

import pytest_asyncio

from bot.core.flags import FlagState
from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import URGENT


@pytest_asyncio.fixture
async def flagged(clinic: Clinic) -> Clinic:
    """Sam has written something urgent, and nobody has taken it."""
    await clinic.says(SAM, URGENT)
    return clinic


async def test_a_colleague_is_asked_at_once_and_takes_it(flagged: Clinic) -> None:
    await flagged.presses(DANA, "pass:1")
    chosen = flagged.last(DANA)
    assert chosen.text == say("flags.ask_whom_to_take", alias=ROBINS)
    assert list(chosen.buttons) == ["passto:1.2", "passto:1.3"]
    said = await flagged.presses(DANA, "passto:1.2")
    assert said == say("flags.asked_waiting", name="Noor")
    asked = flagged.last(NOOR)
    assert asked.text.startswith(f"URGENT: Dana asks you to take {ROBINS}.")
    assert URGENT not in asked.text
    assert await flagged.presses(NOOR, "take:1") == ""
    assert say("holding.taken", name="Noor") in flagged.phone(SAM)[0].text
    assert say("flags.taken_news", name="Noor", alias=ROBINS) in flagged.texts(DANA)


async def test_until_somebody_takes_it_nobody_has_it_and_the_ladder_goes_on(
    flagged: Clinic,
) -> None:
    holding = flagged.phone(SAM)[0].text
    await flagged.presses(DANA, "passto:1.3")
    flag = await flagged.flag()
    assert (flag.state, flag.holder, flag.offered_to) == (FlagState.DELIVERED, None, None)
    assert flagged.phone(SAM)[0].text == holding, "the parent reads of nobody who has it"
    for _ in range(3):
        await flagged.forward(minutes=5, seconds=1)
    assert sum(f"URGENT: {ROBINS}" in text for text in flagged.texts(DANA)) == 2
    assert any(f"URGENT: {ROBINS}" in text for text in flagged.texts(NOOR))


async def test_whoever_asked_hears_that_the_colleague_cannot_be_reached(flagged: Clinic) -> None:
    flagged.messenger.blocked.add(NOOR)
    await flagged.presses(DANA, "passto:1.2")
    told = flagged.last(DANA)
    assert told.text == say("flags.not_asked_waiting", name="Noor", alias=ROBINS)
    assert list(told.buttons) == ["take:1", "pass:1"]
    assert (await flagged.flag()).is_waiting


async def test_somebody_to_whom_it_was_not_sent_can_ask_nobody(flagged: Clinic) -> None:
    assert await flagged.presses(NOOR, "passto:1.3") == say("flags.not_holder")
    assert flagged.phone(SUE) == []
