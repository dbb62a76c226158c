"""A flag that somebody has: silence gives it back, a colleague may take it over, a note follows."""

import pytest

from bot.core.flags import FlagState
from bot.core.people import Role
from bot.storage.alarms import all_alarms
from bot.storage.people import link_staff
from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, SUE, Clinic, hire, say

ASK = say("flags.ask_holder", alias=ROBINS, minutes=30, left=15)
SAM_HEARS_SILENCE = say("holding.released_news", name="Dana", emergency="999")


async def alarms(clinic: Clinic) -> list[str]:
    async with clinic.services.database.transaction() as tx:
        return [one.sentence for one in await all_alarms(tx)]


# Silence.


async def test_a_silent_holder_is_asked_and_then_the_ladder_goes_on_and_everybody_hears_the_truth(
    taken: Clinic,
) -> None:
    await taken.forward(minutes=30, seconds=1)
    assert taken.last(DANA).text == ASK
    assert (await taken.flag()).holder is not None, "asking takes nothing away"
    await taken.forward(minutes=15, seconds=1)
    flag = await taken.flag()
    assert (flag.state, flag.holder) == (FlagState.DELIVERED, None)
    assert SAM_HEARS_SILENCE in taken.texts(SAM)
    assert say("holding.waiting") in taken.phone(SAM)[0].text
    assert say("flags.released", alias=ROBINS) in taken.texts(DANA)
    for chat_id in (NOOR, SUE):
        assert any(f"URGENT: {ROBINS}" in text for text in taken.texts(chat_id))


async def test_a_holder_who_presses_i_am_on_it_keeps_the_flag(taken: Clinic) -> None:
    for _ in range(4):
        await taken.forward(minutes=30, seconds=1)
        assert await taken.presses(DANA, "onit:1") == say("flags.on_it")
    assert (await taken.flag()).holder is not None
    assert (await taken.history()).count("asked_holder") == 4
    assert SAM_HEARS_SILENCE not in taken.texts(SAM)


@pytest.mark.parametrize("does", ["writes", "reads"])
async def test_whoever_writes_or_reads_is_not_silent(taken: Clinic, does: str) -> None:
    await taken.forward(minutes=20)
    if does == "writes":
        await taken.says(DANA, "I am calling you")
    else:
        await taken.presses(DANA, "show:1")
    await taken.forward(minutes=29)
    assert "asked_holder" not in await taken.history()
    await taken.forward(minutes=2)
    assert "asked_holder" in await taken.history()


async def test_what_the_parent_writes_does_not_count_as_the_holders_doing(taken: Clinic) -> None:
    for _ in range(3):
        await taken.forward(minutes=15, seconds=1)
        await taken.says(SAM, "are you there?")
    assert (await taken.flag()).holder is None


async def test_after_downtime_a_holder_is_asked_before_anything_is_taken_from_them(
    taken: Clinic,
) -> None:
    await taken.forward(hours=9)
    assert (await taken.flag()).holder is not None
    await taken.forward(minutes=15, seconds=1)
    assert (await taken.flag()).holder is None


async def test_a_flag_given_back_may_be_taken_again_and_is_watched_anew(taken: Clinic) -> None:
    await taken.forward(minutes=31)
    await taken.forward(minutes=15)
    assert await taken.presses(DANA, "take:1") == ""
    assert taken.texts(SAM).count(say("holding.taken_news", name="Dana")) == 2
    assert say("holding.taken", name="Dana") in taken.phone(SAM)[0].text
    await taken.forward(minutes=31)
    await taken.forward(minutes=15)
    assert (await taken.flag()).holder is None


