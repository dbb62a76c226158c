"""`heldinmind clinic erase-family`: a family goes, with everything that is kept about it."""

import typer

from bot.adapters.content_in_use import content_in_use
from bot.app import Storage
from bot.cli.clinic_plan import FAMILY, fail
from bot.cli.duty import DRY_RUN
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import family_called
from bot.core.people import Family, tidy_alias
from bot.flows.erase_family import Gone
from bot.flows.erase_family import erase_family as erase

NAMES = {
    "parents": "parents",
    "messages": "messages",
    "answers": "answers",
    "questions": "questions passed on",
    "checks": "safety checks",
    "practice": "entries of practice, nudges, consents and the like",
    "flags": "flags, of which times, states and outcomes stay",
    "deliveries": "messages that were sent to them, or to staff about them",
    "notices": "notices outside Telegram",
    "jobs": "jobs that wait",
    "updates": "updates as Telegram sent them",
}


def erase_family(
    family: str = FAMILY,
    dry_run: bool = DRY_RUN,
    yes: bool = typer.Option(False, "--yes", help="Do not ask for the family's name first."),
) -> None:
    """Erase a family, all its parents and everything that is kept about them, for good.

    It is what /erase does for a parent, for everybody of the family at once: what they wrote and
    were told, names, consents, practice, plans, jobs, and the family itself. Of flags the times,
    states and outcomes stay, without words and name. The parents and the therapist are told as
    soon as the bot runs. It is refused while something urgent of theirs is open.

    Example: heldinmind clinic erase-family --family Maple --dry-run
    """
    settings = settings_or_exit()
    with clear_errors():
        phrases = content_in_use(settings).phrases()

    async def find(storage: Storage) -> Family:
        async with storage.database.reading() as tx:
            return await family_called(tx, family)

    async def work(storage: Storage) -> Gone:
        database = storage.database
        async with database.rehearsal() if dry_run else database.transaction() as tx:
            theirs, now = await family_called(tx, str(found.id)), storage.clock.now()
            return await erase(tx, theirs, phrases, now, keep_notes=settings.keep_notes)

    found = with_storage(settings, find)
    if not (dry_run or yes):
        _confirm(found)
    gone = with_storage(settings, work)
    _report(found, gone, dry_run=dry_run)


def _confirm(found: Family) -> None:
    """Nobody erases a family by a slip: its name is written once more."""
    typed = typer.prompt(f"This cannot be undone. To erase {found.alias}, write its name")
    if tidy_alias(typed) != tidy_alias(found.alias):
        fail(f"that is not the name of {found.alias}: nothing was erased")


def _report(found: Family, gone: Gone, *, dry_run: bool) -> None:
    would = "Dry run, nothing is changed. Erasing it would take:" if dry_run else "Erased:"
    print(f"{found.alias}. {would}")
    for name, what in NAMES.items():
        print(f"- {gone.rows.get(name, 0)} {what}")
    if not dry_run:
        print(f"What proves it, and names nobody: {gone.receipt}")
