"""A nudge that waits for Telegram is looked at again before it goes out."""

from datetime import timedelta

import pytest

from bot.flows.send_nudges import send_nudges
from tests.databases import rows
from tests.flows.clinic import ROBINS, SAM, Clinic
from tests.flows.practising import live, nudges, practises, taps
from tests.flows.script import WORRYING

FLAG_BEFORE_IT_IS_SENT = """
    insert into flags (chat_id, family_id, alias, country, category, reason, state, raised_at,
                       next_rung, therapist_id)
    values (1001, 1, %s, 'GB', 'other_danger', 'model', 'acknowledged', now(), 1, 1)
"""


async def test_a_nudge_that_is_owed_when_a_flag_comes_is_withheld(clinic: Clinic) -> None:
    await practises(clinic)
    clinic.services.clock.offset += timedelta(hours=6)
    assert await send_nudges(clinic.services) == 1
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql(FLAG_BEFORE_IT_IS_SENT, (tx.seal(ROBINS),))
    await clinic.settle()
    assert nudges(clinic) == []
    assert rows(clinic.storage.url, "select withheld from nudges") == [("flag",)]


async def owes_a_nudge(clinic: Clinic) -> None:
    """It is six, and a nudge is on its way, but not sent yet."""
    await practises(clinic)
    clinic.services.clock.offset += timedelta(hours=6)
    assert await send_nudges(clinic.services) == 1


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        ("update rhythms set paused_until = '2026-03-05'", "paused"),
        ("update rhythms set quiet_begins = '17:30'", "quiet"),
        ("update practice_plans set state = 'paused'", "no plan"),
        ("update plan_times set days = 0", "no plan"),
        ("update plan_times set rests_since = now()", "no plan"),
        ("update rhythms set stopped_at = now()", "stopped"),
        ("insert into holidays values ('2026-03-02', 'A feast')", "holiday"),
        ("update nudges set send_until = now() - interval '1 year'", "too late"),
    ],
)
async def test_a_nudge_on_its_way_is_held_back_by_whatever_came_in_between(
    clinic: Clinic, meanwhile: str, why: str
) -> None:
    await owes_a_nudge(clinic)
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql(meanwhile)
    await clinic.settle()
    assert nudges(clinic) == []
    assert rows(clinic.storage.url, "select withheld from nudges") == [(why,)]


async def test_what_a_check_held_back_on_its_way_comes_the_same_day_once_it_is_answered(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, WORRYING)
    await taps(clinic, "No")
    await owes_a_nudge(clinic)
    ended = rows(clinic.storage.url, "select settled_at from checks")[0]
    rows(clinic.storage.url, "update checks set settled_at = null returning id")
    await clinic.settle()
    assert rows(clinic.storage.url, "select withheld from nudges") == [("check",)]
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql("update checks set settled_at = %s", ended)
    await live(clinic, minutes=12, looks_every=6)
    assert len(nudges(clinic)) == 1
    await live(clinic, hours=3)
    assert len(nudges(clinic)) == 1
    assert rows(clinic.storage.url, "select withheld from nudges") == [(None,)]
