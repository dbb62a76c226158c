"""`heldinmind demo-llm`: the demo, with a language model on this machine that rewords answers."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import platformdirs
import typer

from bot.adapters.local_models import (
    LARGER,
    SMALL_NAME,
    fetched_model,
    is_there,
    small_model,
)
from bot.cli.demo import Extra, run_demo
from bot.cli.shared import clear_errors, progress_bar
from bot.errors import ModelError
from bot.settings_chat import ChatMode

SECONDS = 180.0  # a small machine reads a prompt for longer than a clinic would wait
NEEDED = ("xllamacpp", "langchain_openai")
READY = "ready "


class Which(StrEnum):
    """Which model is tried."""

    SMALL = "small"
    LARGER = "larger"


def demo_llm(
    model: Which = typer.Option(
        Which.SMALL, help="'small' is often wrong; 'larger' is fetched first, if you agree."
    ),
    yes: bool = typer.Option(False, "--yes", help="Fetch the larger one without being asked."),
    port: int = typer.Option(8080, min=0, max=65535, help="Port of the page; 0: a free one."),
    browser: bool = typer.Option(True, help="Open the page in a browser."),
    data: Path | None = typer.Option(None, help="Keep the demo's database here."),
    families: int = typer.Option(0, min=0, help="Further families of the same therapist."),
) -> None:
    """Try a language model, on this machine alone: it may put answers into other words.

    The model is served on loopback from packages. What it writes is held to the page; where it is
    not carried by that, the page goes out as it is, which with the small model is most of the time.
    """
    with clear_errors():
        for name in NEEDED:
            if importlib.util.find_spec(name) is None:
                raise ModelError(f"{name} is missing: pip install 'held-in-mind[models]' (280 MB)")
        path, name = _model(model, agreed=yes)
    typer.echo(f"Loading {name} …", err=True)
    with _served(path, name) as url:
        run_demo(port, browser, data, families, _settings(name, url))


def _settings(name: str, url: str) -> Extra:
    """What the demo's bot is told about the model; nothing of the clinic's own settings is used."""
    return {
        "chat_model": f"openai:{name}",
        "chat_mode": ChatMode.REWORDED,
        "chat_url": f"{url}/v1",
        "chat_seconds": SECONDS,
        "chat_tokens_family": 1_000_000,
    }


def _model(which: Which, *, agreed: bool) -> tuple[Path, str]:
    folder = Path(platformdirs.user_cache_dir("held-in-mind")) / "models"
    folder.mkdir(parents=True, exist_ok=True)
    if which is Which.SMALL:
        return small_model(folder), SMALL_NAME
    if not is_there(LARGER, folder):
        size = f"{LARGER.size / 1e9:.1f} GB in {len(LARGER.wheels)} packages"
        if not agreed and not typer.confirm(f"Fetch {LARGER.name}, {size}, into {folder}?"):
            raise typer.Exit(1)
    with progress_bar(f"Fetching {LARGER.name} (bytes)") as progress:
        return fetched_model(LARGER, folder, progress), LARGER.name


@contextmanager
def _served(path: Path, name: str) -> Iterator[str]:
    """The address of the model's own process, for as long as it is used."""
    command = [sys.executable, "-m", "bot.cli.local_model", str(path), name]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None, "it is a pipe"
            said = process.stdout.readline().strip()
            if not said.startswith(READY):
                with clear_errors():
                    raise ModelError(f"The model in {path} could not be served")
            yield said.removeprefix(READY)
        finally:
            process.kill()
