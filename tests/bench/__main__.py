"""`make bench`: measure, beside a plain bot in the same run, and print one table.

    python -m tests.bench [--rounds 3] [--messages 20] [--seconds 30] [--rate 25]

Both bots are real processes, each with a sandbox of its own, and run side by side; only one is
spoken to at a time. Times are from posting a message to the acceptance of the bot's call.
"""

import argparse
import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT
from tests.bench.flags import measure_flags
from tests.bench.load import Load, out_of_order, stream
from tests.bench.phones import Phones, is_flag, is_reply_to
from tests.bench.processes import Process, cpu_seconds, megabytes, postmaster
from tests.bench.table import Row, median, p95, render
from tests.bench.texts import URGENT, ordinary, ordinary_chats

FAMILIES = 240
FIRST = 2001
STREAMING = list(range(FIRST, FIRST + 50))
IDLE = list(range(FIRST + 50, FIRST + 80))
IN_NEED = list(range(FIRST + 80, FIRST + 120))
WORK = ROOT / "build" / "bench"


@dataclass
class Measured:
    """Everything that was measured of one bot; seconds, but for memory."""

    ready: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    flags: list[float] = field(default_factory=list)
    load: Load | None = None
    memory: tuple[float, float] = (0.0, 0.0)
    cpu: float = 0.0
    """Processor seconds that the stream took."""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure speed.")
    parser.add_argument("--rounds", type=int, default=3, help="starts, and rounds of idle messages")
    parser.add_argument("--messages", type=int, default=20, help="idle messages a round")
    parser.add_argument("--seconds", type=float, default=30, help="length of the stream")
    parser.add_argument("--rate", type=float, default=25, help="messages a second in the stream")
    parser.add_argument("--flags-only", action="store_true", help="only how long flags take")
    return parser.parse_args()


class Ours:
    """Held in Mind, with the embedded database and a warm index."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self._folder = folder
        self.measured = Measured()
        self.sandbox = Process(
            folder, "sandbox", "-m", "bot", "sandbox", "--port", "0", "--families", str(FAMILIES)
        )
        self.url, _ = self.sandbox.ready()
        self.bot = self._start()

    def _start(self) -> Process:
        settings = {
            "HELDINMIND_TELEGRAM_API": self.url,
            "HELDINMIND_TELEGRAM_TOKEN": "1:bench",
            "HELDINMIND_DATA": str(self.data),
            "HELDINMIND_INDEX": str(WORK / "index"),
            "HELDINMIND_HTTP_PORT": "0",
            "HELDINMIND_LOG_LEVEL": "WARNING",
            "HELDINMIND_MESSAGES_A_MINUTE": "100000",  # a family stands for many
        }
        words = ("-m", "bot", "run", "--demo-clinic", str(FAMILIES))
        bot = Process(self._folder, "bot", *words, settings=settings)
        self.measured.ready.append(bot.ready()[1])
        return bot

    def again(self) -> None:
        """Stop and start once more."""
        self.bot.stop()
        self.bot = self._start()

    @property
    def pids(self) -> tuple[int, ...]:
        """The bot and its database."""
        return self.bot.pid, postmaster(self.data)

    def stop(self) -> None:
        """Stop everything."""
        self.bot.stop()
        self.sandbox.stop()


class Plain:
    """The plain bot."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.measured = Measured()
        self.sandbox = Process(
            folder, "sandbox", "-m", "bot", "sandbox", "--port", "0", "--families", str(FAMILIES)
        )
        self.url, _ = self.sandbox.ready()
        self.bot = self._start()

    def _start(self) -> Process:
        words = ("-m", "tests.bench.plain_bot", self.url, str(WORK / "plain"))
        bot = Process(self._folder, "bot", *words)
        self.measured.ready.append(bot.ready()[1])
        return bot

    def again(self) -> None:
        """Stop and start once more."""
        self.bot.stop()
        self.bot = self._start()

    @property
    def pids(self) -> tuple[int, ...]:
        """The bot."""
        return (self.bot.pid,)

    def stop(self) -> None:
        """Stop everything."""
        self.bot.stop()
        self.sandbox.stop()


async def _idle(phones: Phones, to: Measured, texts: Iterator[str], messages: int) -> None:
    for number in range(messages):
        await phones.quiet(0.3)
        chat_id = IDLE[number % len(IDLE)]
        sent = await phones.say(chat_id, next(texts))
        to.idle.append(await phones.seconds_until(sent, is_reply_to(chat_id)))


async def _urgent(
    phones: Phones, to: Measured, people: Iterator[int], texts: tuple[str, ...]
) -> None:
    for text in texts:
        await phones.quiet(0.3)
        sent = await phones.say(next(people), text)
        to.flags.append(await phones.seconds_until(sent, is_flag))


async def _measure(
    ours: Ours, plain: Plain, stream_texts: list[str], wanted: argparse.Namespace
) -> None:
    phones, others = Phones(ours.url), Phones(plain.url)
    people, texts, same = iter(IN_NEED), ordinary(), ordinary()
    share = len(URGENT) // wanted.rounds
    for number in range(wanted.rounds):
        _say(f"round {number + 1} of {wanted.rounds}: idle messages, then urgent ones")
        await _idle(phones, ours.measured, texts, wanted.messages)
        await _idle(others, plain.measured, same, wanted.messages)
        await _urgent(phones, ours.measured, people, URGENT[number * share : (number + 1) * share])
    _say(f"a stream of {wanted.rate:g} messages a second for {wanted.seconds:g} s, to each bot")
    await _stream(ours, phones, stream_texts, wanted)
    await _stream(plain, others, stream_texts, wanted)


