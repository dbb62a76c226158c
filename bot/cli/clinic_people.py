"""`heldinmind clinic remove-staff` and `set-role`: somebody leaves, or does something else here."""

from collections.abc import Iterator

import typer

from bot.adapters.content_in_use import content_in_use
from bot.app import Storage
from bot.cli.duty import DRY_RUN, would
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import member_called
from bot.core.people import Role, Staff
from bot.flows.change_people import Change, remove_staff, set_role
from bot.flows.check_readiness import sentences
from bot.settings import Settings

STAFF = typer.Option(..., "--staff", help="The name or number, as `clinic staff` lists it.")
AFTERWARDS = "Telegram follows while the bot runs; afterwards: heldinmind clinic readiness"


def remove(
    staff: str = STAFF,
    families_to: str | None = typer.Option(
        None, "--families-to", help="The therapist, by name or number, who has their families now."
    ),
    give_back: bool = typer.Option(
        False,
        "--give-back",
        help="Give the urgent messages that they have in hand back: everybody else is told.",
    ),
    dry_run: bool = DRY_RUN,
) -> None:
    """Somebody leaves: they are taken off the ladders, the rota, leave and cover, and told so.

    It is refused while a family, or an urgent message that is open, would have nobody. Their
    families go to another therapist with --families-to: the parents are told who that is, and the
    therapist gets what is open. Their buttons and commands do nothing from then on, their
    addresses outside Telegram are forgotten, and what they did stays in the history of flags. If
    they come back, add them anew.

    Example: heldinmind clinic remove-staff --staff Dana --families-to Omar --dry-run
    """
    settings = settings_or_exit()

    async def work(storage: Storage) -> tuple[str, Change]:
        async with storage.database.transaction() as tx:
            who = await member_called(tx, staff)
            heir = await member_called(tx, families_to) if families_to else None
            now = storage.clock.now()
            done = await remove_staff(tx, who, heir, now, gives_back=give_back, dry_run=dry_run)
            return "; ".join(_left(done, who, heir)), done

    text, done = with_storage(settings, work)
    report(settings, text, done, dry_run=dry_run)


def _left(done: Change, who: Staff, heir: Staff | None) -> Iterator[str]:
    """What it means that somebody has left, part by part."""
    yield f"{who.name} has left"
    if heir is not None and (moved := done.before.families_of(who)):
        yield f"with {heir.name} now: {', '.join(one.alias for one in moved)}"
    if held := done.before.held_by(who):
        yield f"given back to the ladder: {', '.join(one.alias for one in held)}"
    if done.before.duty.rota != done.after.duty.rota:
        yield "the turns of being on call go on without them (heldinmind clinic rota show)"


def set_role_of(
    staff: str = STAFF,
    role: Role = typer.Option(..., help="Whom the ladder of a flag reaches, and when."),
    dry_run: bool = DRY_RUN,
) -> None:
    """Give somebody another role; their menu in Telegram changes, and they are told.

    It is refused while they have families and would be no therapist any more, and if something
    urgent would then reach nobody.

    Example: heldinmind clinic set-role --staff Noor --role supervisor
    """
    settings = settings_or_exit()

    async def work(storage: Storage) -> tuple[str, Change]:
        async with storage.database.transaction() as tx:
            who, now = await member_called(tx, staff), storage.clock.now()
            done = await set_role(tx, who, role, now, dry_run=dry_run)
            return f"{who.name} has the role {role}, and had {who.role}", done

    text, done = with_storage(settings, work)
    report(settings, text, done, dry_run=dry_run)


def report(settings: Settings, text: str, done: Change, *, dry_run: bool) -> None:
    """Say what was or would be changed, and what the clinic should know of it."""
    with clear_errors():
        phrases = content_in_use(settings).phrases()
    would(dry_run, text)
    for role in done.roles_left_empty:
        print(f"- Nobody has the role {role} any more.")
    for sentence in sentences(done.readiness, phrases):
        print(f"- {sentence}")
    if not dry_run:
        print(AFTERWARDS)
