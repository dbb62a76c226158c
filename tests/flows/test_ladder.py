"""A flag climbs the ladder until a person takes it, whatever stands in its way."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.core.deliveries import RetryIn
from bot.core.flags import FlagState
from bot.core.people import Role
from bot.flows.climb_ladder import climb_ladder
from bot.storage.people import link_staff
from bot.storage.tables import staff
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, ROBINS, SAM, SUE, Clinic, hire, say
from tests.flows.script import ASKING, NEARLY, URGENT, URGENT_TOO


def alerts(clinic: Clinic, chat_id: int) -> int:
    return sum(f"URGENT: {ROBINS}" in one.text for one in clinic.phone(chat_id))


async def unlink(clinic: Clinic, *chat_ids: int) -> None:
    """Let staff be as they were before they opened their links."""
    async with clinic.services.database.transaction() as tx:
        statement = update(staff).where(staff.c.chat_id.in_(chat_ids)).values(chat_id=None)
        await tx.execute(statement)


async def test_the_therapist_is_reminded_then_on_call_then_the_supervisor_then_everybody(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    told = [(alerts(clinic, DANA), alerts(clinic, NOOR), alerts(clinic, SUE))]
    for minutes in (5, 5, 10, 15, 15):
        await clinic.forward(minutes=minutes, seconds=1)
        told.append((alerts(clinic, DANA), alerts(clinic, NOOR), alerts(clinic, SUE)))
    assert told == [(1, 0, 0), (2, 0, 0), (2, 1, 0), (2, 1, 1), (3, 2, 2), (4, 3, 3)]


async def test_a_clock_that_leaps_over_rungs_climbs_each_of_them_once(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=21)
    assert (alerts(clinic, DANA), alerts(clinic, NOOR), alerts(clinic, SUE)) == (2, 1, 1)
    await clinic.forward(seconds=1)
    assert (alerts(clinic, DANA), alerts(clinic, NOOR), alerts(clinic, SUE)) == (2, 1, 1)


async def test_after_two_days_of_downtime_every_rung_is_climbed_and_each_is_rung_once(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(days=2)
    climbed = rows(
        clinic.storage.url,
        "select distinct rung from flag_events where what = 'told' order by rung",
    )
    assert [rung for (rung,) in climbed] == list(range(len(climbed)))
    assert len(climbed) > 190, "one for every quarter of an hour"
    assert (alerts(clinic, DANA), alerts(clinic, NOOR), alerts(clinic, SUE)) == (2, 1, 1)


async def test_an_acknowledged_flag_is_never_climbed(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    for _ in range(6):
        await clinic.forward(minutes=29)
        await clinic.says(DANA, "I am here with you")
    assert (await clinic.history()).count("told") == 1
    assert clinic.phone(NOOR) == clinic.phone(SUE) == []


async def test_running_a_rung_twice_climbs_it_once(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    clinic.services.clock.offset += timedelta(minutes=5, seconds=1)
    await asyncio.gather(*(climb_ladder(clinic.services, 1, 1) for _ in range(4)))
    await clinic.settle()
    assert alerts(clinic, DANA) == 2


async def test_a_rung_of_a_flag_that_does_not_exist_is_nothing(clinic: Clinic) -> None:
    await climb_ladder(clinic.services, 99, 0)
    assert await clinic.flags() == ()


async def test_a_therapist_who_blocked_the_bot_is_passed_over_at_once(clinic: Clinic) -> None:
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, URGENT)
    assert alerts(clinic, NOOR) == 1
    assert (await clinic.flag()).state is FlagState.DELIVERED
    assert "not_delivered" in await clinic.history()


async def test_when_everybody_has_blocked_the_bot_the_parent_reads_the_truth(
    clinic: Clinic,
) -> None:
    clinic.messenger.blocked |= {DANA, NOOR, SUE}
    await clinic.says(SAM, URGENT)
    (holding,) = clinic.texts(SAM)
    assert say("holding.nobody") in holding
    assert "999" in holding
    assert (await clinic.flag()).state is FlagState.RAISED


async def test_it_is_tried_again_and_again_and_the_parent_hears_when_somebody_is_reached(
    clinic: Clinic,
) -> None:
    clinic.messenger.blocked |= {DANA, NOOR, SUE}
    await clinic.says(SAM, URGENT)
    clinic.messenger.blocked.clear()
    await clinic.forward(minutes=16)
    assert alerts(clinic, DANA)
    assert say("holding.waiting") in clinic.phone(SAM)[0].text
    assert "Told so far: Dana at " in clinic.phone(SAM)[0].text


async def test_with_nobody_linked_the_parent_reads_at_once_that_nobody_was_reached(
    clinic: Clinic,
) -> None:
    await unlink(clinic, DANA, NOOR, SUE)
    await clinic.says(SAM, URGENT)
    (holding,) = clinic.texts(SAM)
    assert say("holding.nobody") in holding
    assert (await clinic.history()).count("reached_nobody") == 5
    await clinic.forward(minutes=16)
    assert (await clinic.history()).count("reached_nobody") > 5, "it never gives up"


async def test_somebody_who_links_later_is_told_and_so_is_the_parent(clinic: Clinic) -> None:
    await unlink(clinic, DANA, NOOR, SUE)
    await clinic.says(SAM, URGENT)
    async with clinic.services.database.transaction() as tx:
        await link_staff(tx, 3, SUE, clinic.services.clock.now())
    await clinic.forward(minutes=16)
    assert alerts(clinic, SUE)
    assert say("holding.sent", who=say("holding.their_clinic")) in clinic.phone(SAM)[0].text


async def test_a_therapist_not_yet_on_telegram_is_not_waited_for(clinic: Clinic) -> None:
    await unlink(clinic, DANA)
    await clinic.says(SAM, URGENT)
    assert alerts(clinic, NOOR) == 1
    assert say("holding.their_clinic") in clinic.texts(SAM)[0]


async def test_an_administrator_is_told_of_no_flag(clinic: Clinic) -> None:
    await hire(clinic, "Ada", Role.ADMINISTRATOR)
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql(
            "update staff set chat_id = 1005 where name is not null and role = 'administrator'"
        )
    clinic.messenger.phones[1005] = []
    await clinic.says(SAM, URGENT)
    await clinic.forward(hours=2)
    assert clinic.phone(1005) == []


async def test_an_alert_that_telegram_does_not_take_yet_is_tried_again(clinic: Clinic) -> None:
    clinic.messenger.trouble.append(RetryIn(timedelta(seconds=3), "network"))
    await clinic.says(SAM, URGENT)
    assert alerts(clinic, DANA) == 0
    assert (await clinic.flag()).state is FlagState.RAISED
    await clinic.forward(seconds=4)
    assert alerts(clinic, DANA) == 1
    assert (await clinic.flag()).state is FlagState.DELIVERED
    assert rows(clinic.storage.url, "select max(attempts) from deliveries") == [(1,)]


@pytest.mark.parametrize("other", [SAM, ALEX])
async def test_a_second_urgent_message_rings_again_and_raises_no_second_flag(
    clinic: Clinic, other: int
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.says(other, URGENT_TOO)
    assert len(await clinic.flags()) == 1
    assert (
        say("flags.alert_again", alias=ROBINS, category="", at="", state="").splitlines()[0]
        in clinic.last(DANA).text
    )
    if other == SAM:
        assert clinic.last(SAM).text == say("holding.followup_waiting", emergency="999")
    else:
        assert say("holding.sent", who="Dana") in clinic.last(ALEX).text


async def test_guidance_begins_again_once_the_flag_is_closed(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    await clinic.says(SAM, ASKING)
    assert clinic.adviser.asked == []
    await clinic.presses(DANA, "close:1.safe_now")
    await clinic.says(SAM, ASKING)
    assert clinic.adviser.asked == [ASKING]


async def test_no_button_under_an_older_answer_brings_guidance_while_a_flag_is_open(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, NEARLY)
    offered = clinic.last(SAM)
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, URGENT)
    before = clinic.texts(SAM)
    for data in (next(iter(offered.buttons)), "more:2", "notthis:2"):
        assert await clinic.presses(SAM, data) == say("holding.paused")
    assert clinic.texts(SAM) == before