async def _stream(
    bot: Ours | Plain, phones: Phones, texts: list[str], wanted: argparse.Namespace
) -> None:
    await phones.quiet()
    before = cpu_seconds(*bot.pids)
    bot.measured.load = await stream(phones, STREAMING, texts, wanted.rate)
    bot.measured.cpu = cpu_seconds(*bot.pids) - before
    bot.measured.memory = megabytes(*bot.pids)
    await phones.close()


def _say(text: str) -> None:
    print(f"… {text}", flush=True)


def _rows(ours: Measured, plain: Measured) -> list[Row]:
    assert ours.load
    assert plain.load
    ms = 1000
    of = f"stream of {len(ours.load.sent)} messages"
    return [
        Row(
            "idle message → reply, p50", median(ours.idle) * ms, median(plain.idle) * ms, 150, "ms"
        ),
        Row("idle message → reply, p95", p95(ours.idle) * ms, p95(plain.idle) * ms, 400, "ms"),
        Row("urgent message → flag, p50", median(ours.flags) * ms, None, 150, "ms"),
        Row(f"{of}: lost", ours.load.lost, plain.load.lost, 0, ""),
        Row(f"{of}: behind at its end", ours.load.behind, plain.load.behind, 1, "s"),
        Row(
            f"{of}: processor a message",
            ours.cpu / len(ours.load.sent) * ms,
            plain.cpu / len(plain.load.sent) * ms,
            None,
            "ms",
        ),
        Row("start → ready, warm index, p50", median(ours.ready), median(plain.ready), 15, "s"),
        Row("memory, bot and database", ours.memory[0], plain.memory[0], 1200, "MB"),
    ]


def _report(ours: Ours, plain: Plain) -> None:
    mine, theirs = ours.measured, plain.measured
    assert mine.load
    assert theirs.load
    looked_at, wrong = out_of_order(ours.data, mine.load.sent)
    print()
    print(render(_rows(mine, theirs)))
    print()
    for name, load in (("Held in Mind", mine.load), ("plain bot", theirs.load)):
        print(
            f"stream, {name}: {len(load.sent)} sent, {load.lost} lost; "
            f"p50 {median(load.seconds) * 1000:.0f} ms, p95 {p95(load.seconds) * 1000:.0f} ms"
        )
    print(f"order: {looked_at} answers looked at, {wrong} chats out of order")
    print(f"urgent → flag p95 {p95(mine.flags) * 1000:.0f} ms over {len(mine.flags)} messages")
    print(f"memory with shared pages counted for each process: {mine.memory[1]:.0f} MB")
    print(
        f"starts: {', '.join(f'{one:.1f}' for one in mine.ready)} s (the first makes the database)"
    )


def main() -> None:
    """Measure and print."""
    wanted = _options()
    shutil.rmtree(WORK / "run", ignore_errors=True)
    print(f"{os.cpu_count()} cores; load average before: {os.getloadavg()[0]:.1f}")
    _say("starting both bots (the first time of all, both indexes are made)")
    Process(WORK / "run", "warm", *["-m", "bot", "guidance", "index"], settings=_warm()).wait()
    if not wanted.flags_only:
        Plain(WORK / "run" / "warm").stop()
    messages = round(wanted.rate * wanted.seconds)
    _say(f"choosing {messages} ordinary messages for the stream, by the bot's own dry run")
    stream_texts = ordinary_chats(len(STREAMING), messages, _warm())
    if wanted.flags_only:
        _flags_only(stream_texts, wanted)
        return
    ours, plain = Ours(WORK / "run" / "ours"), Plain(WORK / "run" / "plain")
    try:
        for _ in range(wanted.rounds - 1):
            ours.again()
            plain.again()
        before = os.getloadavg()[0]
        asyncio.run(_measure(ours, plain, stream_texts, wanted))
        _report(ours, plain)
        print(render(_flags(ours, stream_texts, wanted)))
        print(
            f"load average when measuring began: {before:.1f}, at the end: {os.getloadavg()[0]:.1f}"
        )
    finally:
        ours.stop()
        plain.stop()


def _flags(ours: Ours, texts: list[str], wanted: argparse.Namespace) -> list[Row]:
    _say("flags: idle, in a stream, in a broadcast to 2,000 with a storm of 429")
    return asyncio.run(
        measure_flags(ours.url, ours.data, FAMILIES, FIRST, texts, wanted.rate)
    ).rows()


def _flags_only(texts: list[str], wanted: argparse.Namespace) -> None:
    ours = Ours(WORK / "run" / "ours")
    before = os.getloadavg()[0]
    try:
        print(render(_flags(ours, texts, wanted)))
    finally:
        ours.stop()
    print(f"load average when measuring began: {before:.1f}, at the end: {os.getloadavg()[0]:.1f}")


def _warm() -> dict[str, str]:
    return {"HELDINMIND_INDEX": str(WORK / "index")}


if __name__ == "__main__":
    main()
