"""What one decision costs: time and memory, in a process that does nothing else."""

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

TIMED = 150
MEGABYTE = 1024  # kilobytes, as Linux counts the memory of a process


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds for a decision, embedding included, and megabytes of the whole process.

    `load` is for how many processors the machine had work, in the minute before.
    """

    median: float
    p95: float
    long_median: float
    memory: float
    processors: int
    load: float


def measure_cost(messages: Sequence[str], long_messages: Sequence[str]) -> Cost:
    """Decide on chat messages, and on long ones, in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as alone:
        return alone.submit(_measure, list(messages), list(long_messages)).result()


def _measure(messages: list[str], long_messages: list[str]) -> Cost:
    import resource

    from bot.adapters.embeddings import Embedder
    from bot.adapters.triage import Triage

    processors, load = os.cpu_count() or 1, os.getloadavg()[0]
    triage = Triage(Embedder())
    triage.load()
    triage.judge("A first message wakes everything up.", ())
    short = sorted(_seconds(triage.judge, messages))
    long = sorted(_seconds(triage.judge, long_messages))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return Cost(_at(short, 0.5), _at(short, 0.95), _at(long, 0.5), peak, processors, load)


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
