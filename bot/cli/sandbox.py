"""`heldinmind sandbox`: the Bot API server and its page of phones, alone."""

import asyncio
import signal
import sys

import typer

from bot.sandbox.server import PortTaken, serve


def sandbox(
    port: int = typer.Option(8080, min=0, max=65535, help="Port on loopback; 0 takes a free one."),
    families: int = typer.Option(0, min=0, help="Parents to add to Sam, Dana and Noor."),
) -> None:
    """Serve a Telegram Bot API on this machine, with a page of phones to play the people."""
    try:
        asyncio.run(_until_stopped(port, families))
    except PortTaken as problem:
        print(f"{problem}; choose another with --port", file=sys.stderr)
        raise typer.Exit(1) from problem


async def _until_stopped(port: int, families: int) -> None:
    serving = asyncio.create_task(serve(port, families, _say_ready))
    loop = asyncio.get_running_loop()
    for stop in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(stop, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        return


def _say_ready(url: str) -> None:
    print(f"ready {url}", flush=True)
