"""The processes that are measured: a sandbox, and a bot that is pointed at it."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

READY = "ready "
PATIENCE = 600.0


class Process:
    """A Python process; what it says on standard error is kept in a file."""

    def __init__(
        self, folder: Path, name: str, *arguments: str, settings: Mapping[str, str] | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        inherited = os.environ.items()
        own = {key: value for key, value in inherited if not key.startswith("HELDINMIND_")}
        self._name, self._log = name, folder / f"{name}.log"
        self._started = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, *arguments],
                env=own | dict(settings or {}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def ready(self) -> tuple[str, float]:
        """Wait for its `ready URL`; returns the address, and seconds since it was started."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(READY):
                return line.removeprefix(READY).strip(), time.perf_counter() - self._started
        raise SystemExit(
            f"{self._name} ended before it was ready:\n{self._log.read_text()[-3000:]}"
        )

    def wait(self) -> None:
        """Wait for it to end by itself."""
        self._process.communicate(timeout=PATIENCE)

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        self._process.terminate()
        self._process.wait(30)


def _family(pids: tuple[int, ...]) -> list[psutil.Process]:
    found = {pid: psutil.Process(pid) for pid in pids}
    for one in list(found.values()):
        found |= {child.pid: child for child in one.children(recursive=True)}
    return list(found.values())


def megabytes(*pids: int) -> tuple[float, float]:
    """Resident memory of processes and their children: shared pages once, and each time."""
    infos = [one.memory_full_info() for one in _family(pids)]
    return sum(info.pss for info in infos) / 1e6, sum(info.rss for info in infos) / 1e6


def cpu_seconds(*pids: int) -> float:
    """Processor time that processes and their children have used so far."""
    times = [one.cpu_times() for one in _family(pids)]
    return float(sum(one.user + one.system for one in times))


def postmaster(data: Path) -> int:
    """The process id of the embedded database of a data folder."""
    return int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
