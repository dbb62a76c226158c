"""What several commands share: settings or a clear line, and stopping cleanly."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import typer
import uvloop
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.adapters.clock import machine_time
from bot.errors import HeldInMindError
from bot.settings import Settings, load_settings
from bot.settings_names import unknown_variables


@contextmanager
def clear_errors() -> Iterator[None]:
    """Errors that a person can act on become their message, and exit status 1."""
    try:
        yield
    except (HeldInMindError, ExceptionGroup) as error:
        known = _known(error)
        if known is None:
            raise
        print(known, file=sys.stderr)
        raise typer.Exit(1) from None


def _known(error: BaseException) -> HeldInMindError | None:
    """The error to show, also from within a group of tasks."""
    if isinstance(error, ExceptionGroup):
        return next((found for one in error.exceptions if (found := _known(one))), None)
    return error if isinstance(error, HeldInMindError) else None


def settings_or_exit(**overrides: Any) -> Settings:
    """The settings; a wrong one is named and ends the command."""
    with clear_errors():
        return load_settings(**{k: v for k, v in overrides.items() if v is not None})


def warn_of_unknown_variables() -> None:
    """Say on standard error which variables with our prefix are no settings."""
    for line in unknown_variables():
        print(f"warning: {line}", file=sys.stderr)


def run_until_stopped(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run until it ends, or until SIGTERM or Ctrl-C, which are no errors."""

    async def stoppable() -> None:
        running = asyncio.ensure_future(main())
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(stop, running.cancel)
        try:
            await running
        except asyncio.CancelledError:
            return

    with clear_errors(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(stoppable())


def today() -> date:
    """The day it is here."""
    return machine_time().astimezone().date()


def say_ready(url: str) -> None:
    """The line that others wait for."""
    print(f"ready {url}", flush=True)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for long work; only while there is work, and only in a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    bar = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
    task = bar.add_task(what, total=None)

    def show(done: int, total: int) -> None:
        if console.is_terminal:
            bar.start()
        bar.update(task, completed=done, total=total)
        if done >= total:
            _end(bar)

    try:
        yield show
    finally:
        _end(bar)


def _end(bar: Progress) -> None:
    if bar.live.is_started:
        bar.stop()
