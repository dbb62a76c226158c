"""How long until Telegram has accepted an alert: idle, in a stream, in a broadcast's storm."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.load import stream
from tests.bench.phones import DANA, Phones, Sent, accepted_at
from tests.bench.table import Row, median, p99
from tests.bench.texts import URGENT
from tests.journeys.broadcast import owe_many

EACH = 40
APART_S = 0.7
PATIENCE_S = 300.0
BROADCAST = 2000
STORM = {"method": "sendMessage", "status": 429, "retry_after": 2, "count": 40}
STORM_EVERY = 10


@dataclass
class FlagTimes:
    """Seconds from posting an urgent message to the acceptance of its alert; one that has not come
    within `PATIENCE_S` counts as that."""

    idle: list[float] = field(default_factory=list)
    stream: list[float] = field(default_factory=list)
    storm: list[float] = field(default_factory=list)

    def rows(self) -> list[Row]:
        """p50 and p99 of each, in milliseconds, with the goals."""
        found = []
        for name, seconds, goal in (
            ("idle", self.idle, 1000),
            ("under 25 messages/s", self.stream, None),
            ("in a broadcast with a 429 storm", self.storm, 10_000),
        ):
            row = f"flag accepted, {name}"
            found.append(Row(f"{row}, p50", median(seconds) * 1000, None, None, "ms"))
            found.append(Row(f"{row}, p99", p99(seconds) * 1000, None, goal, "ms"))
        return found


async def measure_flags(
    url: str, data: Path, families: int, first: int, texts: Sequence[str], rate: float
) -> FlagTimes:
    """Raise `EACH` flags in each of the three, by families who have not written before.

    `first` is the chat of the first of the `families`; the last three times `EACH` are taken.
    """
    people = [first + number for number in range(families)]
    afraid, asking = people[-3 * EACH :], people[:50]
    times = FlagTimes()
    phones, others = Phones(url), Phones(url)
    await phones.quiet()
    times.idle = await _raise(phones, first, afraid[:EACH])
    await phones.quiet()
    streaming = asyncio.create_task(stream(others, asking, list(texts), rate))
    await asyncio.sleep(2)
    times.stream = await _raise(phones, first, afraid[EACH : 2 * EACH])
    await streaming
    await phones.quiet()
    await owe_many(data, families, BROADCAST, f"bench-{time.time():.0f}")
    await asyncio.sleep(2)
    times.storm = await _raise(phones, first, afraid[2 * EACH :], storm=True)
    await phones.forget_faults()
    await phones.close()
    await others.close()
    return times


async def _raise(
    phones: Phones, first: int, people: Sequence[int], *, storm: bool = False
) -> list[float]:
    await phones.calls()
    sent: dict[str, Sent] = {}
    for number, chat_id in enumerate(people):
        if storm and number % STORM_EVERY == 0:
            await phones.strike(STORM)
        alias = f"Family {chat_id - first + 1}"
        sent[alias] = await phones.say(chat_id, URGENT[number % len(URGENT)])
        await asyncio.sleep(APART_S)
    return await _accepted(phones, sent)


async def _accepted(phones: Phones, sent: dict[str, Sent]) -> list[float]:
    seconds: dict[str, float] = {}
    deadline = time.time() + PATIENCE_S
    while len(seconds) < len(sent) and time.time() < deadline:
        for call in await phones.calls():
            said = call["parameters"]
            if call["method"] != "sendMessage" or call["status"] != 200:
                continue
            alias = _alias(str(said["text"])) if int(said["chat_id"]) == DANA else ""
            if alias in sent and alias not in seconds:
                seconds[alias] = accepted_at(call) - sent[alias].at
        await asyncio.sleep(0.1)
    missing = [PATIENCE_S] * (len(sent) - len(seconds))
    return [*seconds.values(), *missing]


def _alias(text: str) -> str:
    """Whose flag an alert is about: the first line is `URGENT: Family 12`, in bold."""
    line = text.splitlines()[0] if text else ""
    return line.partition("URGENT: ")[2].partition("<")[0].strip()
