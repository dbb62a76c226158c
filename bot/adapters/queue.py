"""The job queue: Procrastinate on the same PostgreSQL, so a row and its job commit together."""

import asyncio
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued, JobAborted, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.worker import Worker

from bot.adapters.clock import Clock, machine_time

CHAT = "chat"
OUT = "out"
FLAGS = "flags"
NOTICES = "notices"
WORDS = "words"
QUEUES = (CHAT, OUT, FLAGS, NOTICES, WORDS)
"""Incoming messages; ordinary sending; flags, which wait behind neither; the second channel, where
a mail server that hangs must hold up no flag in Telegram; and language models, which are slow."""

URGENT = 20
FLAG = 10
ORDINARY = 0


class RetryLater(Exception):
    """This job should run again, at `at` (machine time); it is not a failure."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"again at {at.isoformat()}")
        self.at = at


class RetryWhenAsked(BaseRetryStrategy):
    """Runs a job again when it raised `RetryLater`, under the same id, so that order is kept.

    A job that was cut off, because its worker had to stop, runs again as well: what nobody has
    finished is never given up.
    """

    def get_retry_decision(
        self,
        *,
        exception: BaseException,
        job: Any,  # noqa: ARG002 - the name is Procrastinate's
    ) -> RetryDecision | None:
        if isinstance(exception, RetryLater):
            return RetryDecision(retry_at=exception.at)
        if isinstance(exception, asyncio.CancelledError | JobAborted):
            return RetryDecision(retry_at=machine_time())
        return None


class EagerWorker(Worker):
    """Looks for work again as soon as a job has ended, and stops when it has lost the database.

    Procrastinate rings for new jobs only: what waits for a lock would wait for the next poll. And
    it stops watching its listener once another side task has ended well, so a worker that had
    lost its connection would go on without being told of anything. One that stops is set up anew.
    """

    async def _persist_job_status(self, job: Any, *outcome: Any, **named: Any) -> None:
        try:
            await super()._persist_job_status(job, *outcome, **named)
        except UniqueViolation:
            await _is_replaced(self.app, job)
        self._new_job_event.set()

    async def _monitor_side_tasks(self, side_tasks: list[asyncio.Task[Any]]) -> None:
        done, _ = await asyncio.wait(side_tasks, return_when=asyncio.FIRST_EXCEPTION)
        if any(not task.cancelled() and task.exception() for task in done):
            self.stop()  # type: ignore[no-untyped-call]

    async def run(self) -> None:
        """Work until cancelled."""
        await super().run()  # type: ignore[no-untyped-call]


async def give_back(app: procrastinate.App, job: Any) -> None:
    """Let a job of a dead worker run again."""
    try:
        await app.job_manager.retry_job(job, retry_at=machine_time())
    except UniqueViolation:
        await _is_replaced(app, job)


async def _is_replaced(app: procrastinate.App, job: Any) -> None:
    """Of some jobs only one may wait; where one does, another of its kind is done with."""
    await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


class Queue:
    """Defers jobs, on the connection of the transaction that they belong to."""

    def __init__(self, conninfo: str, clock: Clock) -> None:
        connector = procrastinate.PsycopgConnector(conninfo=conninfo, min_size=3, max_size=12)
        self.app = procrastinate.App(connector=connector)
        self._clock = clock

    def now(self) -> datetime:
        """This moment, by the clock that jobs are deferred by."""
        return self._clock.now()

    async def defer(
        self,
        connection: Any,
        task: str,
        *,
        lock: str | None,
        queue: str = OUT,
        priority: int = ORDINARY,
        at: datetime | None = None,
        once: str | None = None,
        **arguments: int,
    ) -> None:
        """Put a job into the queue; it exists when `connection`'s transaction commits.

        `at` is by the clock; `once` names a job of which only one may wait.
        """
        deferrer = self.app.configure_task(
            task,
            lock=lock,
            queueing_lock=once,
            queue=queue,
            priority=priority,
            schedule_at=self._clock.to_machine_time(at) if at else None,
            connection=connection,
        )
        try:
            await deferrer.defer_async(**arguments)
        except AlreadyEnqueued:  # pragma: no cover - `once` jobs are deferred under a row lock
            return
