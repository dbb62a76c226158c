"""Judgement runs beside the event loop, and fails closed."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from bot.adapters.judgement import Judgement, triage_failed
from bot.core.routing import Consultation
from bot.core.triage import Concern, Route, Verdict

CALM = Verdict(Concern.NONE, None, "clear", (), 0.0, "en", "test")
FOUND = Consultation(Route.NOT_COVERED, "nothing_close")


class Thinking:
    """Thinks for some seconds, and may fail."""

    def __init__(self, seconds: float = 0, fails: Exception | None = None) -> None:
        self._seconds = seconds
        self._fails = fails

    def _think(self) -> None:
        time.sleep(self._seconds)
        if self._fails:
            raise self._fails

    def judge(self, text: str, context: Sequence[str]) -> Verdict:
        """A calm verdict, if there is any."""
        self._think()
        return CALM

    def consult(self, text: str, context: Sequence[str], *, therapist: str | None) -> Consultation:
        """Nothing close, if there is any answer."""
        self._think()
        return FOUND


@contextmanager
def thinking(seconds: float = 0, fails: Exception | None = None) -> Iterator[Judgement]:
    mind = Thinking(seconds, fails)
    judgement = Judgement(mind, mind, patience=0.2)
    yield judgement
    judgement.close()


async def test_what_was_thought_comes_back() -> None:
    with thinking() as judgement:
        assert await judgement.judge("hello", ()) == CALM
        assert await judgement.consult("hello", ()) == FOUND


@pytest.mark.parametrize("error", [RuntimeError("x"), MemoryError(), KeyError("x")])
async def test_an_error_in_triage_is_urgent_and_one_in_guidance_goes_to_the_therapist(
    error: Exception,
) -> None:
    with thinking(fails=error) as judgement:
        assert await judgement.judge("hello", ()) == triage_failed()
        assert (await judgement.consult("hello", ())).route is Route.THERAPIST


async def test_a_mind_that_takes_too_long_is_not_waited_for() -> None:
    with thinking(seconds=0.5) as judgement:
        started = time.monotonic()
        assert (await judgement.judge("hello", ())).concern is Concern.URGENT
        assert time.monotonic() - started < 0.45


async def test_the_event_loop_goes_on_while_it_thinks() -> None:
    with thinking(seconds=0.15) as judgement:
        judging = asyncio.create_task(judgement.judge("hello", ()))
        turns = 0
        while not judging.done():
            await asyncio.sleep(0.005)
            turns += 1
        assert judging.result() == CALM
        assert turns > 5
