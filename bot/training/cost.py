"""What one decision costs: time and memory, in a process that does nothing else."""

import multiprocessing
import os
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TIMED = 150
STATUS = Path("/proc/self/status")
MEGABYTE = 1024  # kilobytes, as Linux counts the memory of a process


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds for a decision, embedding included, and megabytes of the whole process.

    `load` is for how many processors the machine had work, in the minute before; `memory` is the
    most that the process ever held, None where the system does not say.
    """

    median: float
    p95: float
    long_median: float
    memory: float | None
    processors: int
    load: float


def measure_cost(
    messages: Sequence[str], long_messages: Sequence[str], models: Path | None = None
) -> Cost:
    """Decide on chat messages, and on long ones, in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as alone:
        return alone.submit(_measure, list(messages), list(long_messages), models).result()


def _measure(messages: list[str], long_messages: list[str], models: Path | None) -> Cost:
    from bot.adapters.embeddings import large_embedder
    from bot.adapters.triage import Triage

    processors, load = os.cpu_count() or 1, os.getloadavg()[0]
    triage = Triage(large_embedder(models))
    triage.load()
    triage.judge("A first message wakes everything up.", ())
    short = sorted(_seconds(triage.judge, messages))
    long = sorted(_seconds(triage.judge, long_messages))
    times = _at(short, 0.5), _at(short, 0.95), _at(long, 0.5)
    return Cost(*times, _most_memory(), processors, load)


def _most_memory() -> float | None:
    """Of this process alone; `getrusage` would count what it was forked from as well."""
    if not STATUS.exists():
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="utf-8"), re.MULTILINE)
    return int(found[1]) / MEGABYTE if found else None


def _seconds(judge: Callable[[str, Sequence[str]], object], messages: Sequence[str]) -> list[float]:
    took = []
    for text in messages:
        start = time.perf_counter()
        judge(text, ())
        took.append(time.perf_counter() - start)
    return took


def _at(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie, in milliseconds."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000
