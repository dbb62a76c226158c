"""`heldinmind guidance diff`: what changed since it was approved or released."""

import typer
from rich.console import Console
from rich.text import Text

from bot.adapters.content import load_all
from bot.adapters.content_in_use import pinned_folder
from bot.adapters.releases import content_files
from bot.cli.shared import clear_errors, settings_or_exit
from bot.core.reviews import Reviewed, named
from bot.flows.compare_guidance import Comparison

STYLES = {"+++": "bold", "---": "bold", "@@": "cyan", "+": "green", "-": "red"}


def diff(
    ids: list[str] | None = typer.Argument(None, help="Pages or skills; none: an overview of all."),
) -> None:
    """Show what changed in a page or skill since it was approved, or else since the release."""
    settings = settings_or_exit()
    with clear_errors():
        pinned = pinned_folder(settings)
        documents = load_all(settings.knowledge)
        comparison = Comparison(settings.knowledge, settings.data, pinned)
        if ids:
            for document in named(documents, ids):
                _show(document, comparison)
            return
        files = content_files(settings.knowledge, settings.prompts)
        rows = list(comparison.overview(documents, files))
    for name, what in rows:
        print(f"{name}: {what}")
    count = "1 change" if len(rows) == 1 else f"{len(rows)} changes"
    released = f", or since release {pinned.name}, which is pinned" if pinned else ""
    print(f"{count} since a page was approved{released or '; no release is pinned'}")


def _show(document: Reviewed, comparison: Comparison) -> None:
    found = comparison.of(document)
    if found is None:
        print(f"{document.id}: never approved, and in no pinned release; nothing to compare with")
    elif not found.lines:
        print(f"{document.id}: the same words as {_what(found.since)}")
    else:
        console = Console(highlight=False)
        for line in found.lines:
            console.print(Text(line, style=_style(line)), soft_wrap=True)


def _what(since: str) -> str:
    return f"in {since}" if since.startswith("release ") else f"when {since}"


def _style(line: str) -> str:
    return next((style for start, style in STYLES.items() if line.startswith(start)), "")
