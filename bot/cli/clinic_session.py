"""`heldinmind clinic session`: when a family's sessions are."""

from datetime import datetime

import typer

from bot.app import Storage
from bot.cli.clinic_plan import FAMILY, fail
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import family_called
from bot.core.sessions import SessionDates
from bot.storage.sessions import drop_sessions, set_sessions


def session(
    family: str = FAMILY,
    on: datetime | None = typer.Option(
        None, formats=["%Y-%m-%d"], help="The day of the next session."
    ),
    at: datetime | None = typer.Option(None, formats=["%H:%M"], help="Its time of day."),
    every_weeks: int = typer.Option(1, min=0, max=26, help="And then every so many; 0: once."),
    none: bool = typer.Option(False, "--none", help="The family has no session dates any more."),
) -> None:
    """Say when a family's sessions are; the evening before, their therapist gets the digest."""
    if not none and (on is None or at is None):
        fail("give --on and --at, or --none")

    async def save(storage: Storage) -> str:
        async with storage.database.transaction() as tx:
            found = await family_called(tx, family)
            if on is None or at is None:
                await drop_sessions(tx, found.id)
            else:
                dates = SessionDates(on.date(), at.time(), every_weeks)
                await set_sessions(tx, found.id, dates, None, storage.clock.now())
            return found.alias

    alias = with_storage(settings_or_exit(), save)
    print(f"{alias}: {'no session dates' if none else 'the session dates are kept'}")
