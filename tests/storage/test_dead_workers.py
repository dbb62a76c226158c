"""What a dead worker had begun runs again, whatever else stands in the way."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.adapters.queue import CHAT, OUT, EagerWorker, RetryLater, RetryWhenAsked
from bot.core.deliveries import Delivery, Send
from bot.core.replies import Reply
from bot.jobs import recover_once
from bot.storage.deliveries import owe
from bot.storage.watch import read_signs
from tests.databases import Opened, rows

BEGUN = """
    insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status)
    values (%s, %s, %s, %s, '{}', 'doing') returning id
"""
STATES = "select task_name, status::text from procrastinate_jobs order by id"


@pytest.fixture
async def queue(storage: Opened) -> AsyncIterator[Opened]:
    """An empty queue."""
    rows(storage.url, "delete from procrastinate_jobs returning id")
    yield storage
    rows(storage.url, "delete from procrastinate_jobs returning id")


async def only_one_waits(opened: Opened, task: str) -> None:
    """A job of which only one may wait, and one waits."""
    deferrer = opened.queue.app.configure_task(task, queueing_lock=task, queue=OUT)
    await deferrer.defer_async()


async def test_a_job_whose_like_waits_already_keeps_no_other_from_running_again(
    queue: Opened,
) -> None:
    rows(queue.url, BEGUN, OUT, "sweep", "sweep", "sweep")
    rows(queue.url, BEGUN, CHAT, "handle", "chat:1", None)
    await only_one_waits(queue, "sweep")
    await recover_once(queue.queue)
    assert rows(queue.url, STATES) == [("handle", "todo"), ("sweep", "todo")]


async def test_a_job_that_wants_to_run_later_while_its_like_waits_is_done_with(
    queue: Opened,
) -> None:
    app = queue.queue.app
    tried: list[int] = []

    @app.task(name="sweep-again", retry=RetryWhenAsked(), queue=OUT)
    async def sweep() -> None:
        tried.append(1)
        if len(tried) == 1:
            await only_one_waits(queue, "sweep-again")
            raise RetryLater(queue.clock.now())

    await only_one_waits(queue, "sweep-again")
    await EagerWorker(
        app,
        queues=[OUT],
        wait=False,
        listen_notify=False,
        install_signal_handlers=False,
        delete_jobs="successful",
    ).run()
    assert len(tried) == 2
    assert rows(queue.url, STATES) == []


async def test_the_watchdog_sees_what_nobody_works_on_any_more(queue: Opened) -> None:
    await only_one_waits(queue, "handle")
    rows(queue.url, "update procrastinate_jobs set status = 'doing' returning id")
    began_at = queue.clock.now()
    async with queue.database.transaction() as tx:
        assert (await read_signs(tx, began_at)).overdue_jobs == 0, "it has just begun"
    rows(
        queue.url,
        "update procrastinate_events set at = now() - interval '2 minutes' returning id",
    )
    async with queue.database.transaction() as tx:
        assert (await read_signs(tx, began_at)).overdue_jobs == 1


@pytest.mark.parametrize(
    ("about", "minutes", "overdue"),
    [
        ("answer:4", 0.5, 0),
        ("answer:4", 2, 1),
        (None, 2, 1),
        ("nudge:4", 2, 0),
        ("nudge:4", 11, 1),
    ],
)
async def test_a_reply_is_overdue_after_a_minute_and_a_nudge_after_ten(
    queue: Opened, about: str | None, minutes: float, overdue: int
) -> None:
    began_at = queue.clock.now()
    key = f"overdue:{about}:{minutes}"
    async with queue.database.transaction() as tx:
        thing = Delivery(key, 1001, Send(Reply("soon")), about=about)
        await owe(tx, thing, began_at, at=began_at - timedelta(minutes=minutes))
    async with queue.database.transaction() as tx:
        assert (await read_signs(tx, began_at)).overdue_jobs == overdue


async def test_a_reply_that_waits_in_its_chats_order_is_overdue_after_a_minute(
    queue: Opened,
) -> None:
    began_at = queue.clock.now()
    async with queue.database.transaction() as tx:
        await owe(tx, Delivery("overdue:reply", 1001, Send(Reply("soon"))), began_at)
    async with queue.database.transaction() as tx:
        assert (await read_signs(tx, began_at)).overdue_jobs == 0
    past = "update procrastinate_events set at = now() - interval '61 seconds' returning id"
    rows(queue.url, past)
    async with queue.database.transaction() as tx:
        assert (await read_signs(tx, began_at)).overdue_jobs == 1