async def test_nothing_is_asked_of_a_flag_that_is_closed(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    before = taken.texts(DANA)
    await taken.forward(hours=3)
    assert taken.texts(DANA) == before


async def test_a_button_of_an_earlier_hold_says_whose_it_is(taken: Clinic) -> None:
    assert await taken.presses(NOOR, "onit:1") == say("flags.not_holder")


async def test_a_flag_that_nobody_closes_alarms_the_clinic_every_day(taken: Clinic) -> None:
    for day in range(2):
        for _ in range(48):
            await taken.forward(minutes=29, seconds=40)
            await taken.presses(DANA, "onit:1")
        await taken.forward(minutes=20)
        await taken.presses(DANA, "onit:1")
        assert len(await alarms(taken)) == day + 1
    assert "is still open. Dana has it." in (await alarms(taken))[0]
    assert any(ROBINS in text and "still open" in text for text in taken.texts(SUE))


# Passing it on.


@pytest.fixture
async def offered(taken: Clinic) -> Clinic:
    """Dana has asked Noor to take it over."""
    await taken.presses(DANA, "pass:1")
    await taken.presses(DANA, "passto:1.2")
    return taken


async def test_whoever_has_it_chooses_among_colleagues_who_can_be_reached(taken: Clinic) -> None:
    await hire(taken, "Omar", Role.ON_CALL)
    await taken.presses(DANA, "pass:1")
    shown = taken.last(DANA)
    assert shown.text == say("flags.pass_to_whom", alias=ROBINS)
    assert list(shown.buttons) == ["passto:1.2", "passto:1.3"]


async def test_until_the_colleague_takes_it_the_passer_has_it(offered: Clinic) -> None:
    assert offered.messenger.pressed[-1] == say("flags.asked", name="Noor")
    assert "Dana asks you to take Robin's family over." in offered.last(NOOR).text
    flag = await offered.flag()
    assert (flag.holder and flag.holder.name, flag.offered_to and flag.offered_to.name) == (
        "Dana",
        "Noor",
    )
    await offered.says(SAM, "are you there?")
    assert "are you there?" in offered.last(DANA).text


async def test_the_colleague_takes_it_and_everybody_hears_that(offered: Clinic) -> None:
    assert await offered.presses(NOOR, "take:1") == ""
    flag = await offered.flag()
    assert (flag.holder and flag.holder.name, flag.offered_to) == ("Noor", None)
    assert say("holding.taken_news", name="Noor") in offered.texts(SAM)
    assert say("holding.taken", name="Noor") in offered.phone(SAM)[0].text
    assert say("flags.taken_news", name="Noor", alias=ROBINS) in offered.texts(DANA)
    assert await offered.presses(DANA, "close:1.safe_now") == say("flags.not_holder")


async def test_nobody_else_can_take_what_was_offered_to_a_colleague(offered: Clinic) -> None:
    assert await offered.presses(SUE, "take:1") == say("flags.somebody_has_it", name="Dana")


async def test_what_was_offered_and_not_taken_is_given_back_to_everyone_as_well(
    offered: Clinic,
) -> None:
    await offered.forward(minutes=31)
    await offered.forward(minutes=15)
    flag = await offered.flag()
    assert (flag.holder, flag.offered_to) == (None, None)


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("passto:1.1", "flags.cannot_pass"),
        ("passto:1.99", "flags.cannot_pass"),
        ("passto:1.x", "general.button_gone"),
    ],
)
async def test_a_flag_is_passed_to_no_one_who_cannot_take_it(
    taken: Clinic, data: str, answer: str
) -> None:
    assert await taken.presses(DANA, data) == say(answer)
    assert (await taken.flag()).offered_to is None


async def test_somebody_who_does_not_have_it_can_pass_it_to_nobody(taken: Clinic) -> None:
    assert await taken.presses(NOOR, "pass:1") == say("flags.not_holder")
    assert await taken.presses(NOOR, "passto:1.3") == say("flags.not_holder")


async def test_what_the_clinic_links_later_can_be_passed_to(taken: Clinic) -> None:
    omar = await hire(taken, "Omar", Role.THERAPIST)
    taken.messenger.phones[1005] = []
    async with taken.services.database.transaction() as tx:
        await link_staff(tx, omar.id, 1005, taken.services.clock.now())
    assert await taken.presses(DANA, f"passto:1.{omar.id}") == say("flags.asked", name="Omar")
    assert any("asks you to take" in text for text in taken.texts(1005))
