"""`heldinmind run`: the bot."""

import typer

from bot.app import set_up_logging
from bot.cli.shared import (
    progress_bar,
    run_until_stopped,
    say_ready,
    settings_or_exit,
    warn_of_unknown_variables,
)
from bot.demo_clinic import fill
from bot.running import run_bot
from bot.settings import Role


def run(
    role: Role = typer.Option(Role.ALL, help="What this process does; by default everything."),
    demo_clinic: int | None = typer.Option(
        None, min=0, help="Make the demo clinic first, with so many further families."
    ),
) -> None:
    """Run the bot. Settings come from HELDINMIND_… variables and .env: see heldinmind settings.

    Prints `ready` when it serves, with the address of its health page.
    """
    settings = settings_or_exit()
    warn_of_unknown_variables()
    set_up_logging(settings.log_level)
    prepare = None if demo_clinic is None else (lambda storage: fill(storage, demo_clinic))

    async def main() -> None:
        with progress_bar("Indexing the guidance") as progress:
            await run_bot(
                settings,
                role,
                on_ready=say_ready,
                progress=progress,
                prepare=prepare,
            )

    run_until_stopped(main)
