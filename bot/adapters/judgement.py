"""Runs triage and guidance beside the event loop, and fails closed: doubt ends at a person."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

import structlog
from threadpoolctl import threadpool_limits

from bot.core.routing import Consultation
from bot.core.triage import Category, Concern, Route, Thresholds, Verdict

log = structlog.get_logger(__name__)
T = TypeVar("T")
PATIENCE = 10.0


class Judge(Protocol):
    """Triage: is anybody in danger?"""

    def judge(self, text: str, context: Sequence[str]) -> Verdict:
        """Decide on a message, its context oldest first."""


class Adviser(Protocol):
    """Guidance: is this covered?"""

    def consult(self, text: str, context: Sequence[str], *, therapist: str | None) -> Consultation:
        """Look a message up, its context oldest first; `therapist` is a name that it may use."""


def triage_failed() -> Verdict:
    """The verdict when triage could not decide: never silence, never guidance."""
    return Verdict(Concern.URGENT, Category.OTHER_DANGER, "triage_failed", (), 1.0, "", "")


class Judgement:
    """One thread that thinks, so that a burst of messages never starves the event loop."""

    def __init__(self, judge: Judge, adviser: Adviser, patience: float = PATIENCE) -> None:
        self._judge = judge
        self._adviser = adviser
        self._patience = patience
        # numpy's own threads spin for 30 ms after each product; for one message one is faster
        threadpool_limits(1, user_api="blas")
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judgement")

    @property
    def thresholds(self) -> Thresholds | None:
        """The thresholds in force, where whoever judges has any."""
        found: Thresholds | None = getattr(self._judge, "thresholds", None)
        return found

    async def judge(self, text: str, context: Sequence[str]) -> Verdict:
        """Triage's verdict; an error or `patience` seconds without one is urgent."""
        try:
            return await self._think(lambda: self._judge.judge(text, context))
        except Exception as error:  # noqa: BLE001 - whatever goes wrong here ends at a person
            log.error("triage failed", error=type(error).__name__)
            return triage_failed()

    async def consult(
        self, text: str, context: Sequence[str], therapist: str | None = None
    ) -> Consultation:
        """What the guidance has; an error passes the message to the therapist."""
        try:
            return await self._think(
                lambda: self._adviser.consult(text, context, therapist=therapist)
            )
        except Exception as error:  # noqa: BLE001 - whatever goes wrong here ends at a person
            log.error("guidance failed", error=type(error).__name__)
            return Consultation(Route.THERAPIST, "guidance_failed")

    async def _think(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await asyncio.wait_for(loop.run_in_executor(self._thread, work), self._patience)

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)
