"""`heldinmind ask`: one question, as a parent would put it."""

import asyncio

import typer

from bot.adapters.content_in_use import content_in_use
from bot.adapters.judgement import Judgement
from bot.app import build_judgement, set_up_logging
from bot.cli.shared import clear_errors, progress_bar, settings_or_exit
from bot.flows.rehearse import Rehearsal, rehearse
from bot.settings import Settings


def ask(
    message: str = typer.Argument(..., help="What a parent might write, in quotes."),
    why: bool = typer.Option(False, "--why", help="Also print the decision and what it rests on."),
) -> None:
    """Print what the bot would answer. Nothing is sent or stored.

    Example: heldinmind ask "he nods at everything I say then does the opposite"
    """
    settings = settings_or_exit()
    set_up_logging("ERROR")
    with clear_errors():
        decided = asyncio.run(rehearse(open_rehearsal(settings), message, ()))
    print(decided["reply"])
    if why:
        for name in ("route", "category", "reason", "evidence", "score", "guidance", "language"):
            print(f"{name}: {decided[name]}")


def open_rehearsal(settings: Settings) -> Rehearsal:
    """Load what decides, with a bar while it is indexed for the first time."""
    content = content_in_use(settings)
    with progress_bar("Reading the guidance") as progress:
        triage, guidance = build_judgement(settings, content, in_memory=True, progress=progress)
    return Rehearsal.of(content, settings.country, Judgement(triage, guidance), guidance)
