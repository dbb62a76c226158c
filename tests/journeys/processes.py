"""The commands under test as processes of their own: started, stopped, killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.journeys.waiting import wait_for

READY = "ready "
START_PATIENCE = 500.0
"""Seconds until ready: the first start of all embeds the whole guidance, about a minute alone."""
STOP_PATIENCE = 20.0


def free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**settings: object) -> dict[str, str]:
    """The machine's variables without its own settings, and with those given here."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HELDINMIND_")}
    return inherited | {f"HELDINMIND_{k.upper()}": str(v) for k, v in settings.items()}


class Command:
    """One `heldinmind …` process; what it prints is kept in files under `folder`."""

    def __init__(self, folder: Path, *arguments: str, settings: Mapping[str, str]) -> None:
        self._name = f"{arguments[0]}-{len(list(folder.glob('*.err')))}"
        self._out, self._err = folder / f"{self._name}.out", folder / f"{self._name}.err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", *arguments],
                env=dict(settings),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        """What it has said on standard error."""
        return self._err.read_text(encoding="utf-8", errors="replace")

    def ready(self, within: float = START_PATIENCE) -> str:
        """Wait for `ready URL`; returns the address."""
        return wait_for(
            self._address,
            lambda: f"{self._name} is ready; it said:\n{self.log[-3000:]}",
            within=within,
        )

    def _address(self) -> str | None:
        said = self._out.read_text(encoding="utf-8").splitlines()
        for line in said:
            if line.startswith(READY):
                return line.removeprefix(READY)
        assert self.is_alive, f"{self._name} ended before it was ready:\n{self.log[-3000:]}"
        return None

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def stop(self) -> int:
        """SIGTERM, as an operator would; returns the exit status."""
        if self.is_alive:
            self._process.terminate()
        try:
            return self._process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing is finished."""
        self._process.kill()
        self._process.wait(STOP_PATIENCE)


def run_command(*arguments: str, settings: Mapping[str, str], within: float = 60.0) -> str:
    """Run a command to its end; returns what it printed. A failing one fails the test."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=dict(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )
    assert done.returncode == 0, f"heldinmind {' '.join(arguments)}: {done.stderr[-3000:]}"
    return done.stdout


def postmaster(data: Path) -> int | None:
    """The process id of the embedded database of a data folder, if one runs."""
    try:
        pid = int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return pid


def stop_postmaster(data: Path) -> None:
    """End the embedded database that a killed bot left behind."""
    pid = postmaster(data)
    if pid is not None:
        os.kill(pid, signal.SIGINT)
        wait_for(lambda: postmaster(data) is None, "the embedded database has stopped")
