"""Rows and jobs come into being together, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.checks import CheckState
from bot.core.deliveries import Delivery, Lane, Send
from bot.core.messages import Incoming, Words
from bot.core.replies import Reply
from bot.core.triage import Category
from bot.storage.checks import CHECK_SILENCE, add_check, find_check, open_check, settle_check
from bot.storage.database import is_out_of_reach, move_schedule
from bot.storage.deliveries import count_attempt, find_owed, mark_accepted, owe, sent_as, what_about
from bot.storage.inbox import claim_update, count_inbox, store_update, stored_update
from bot.storage.messages import add_message
from tests.databases import Opened, rows

NOW = datetime(2026, 3, 4, tzinfo=UTC)
HELLO = Send(Reply("hello"))


class Change(Exception):
    """Something goes wrong in the middle."""


def jobs(storage: Opened, task: str) -> int:
    found = rows(storage.url, "select count(*) from procrastinate_jobs where task_name = %s", task)
    return int(str(found[0][0]))


async def test_an_update_and_its_job_go_together_when_something_goes_wrong(
    storage: Opened,
) -> None:
    before = jobs(storage, "handle_update")

    async def store_and_fail() -> None:
        async with storage.database.transaction() as tx:
            assert await store_update(tx, 101, 1, "{}", NOW)
            raise Change

    with pytest.raises(Change):
        await store_and_fail()
    assert jobs(storage, "handle_update") == before
    async with storage.database.transaction() as tx:
        assert await stored_update(tx, 101) is None


async def test_an_update_that_comes_twice_is_kept_once_with_one_job(storage: Opened) -> None:
    before = jobs(storage, "handle_update")
    async with storage.database.transaction() as tx:
        assert await store_update(tx, 102, 1, "first", NOW)
    async with storage.database.transaction() as tx:
        assert not await store_update(tx, 102, 1, "second", NOW)
        assert await stored_update(tx, 102) == "first"
    assert jobs(storage, "handle_update") == before + 1


async def test_an_update_is_claimed_once(storage: Opened) -> None:
    async with storage.database.transaction() as tx:
        await store_update(tx, 103, 1, "{}", NOW)
        waiting = (await count_inbox(tx))["waiting"]
        assert await claim_update(tx, 103, "done", NOW)
        assert not await claim_update(tx, 103, "done", NOW)
        assert await stored_update(tx, 103) is None
        assert (await count_inbox(tx))["waiting"] == waiting - 1


async def test_a_claim_is_undone_when_the_work_behind_it_fails(storage: Opened) -> None:
    async with storage.database.transaction() as tx:
        await store_update(tx, 104, 1, "{}", NOW)

    async def claim_and_fail() -> None:
        async with storage.database.transaction() as tx:
            await claim_update(tx, 104, "done", NOW)
            raise Change

    with pytest.raises(Change):
        await claim_and_fail()
    async with storage.database.transaction() as tx:
        assert await stored_update(tx, 104) == "{}"


async def test_owing_twice_is_owing_once(storage: Opened) -> None:
    before = jobs(storage, "deliver")
    async with storage.database.transaction() as tx:
        await owe(tx, Delivery("twice", 1, HELLO), NOW)
        await owe(tx, Delivery("twice", 1, Send(Reply("something else"))), NOW)
    assert jobs(storage, "deliver") == before + 1
    assert rows(storage.url, "select count(*) from deliveries where key = 'twice'") == [(1,)]


async def test_flags_go_out_before_everything_else_and_in_a_lane_of_their_own(
    storage: Opened,
) -> None:
    async with storage.database.transaction() as tx:
        await owe(tx, Delivery("slow", 77, HELLO), NOW)
        await owe(tx, Delivery("fast", 77, HELLO, Lane.FLAG), NOW)
    found = rows(
        storage.url,
        "select lock from procrastinate_jobs where lock like '%%:77' order by priority desc",
    )
    assert found == [("flag:77",), ("reply:77",)]


async def test_what_was_accepted_is_found_by_its_key_and_by_telegrams_id(storage: Opened) -> None:
    async with storage.database.transaction() as tx:
        await owe(tx, Delivery("about", 8, HELLO, about="question:3"), NOW)
        (delivery_id,) = (
            await tx.connection.exec_driver_sql("select max(id) from deliveries")
        ).one()
        assert await sent_as(tx, "about") is None
        await count_attempt(tx, delivery_id, "network")
        await mark_accepted(tx, delivery_id, 900, NOW)
        assert await sent_as(tx, "about") == 900
        assert await what_about(tx, 8, 900) == "question:3"
        assert await what_about(tx, 9, 900) is None, "another chat's message of the same number"
        owed = await find_owed(tx, delivery_id)
        assert owed is not None
        assert owed.attempts == 1


async def test_a_check_is_open_until_it_is_settled_and_its_timer_stands_beside_it(
    storage: Opened,
) -> None:
    before = jobs(storage, CHECK_SILENCE)
    async with storage.database.transaction() as tx:
        incoming = Incoming(105, 44, 3, "Sam", "en", NOW, Words("is this ok"))
        message_id = await add_message(tx, incoming, None, None, None)
        check_id = await add_check(
            tx,
            message_id,
            44,
            Category.OTHER_DANGER,
            wants_person=False,
            now=NOW,
            silent_at=NOW + timedelta(minutes=10),
        )
        asked = await open_check(tx, 44)
        assert asked is not None
        assert asked.id == check_id
        await settle_check(tx, check_id, CheckState.ANSWERED_NO, NOW)
        assert await open_check(tx, 44) is None
        settled = await find_check(tx, check_id)
        assert settled is not None
        assert not settled.is_open
    assert jobs(storage, CHECK_SILENCE) == before + 1


async def test_moving_the_clock_brings_waiting_jobs_forward_once(storage: Opened) -> None:
    query = "select max(scheduled_at) from procrastinate_jobs where task_name = 'check_silence'"
    async with storage.database.transaction() as tx:
        await tx.defer(CHECK_SILENCE, lock="check:9", at=storage.clock.now(), check_id=9)
    ((before,),) = rows(storage.url, query)
    for expected in (60, 0):
        async with storage.database.transaction() as tx:
            assert await move_schedule(tx, 60) == expected
    ((after,),) = rows(storage.url, query)
    assert isinstance(before, datetime)
    assert isinstance(after, datetime)
    assert before - after == timedelta(minutes=1)


def test_a_database_that_is_away_is_told_apart_from_work_that_fails() -> None:
    assert is_out_of_reach(ConnectionRefusedError())
    assert is_out_of_reach(TimeoutError())
    assert not is_out_of_reach(ValueError("anything else"))
