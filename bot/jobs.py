"""The queue's door: each job calls one flow; whatever a flow raises ends at a person."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from procrastinate import JobContext

from bot.adapters.clock import machine_time
from bot.adapters.messenger import TelegramMessenger
from bot.adapters.queue import (
    CHAT,
    FLAGS,
    NOTICES,
    OUT,
    WORDS,
    EagerWorker,
    Queue,
    RetryLater,
    RetryWhenAsked,
    give_back,
)
from bot.chat.giving_up import give_up
from bot.chat.handlers import handle_update
from bot.core.deliveries import backoff
from bot.flows.ask_again_for_days import ask_again_for_days
from bot.flows.check_readiness import look_at_readiness, prove_reachability
from bot.flows.climb_ladder import climb_ladder
from bot.flows.deliver import Unrecorded, deliver
from bot.flows.pass_on_waiting import pass_on_waiting
from bot.flows.prepare_sessions import prepare_sessions
from bot.flows.remind_of_questions import remind_of_questions
from bot.flows.send_notice import send_notice
from bot.flows.send_nudges import send_nudges
from bot.flows.services import Services
from bot.flows.settle_check import end_silence
from bot.flows.steps.reaching import WATCH_ALERT
from bot.flows.watch_alert import watch_alert
from bot.flows.watch_holder import watch_holder
from bot.flows.watch_unclosed import watch_unclosed
from bot.flows.word_answer import send_as_it_is, word_answer
from bot.jobs_people import register_people
from bot.storage.checks import CHECK_SILENCE
from bot.storage.database import is_out_of_reach
from bot.storage.deliveries import DELIVER
from bot.storage.duty import CHECK_READINESS
from bot.storage.flags import CLIMB_LADDER
from bot.storage.holds import WATCH_HOLDER, WATCH_UNCLOSED
from bot.storage.inbox import HANDLE_UPDATE
from bot.storage.notices import SEND_NOTICE
from bot.storage.nudges import SEND_NUDGES
from bot.storage.wordings import SEND_AS_IT_IS, WORD_ANSWER

log = structlog.get_logger(__name__)

TRIES = 3
EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "40 2 * * *"
PROVE_READINESS = "prove_readiness"
POLL_SECONDS = 0.5
HEARTBEAT_SECONDS = 2.0
DEAD_AFTER_SECONDS = 10.0
FINISH_SECONDS = 10.0
OUT_CONCURRENCY = 16
NOTICE_CONCURRENCY = 8
WORDS_CONCURRENCY = 8
FORGET_DEAD_AFTER_SECONDS = 3600.0


class PoisonError(Exception):
    """A job has failed as often as it may."""


def register(queue: Queue, s: Services, messenger: TelegramMessenger) -> None:
    """Make the jobs known to the queue's application."""
    task = queue.app.task
    unrecorded: Unrecorded = {}
    _register_readiness(queue, s)
    _register_holds(queue, s)
    _register_words(queue, s, messenger)
    register_people(queue, s, messenger, _patiently)

    @task(name=HANDLE_UPDATE, pass_context=True, retry=RetryWhenAsked())
    async def _handle_update(context: JobContext, update_id: int) -> None:
        try:
            await _patiently(context, lambda: handle_update(s, messenger, update_id), TRIES)
        except PoisonError:
            chat_id = int((context.job.lock or "chat:0").partition(":")[2])
            await _patiently(context, lambda: give_up(s, messenger, update_id, chat_id))

    @task(name=DELIVER, pass_context=True, retry=RetryWhenAsked())
    async def _deliver(context: JobContext, delivery_id: int) -> None:
        await _patiently(context, lambda: _deliver_once(s, messenger, delivery_id, unrecorded))

    @task(name=CLIMB_LADDER, pass_context=True, retry=RetryWhenAsked())
    async def _climb_ladder(context: JobContext, flag_id: int, rung: int) -> None:
        await _patiently(context, lambda: climb_ladder(s, flag_id, rung))

    @queue.app.periodic(cron=EVERY_MINUTE)
    @task(
        name=SEND_NUDGES,
        queue=OUT,
        lock=SEND_NUDGES,
        queueing_lock=SEND_NUDGES,
        pass_context=True,
        retry=RetryWhenAsked(),
    )
    async def _send_nudges(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
        async def sweep() -> None:
            await send_nudges(s)
            await ask_again_for_days(s)
            await prepare_sessions(s)
            await pass_on_waiting(s)
            await remind_of_questions(s)

        await _patiently(context, sweep)

    @task(name=CHECK_SILENCE, pass_context=True, retry=RetryWhenAsked())
    async def _check_silence(context: JobContext, check_id: int) -> None:
        await _patiently(context, lambda: end_silence(s, check_id))

    @task(name=WATCH_ALERT, pass_context=True, retry=RetryWhenAsked())
    async def _watch_alert(context: JobContext, flag_id: int, rung: int, staff_id: int) -> None:
        await _patiently(context, lambda: watch_alert(s, flag_id, rung, staff_id))

    @task(name=SEND_NOTICE, pass_context=True, retry=RetryWhenAsked())
    async def _send_notice(context: JobContext, notice_id: int) -> None:
        await _patiently(context, lambda: _send_notice_once(s, notice_id))


def _register_holds(queue: Queue, s: Services) -> None:
    task = queue.app.task

    @task(name=WATCH_HOLDER, pass_context=True, retry=RetryWhenAsked())
    async def _watch_holder(context: JobContext, flag_id: int, hold: int) -> None:
        await _patiently(context, lambda: watch_holder(s, flag_id, hold))

    @task(name=WATCH_UNCLOSED, pass_context=True, retry=RetryWhenAsked())
    async def _watch_unclosed(context: JobContext, flag_id: int, times: int) -> None:
        await _patiently(context, lambda: watch_unclosed(s, flag_id, times))


def _register_words(queue: Queue, s: Services, messenger: TelegramMessenger) -> None:
    task = queue.app.task

    @task(name=WORD_ANSWER, pass_context=True, retry=RetryWhenAsked())
    async def _word_answer(context: JobContext, answer_id: int) -> None:
        await _patiently(context, lambda: word_answer(s, messenger, answer_id))

    @task(name=SEND_AS_IT_IS, pass_context=True, retry=RetryWhenAsked())
    async def _send_as_it_is(context: JobContext, answer_id: int) -> None:
        await _patiently(context, lambda: _send_as_it_is_once(s, answer_id))


def _register_readiness(queue: Queue, s: Services) -> None:
    task = queue.app.task

    @task(name=CHECK_READINESS, pass_context=True, retry=RetryWhenAsked())
    async def _check_readiness(context: JobContext) -> None:
        await _patiently(context, lambda: _look_at_readiness(s))

    @queue.app.periodic(cron=EVERY_NIGHT)
    @task(name=PROVE_READINESS, queue=OUT, pass_context=True, retry=RetryWhenAsked())
    async def _prove_readiness(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
        await _patiently(context, lambda: _prove_then_look(s))


async def _look_at_readiness(s: Services) -> None:
    await look_at_readiness(s)
    await pass_on_waiting(s)


async def _prove_then_look(s: Services) -> None:
    await prove_reachability(s)
    await _look_at_readiness(s)


async def _send_as_it_is_once(s: Services, answer_id: int) -> None:
    retry_at = await send_as_it_is(s, answer_id)
    if retry_at is not None:
        raise RetryLater(s.clock.to_machine_time(retry_at))


async def _send_notice_once(s: Services, notice_id: int) -> None:
    retry_at = await send_notice(s, notice_id)
    if retry_at is not None:
        raise RetryLater(s.clock.to_machine_time(retry_at))


async def _deliver_once(
    s: Services, messenger: TelegramMessenger, delivery_id: int, unrecorded: Unrecorded
) -> None:
    done = await deliver(s, messenger, delivery_id, unrecorded)
    if done.retry_at is not None:
        raise RetryLater(s.clock.to_machine_time(done.retry_at))


async def _patiently(
    context: JobContext, work: Callable[[], Awaitable[None]], tries: int | None = None
) -> None:
    """Run a job; run it again after any failure, for ever or `tries` times.

    A database that is away is no failure of the job: that is waited for.
    """
    try:
        await work()
    except (RetryLater, asyncio.CancelledError):
        raise
    except Exception as error:
        attempts = context.job.attempts
        away = is_out_of_reach(error)
        log.exception("a job failed", job=context.job.task_name, id=context.job.id, away=away)
        if tries is not None and attempts + 1 >= tries and not away:
            raise PoisonError from error
        raise RetryLater(machine_time() + backoff(attempts)) from error


async def work(queue: Queue, concurrency: int) -> None:
    """Work on jobs until cancelled; flags wait behind nothing else, however much there is."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_keep_working(queue, CHAT, concurrency))
        tasks.create_task(_keep_working(queue, OUT, OUT_CONCURRENCY))
        tasks.create_task(_keep_working(queue, FLAGS, OUT_CONCURRENCY))
        tasks.create_task(_keep_working(queue, NOTICES, NOTICE_CONCURRENCY))
        tasks.create_task(_keep_working(queue, WORDS, WORDS_CONCURRENCY))
        tasks.create_task(_recover(queue))


async def _keep_working(queue: Queue, name: str, concurrency: int) -> None:
    while True:
        try:
            await EagerWorker(
                queue.app,
                queues=[name],
                name=name,
                concurrency=concurrency,
                fetch_job_polling_interval=POLL_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=DEAD_AFTER_SECONDS,
                shutdown_graceful_timeout=FINISH_SECONDS,
                delete_jobs="successful",
                install_signal_handlers=False,
            ).run()
        except Exception as error:  # noqa: BLE001 - a worker that fell over is set up again
            log.error("a worker stopped, and starts again", queue=name, error=type(error).__name__)
        await asyncio.sleep(1)


async def _recover(queue: Queue) -> None:
    while True:
        try:
            await recover_once(queue)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round tries
            log.error("looking for dead workers failed", error=type(error).__name__)
        await asyncio.sleep(timedelta(seconds=HEARTBEAT_SECONDS).total_seconds())


async def recover_once(queue: Queue) -> None:
    """Give the jobs of workers that died to those that live; one that cannot be is no reason to
    keep the others waiting."""
    manager = queue.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        log.warning("a job of a dead worker runs again", id=job.id, job=job.task_name)
        try:
            await give_back(queue.app, job)
        except Exception as error:  # noqa: BLE001 - the next round tries it again
            log.error("a job was not given back", id=job.id, error=type(error).__name__)
    await manager.prune_stalled_workers(FORGET_DEAD_AFTER_SECONDS)
