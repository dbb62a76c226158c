"""`heldinmind demo`: phones, bot, embedded parts and a small clinic, in one command."""

import asyncio
import shutil
import socket
import tempfile
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr

from bot.adapters.content_in_use import content_in_use, pinned_folder
from bot.app import set_up_logging
from bot.cli.shared import (
    clear_errors,
    progress_bar,
    run_until_stopped,
    say_ready,
    settings_or_exit,
)
from bot.core.consent import terms, with_model
from bot.demo_clinic import CONSENT, fill
from bot.running import run_bot
from bot.sandbox.server import PortTaken, serve
from bot.settings import ClockKind, Environment, Settings

Extra = Mapping[str, Any]
LOOPBACK = "127.0.0.1"
_APART: dict[str, Any] = {
    "environment": Environment.DEVELOPMENT,
    "database_url": None,
    "database_url_file": None,
    "chroma_url": None,
    "key": None,
    "key_file": None,
    "telegram_token": SecretStr("1:sandbox"),
    "webhook_url": None,
    "clinic_alarm_urls": (),
    "clinic_alarm_urls_file": None,
    "chat_model": None,
    "chat_key": None,
    "chat_key_file": None,
    "clock": ClockKind.SANDBOX,
    "http_host": LOOPBACK,
    "country": "GB",
}


def demo(
    port: int = typer.Option(8080, min=0, max=65535, help="Port of the page; 0: a free one."),
    browser: bool = typer.Option(True, help="Open the page in a browser."),
    data: Path | None = typer.Option(None, help="Keep the demo's database here."),
    families: int = typer.Option(0, min=0, help="Further families of the same therapist."),
) -> None:
    """Try everything on this machine, with no token and no phone.

    Opens a page with phones side by side: ask something as Sam, write something urgent, and take
    the flag as Dana. What you do in the demo is gone when it ends, unless you give --data.
    """
    run_demo(port, browser, data, families, {})


def run_demo(port: int, browser: bool, data: Path | None, families: int, extra: Extra) -> None:
    """Run it until it is stopped; `extra` are settings that this demo has beside its own."""
    folder = data or Path(tempfile.mkdtemp(prefix="held-in-mind-demo-"))
    try:
        run_until_stopped(lambda: _demo(port, browser, folder, families, extra))
    finally:
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)


async def _demo(port: int, browser: bool, folder: Path, families: int, extra: Extra) -> None:
    served: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    server = asyncio.ensure_future(serve(port, families, served.set_result))
    while not served.done():
        if server.done():
            await _explain(server)
        await asyncio.sleep(0.01)
    url = served.result()
    settings = _settings(url, folder, extra)
    set_up_logging("ERROR")

    def ready(_health: str) -> None:
        say_ready(url)
        if browser:
            webbrowser.open(url)

    try:
        with progress_bar("Indexing the guidance") as progress:
            await run_bot(
                settings,
                on_ready=ready,
                progress=progress,
                prepare=lambda storage: fill(storage, families, _consent(settings)),
            )
    finally:
        server.cancel()
        await asyncio.gather(server, return_exceptions=True)


async def _explain(server: "asyncio.Future[None]") -> None:
    try:
        await server
    except PortTaken as problem:
        typer.echo(f"{problem}; choose another with --port", err=True)
        raise typer.Exit(1) from problem


def _settings(url: str, folder: Path, extra: Extra) -> Settings:
    """The clinic's settings, but for a demo's own: no real database, key or bot is touched."""
    usual = settings_or_exit()
    with clear_errors():
        release = pinned_folder(usual)
    door = _free_port()
    own = {
        "data": folder,
        "http_port": door,
        "console_url": f"http://{LOOPBACK}:{door}",
        "telegram_api": url,
        "index": usual.index_folder,
        "release": str(release.resolve()) if release else None,
    }
    return usual.model_copy(update=_APART | own | dict(extra))


def _free_port() -> int:
    """A port of this machine for the console: its address has to be known before it is served."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


def _consent(settings: Settings) -> str:
    """What everybody in the demo has agreed to: its model too, where it has one."""
    if settings.chat_model is None:
        return CONSENT
    version = content_in_use(settings).phrases().say("wording.consent_version")
    return with_model(CONSENT, terms(version, settings.chat_model))
