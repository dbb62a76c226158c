"""`heldinmind guidance approve` and `withdraw`: what a clinic decides about a page or a skill."""

from collections.abc import Sequence
from datetime import datetime
from difflib import unified_diff

import typer

from bot.adapters.approved_texts import ApprovedTexts
from bot.adapters.content import load_all
from bot.adapters.content_in_use import pinned_folder
from bot.cli.shared import clear_errors, settings_or_exit, today
from bot.core import reviews
from bot.core.reviews import Decided, Reviewed, describe, named, unapproved
from bot.core.skills import Skill
from bot.errors import GuidanceError
from bot.flows.review_guidance import Change, prepare_reviews, write_reviews
from bot.settings import Settings

IDS = typer.Argument(
    None, help="Pages or skills, as `guidance list` shows them.", show_default=False
)
BY = typer.Option(..., help="Who answers for it.")
DAY = ["%Y-%m-%d"]
ON = typer.Option(None, formats=DAY, help="The day on which it was decided; today by default.")
DRY_RUN = typer.Option(False, "--dry-run", help="Show what would be written; write nothing.")


def approve(
    ids: list[str] | None = IDS,
    by: str = BY,
    due: datetime | None = typer.Option(None, formats=DAY, help="When it is to be read again."),
    on: datetime | None = ON,
    every: bool = typer.Option(False, "--all", help="Every page and skill that is a draft now."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Write down that you have read a page or skill and stand behind the words that it has now.

    The approval holds for exactly these words: edit them, and it is a draft again.

    Example: heldinmind guidance approve after-you-have-shouted --by "Dr A. Reader"
    """
    settings = settings_or_exit()
    with clear_errors():
        documents = _asked(settings, ids or [], every=every)
        day = on.date() if on else today()
        until = due.date() if due else None
        decided = [reviews.approve(one, by, day, until, today=today()) for one in documents]
        _carry_out(settings, decided, dry_run=dry_run)


def withdraw(
    ids: list[str] | None = IDS,
    by: str = BY,
    reason: str = typer.Option(..., help="Why; it stays in the file."),
    on: datetime | None = ON,
    dry_run: bool = DRY_RUN,
) -> None:
    """Take a page or a skill out: from the next start on, no parent is shown it.

    That holds for a pinned release too. To bring it back, approve it.
    """
    settings = settings_or_exit()
    with clear_errors():
        documents = _asked(settings, ids or [], every=False)
        day = on.date() if on else today()
        decided = [reviews.withdraw(one, by, day, reason) for one in documents]
        _carry_out(settings, decided, dry_run=dry_run)


def _asked(settings: Settings, ids: list[str], *, every: bool) -> Sequence[Reviewed]:
    documents = load_all(settings.knowledge)
    if every and ids:
        raise GuidanceError("Name pages or skills, or say --all, not both")
    if not every and not ids:
        raise GuidanceError("Name the pages or skills: heldinmind guidance list shows them")
    return unapproved(documents) if every else named(documents, ids)


def _carry_out(settings: Settings, decided: Sequence[Decided], *, dry_run: bool) -> None:
    changes = prepare_reviews(settings.knowledge, decided)
    if dry_run:
        for change in changes:
            _show(change)
        print(f"{_counted(decided)} would be written; nothing was")
        return
    write_reviews(changes, ApprovedTexts(settings.data))
    for one in decided:
        print(f"{one.document.id}: {describe(one.reviewed, today())}")
    print(f"{_counted(decided)} written. It counts from the bot's next start.")
    if pinned := pinned_folder(settings):
        print(
            f"Release {pinned.name} is pinned: what is withdrawn is left out of it; what is "
            "approved is served when you make and pin a new one."
        )


def _show(change: Change) -> None:
    before, after = change.before.splitlines(), change.after.splitlines()
    name = str(change.path)
    print("\n".join(unified_diff(before, after, name, name, n=0, lineterm="")))


def _counted(decided: Sequence[Decided]) -> str:
    skills = sum(isinstance(one.document, Skill) for one in decided)
    counts = ((len(decided) - skills, "page"), (skills, "skill"))
    said = (f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count)
    return " and ".join(said) or "Nothing"
