"""Whoever was told of a flag, or has it, blocks the bot: the truth is told and others are rung."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.second_channel import SecondChannel
from bot.core.deliveries import RetryIn
from bot.core.flags import FlagState
from bot.flows.check_readiness import prove_reachability
from bot.storage.alarms import all_alarms
from bot.storage.contacts import add_contact
from bot.storage.people import all_staff
from tests import telegram_json as told
from tests.databases import Opened, rows
from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, SUE, Clinic, move_in, opened_clinic, say
from tests.flows.script import ASKING, CLINICAL, URGENT, URGENT_TOO
from tests.outside import Mailbox, mailbox

EVERYBODY = {DANA, NOOR, SUE}
LOST = say("holding.lost_news", name="Dana", emergency="999")
NOT_PASSED_ON = say("holding.followup_lost", name="Dana", emergency="999")


async def alarms(clinic: Clinic) -> list[str]:
    async with clinic.services.database.transaction() as tx:
        kinds = [one.kind for one in await all_alarms(tx)]
    return [kind for kind in kinds if kind not in ("readiness", "not_ready")]


def alerts(clinic: Clinic, chat_id: int) -> int:
    return sum(f"URGENT: {ROBINS}" in one.text for one in clinic.phone(chat_id))


# Nobody has taken it.


async def test_when_everybody_is_gone_after_an_accepted_alert_the_parent_reads_the_truth(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    assert say("holding.sent", who="Dana") in clinic.phone(SAM)[0].text
    clinic.messenger.blocked |= EVERYBODY
    await clinic.forward(minutes=5, seconds=1)
    holding = clinic.phone(SAM)[0].text
    assert say("holding.nobody") in holding
    assert "999" in holding
    assert (await clinic.flag()).state is FlagState.RAISED
    assert "nobody_reached" in await alarms(clinic)


async def test_when_everybody_is_gone_a_follow_up_is_not_said_to_be_passed_on(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    clinic.messenger.blocked |= EVERYBODY
    await clinic.forward(minutes=5, seconds=1)
    for text in ("please hurry", URGENT_TOO, "/person"):
        await clinic.says(SAM, text)
        heard = clinic.last(SAM).text
        assert "I have not reached anyone at the clinic yet" in heard
        assert "999" in heard
        assert "passing this on" not in heard


async def test_a_therapist_who_blocks_the_bot_after_the_alert_is_climbed_over_at_once(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    clinic.messenger.blocked.add(DANA)
    await clinic.forward(minutes=5, seconds=1)
    assert alerts(clinic, NOOR) == 1, "five minutes before her time"
    holding = clinic.phone(SAM)[0].text
    assert "Dana" not in holding
    assert say("holding.sent", who=say("holding.their_clinic")) in holding


@pytest.mark.parametrize("how", ["a question", "the nightly look"])
async def test_it_does_not_matter_by_what_it_shows_that_they_are_gone(
    clinic: Clinic, how: str
) -> None:
    await clinic.says(SAM, URGENT)
    clinic.messenger.blocked.add(DANA)
    if how == "a question":
        await clinic.says(1021, CLINICAL)
    else:
        await _night(clinic)
    assert alerts(clinic, NOOR) == 1


async def _night(clinic: Clinic) -> None:
    """Telegram is asked about everybody, and says that whoever has blocked the bot is gone."""

    async def probe(chat_id: int) -> str:
        return "blocked" if chat_id in clinic.messenger.blocked else ""

    await prove_reachability(replace(clinic.services, probe=probe))
    await clinic.settle()


async def test_an_alert_that_is_accepted_again_makes_it_true_again(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    clinic.messenger.blocked |= EVERYBODY
    await clinic.forward(minutes=5, seconds=1)
    clinic.messenger.blocked.clear()
    await clinic.forward(minutes=15, seconds=1)
    assert say("holding.waiting") in clinic.phone(SAM)[0].text
    gone = "select count(*) from staff where unreachable_since is not null"
    assert rows(clinic.storage.url, gone) == [(0,)], "what Telegram takes shows that they are there"
    await clinic.says(SAM, "please hurry")
    assert clinic.last(SAM).text == say("holding.followup_added", emergency="999")


async def test_while_somebody_else_can_be_reached_nothing_is_alarmed(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, URGENT_TOO)
    assert await alarms(clinic) == []
    assert clinic.last(SAM).text == say("holding.followup_waiting", emergency="999")
    assert "Dana" not in clinic.phone(SAM)[0].text


# Somebody has it.


async def test_a_holder_who_blocked_the_bot_has_lost_the_flag_and_the_parent_reads_that(
    taken: Clinic,
) -> None:
    taken.messenger.blocked.add(DANA)
    await taken.says(SAM, "are you there?")
    flag = await taken.flag()
    assert flag.holder is None
    assert LOST in taken.texts(SAM)
    assert NOT_PASSED_ON in taken.texts(SAM)
    assert not any("Passed on to" in text for text in taken.texts(SAM))
    holding = taken.phone(SAM)[0].text
    assert say("holding.taken", name="Dana") not in holding
    assert "999" in holding
    assert "lost" in await taken.history()


async def test_others_are_rung_and_the_clinic_is_alarmed_when_a_holder_is_gone(
    taken: Clinic,
) -> None:
    taken.messenger.blocked.add(DANA)
    await taken.says(SAM, "are you there?")
    assert alerts(taken, NOOR) == 1
    assert await alarms(taken) == ["holder_lost"]
    assert any("Dana, who had the urgent message" in text for text in taken.texts(SUE))
    assert await taken.presses(NOOR, "take:1") == ""
    await taken.presses(NOOR, "show:1")
    assert "are you there?" in taken.last(NOOR).text


async def test_whoever_was_told_before_hears_at_once_that_it_is_with_nobody(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    await clinic.presses(DANA, "take:1")
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, "are you there?")
    again = clinic.last(NOOR)
    assert "is with nobody again" in again.text
    assert "take:1" in again.buttons


async def test_with_holder_and_everybody_else_gone_the_parent_reads_that_nobody_was_reached(
    taken: Clinic,
) -> None:
    taken.messenger.blocked |= EVERYBODY
    await taken.says(SAM, "are you there?")
    assert say("holding.nobody") in taken.phone(SAM)[0].text
    assert set(await alarms(taken)) == {"holder_lost", "nobody_reached"}
    await taken.says(SAM, "hello?")
    assert "I have not reached anyone at the clinic yet" in taken.last(SAM).text


async def test_a_holder_who_comes_back_may_take_it_again(taken: Clinic) -> None:
    taken.messenger.blocked.add(DANA)
    await taken.says(SAM, "are you there?")
    taken.messenger.blocked.clear()
    assert await taken.presses(DANA, "take:1") == ""
    assert say("holding.taken", name="Dana") in taken.phone(SAM)[0].text


async def test_two_messages_to_a_holder_who_is_gone_lose_the_flag_once(taken: Clinic) -> None:
    taken.messenger.blocked.add(DANA)
    await taken.says(SAM, "are you there?")
    await taken.says(SAM, "hello?")
    assert (await taken.history()).count("lost") == 1
    assert taken.texts(SAM).count(LOST) == 1


async def test_a_photo_that_cannot_be_copied_loses_nobody_their_flag(taken: Clinic) -> None:
    await taken.receive(told.media(SAM, 4040, "photo"))
    flag = await taken.flag()
    assert flag.holder is not None
    assert "lost" not in await taken.history()


async def test_guidance_stays_away_while_it_is_with_nobody_again(taken: Clinic) -> None:
    taken.messenger.blocked.add(DANA)
    await taken.says(SAM, "are you there?")
    await taken.says(SAM, ASKING)
    assert taken.adviser.asked == []


# A colleague was asked to take it over.


async def test_a_holder_hears_that_the_colleague_they_asked_cannot_be_reached(
    taken: Clinic,
) -> None:
    taken.messenger.blocked.add(NOOR)
    await taken.presses(DANA, "passto:1.2")
    told_of = taken.last(DANA)
    assert told_of.text == say("flags.not_asked", name="Noor", alias=ROBINS)
    assert list(told_of.buttons) == ["pass:1"]
    flag = await taken.flag()
    assert flag.offered_to is None
    assert flag.holder is not None
    assert flag.holder.name == "Dana"
    assert (await taken.history())[-2:] == ["offered", "not_delivered"]


async def test_the_next_choice_leaves_out_whoever_could_not_be_asked(taken: Clinic) -> None:
    taken.messenger.blocked.add(NOOR)
    await taken.presses(DANA, "passto:1.2")
    await taken.presses(DANA, "pass:1")
    assert list(taken.last(DANA).buttons) == ["passto:1.3"]
    await taken.presses(DANA, "passto:1.3")
    await taken.presses(SUE, "take:1")
    assert say("holding.taken", name="Sue") in taken.phone(SAM)[0].text


async def test_a_second_colleague_asked_meanwhile_stays_asked(taken: Clinic) -> None:
    taken.messenger.trouble = [RetryIn(timedelta(seconds=30), "too many requests")] * 2
    await taken.presses(DANA, "passto:1.2")
    await taken.presses(DANA, "passto:1.3")
    taken.messenger.blocked.add(NOOR)
    await taken.forward(seconds=31)
    assert "not_delivered" in await taken.history()
    flag = await taken.flag()
    assert flag.offered_to is not None
    assert flag.offered_to.name == "Sue"
    assert not any("cannot be reached" in text for text in taken.texts(DANA))


# Outside Telegram.


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    """A real mail server on this machine."""
    with mailbox() as found:
        yield found


@pytest.fixture
async def with_mail(storage: Opened, mail: Mailbox) -> AsyncIterator[Clinic]:
    """A clinic where Dana has an address outside Telegram."""
    async with opened_clinic(storage.url, second_channel=SecondChannel()) as found:
        await move_in(found)
        async with found.services.database.transaction() as tx:
            (dana,) = [one for one in await all_staff(tx) if one.name == "Dana"]
            await add_contact(tx, dana.id, "E-Mail", mail.url(), found.services.clock.now())
        yield found


async def test_a_holder_who_is_gone_is_told_outside_telegram(
    with_mail: Clinic, mail: Mailbox
) -> None:
    await with_mail.says(SAM, URGENT)
    await with_mail.presses(DANA, "take:1")
    with_mail.messenger.blocked.add(DANA)
    await with_mail.says(SAM, "are you there?")
    (notice,) = mail.texts()
    assert f"URGENT: {ROBINS}" in notice
    assert "are you there?" not in notice
