"""`heldinmind guidance gaps`: which questions the guidance had nothing for."""

from collections.abc import Sequence

import structlog
import typer

from bot.app import Storage
from bot.cli.shared import clear_errors, progress_bar, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.cli.whom import member_called
from bot.core.gaps import Gap, Unanswered
from bot.settings import Settings

log = structlog.get_logger(__name__)


def gaps(
    days: int = typer.Option(30, min=1, help="How many days to look back."),
    with_text: bool = typer.Option(
        False, "--with-text", help="Show what parents wrote; needs --by, and is recorded."
    ),
    by: str | None = typer.Option(
        None, help="Who asks to see what parents wrote, by name or number in `clinic staff`."
    ),
) -> None:
    """Group the questions that were declined, or whose answer was not what was meant.

    Each group with its count, the page that comes nearest, how many families asked, and when. What
    parents wrote is not shown; words only where three families or more used them and the guidance
    uses them too. `--with-text --by NAME` shows the messages, and records who asked in the
    database.
    """
    if with_text and not (by or "").strip():
        raise typer.BadParameter("--with-text needs --by NAME: who asks to see what parents wrote")
    settings = settings_or_exit()
    shown_to = by if with_text else None
    with clear_errors():
        questions = with_storage(settings, lambda storage: _read(storage, days, shown_to))
        if not questions:
            print(
                f"No question of the last {days} days was declined or marked 'not what I meant': "
                "there is nothing to group yet."
            )
            return
        found = _grouped(settings, questions)
    print(
        f"{len(questions)} questions in {len(found)} groups, from the last {days} days: declined, "
        "or marked 'not what I meant'"
    )
    for gap in found:
        print(_told(gap))
        if with_text:
            print("\n".join(f"  > {' '.join(one.text.split())}" for one in gap.questions))


async def _read(storage: Storage, days: int, shown_to: str | None) -> tuple[Unanswered, ...]:
    """The questions; that they are shown to somebody is recorded before they are."""
    from bot.flows.find_gaps import SHOWS_GAPS, read_unanswered

    database, now = storage.database, storage.clock.now()
    if shown_to is None:
        return await read_unanswered(database, now, days)
    async with database.reading() as tx:
        who = await member_called(tx, shown_to)
    found = await read_unanswered(database, now, days, shown_to=who)
    said = {"staff": who.id, "command": SHOWS_GAPS, "count": len(found)}
    log.warning("parents' words were shown", **said)
    return found


def _grouped(settings: Settings, questions: Sequence[Unanswered]) -> tuple[Gap, ...]:
    from bot.adapters.content_in_use import content_in_use
    from bot.app import guidance_embedder
    from bot.flows.find_gaps import find_gaps
    from bot.flows.index_guidance import library_of, open_guidance

    library = library_of(settings, content_in_use(settings), in_memory=True)
    reader = guidance_embedder(settings)
    with progress_bar("Reading the guidance") as progress:
        guidance, _ = open_guidance(library, reader, progress)
    return find_gaps(questions, guidance, reader)


def _told(gap: Gap) -> str:
    count = _counted(len(gap.questions), "question", "questions")
    families = _counted(gap.families, "family", "families")
    lines = [f"\n{count}, {families}, {gap.first_at:%Y-%m-%d} to {gap.last_at:%Y-%m-%d}"]
    if gap.nearest is None:
        lines.append("  no page is served")
    else:
        page = gap.nearest.document
        lines.append(f"  nearest: {page.title} ({page.id}), likeness {gap.nearest.likeness:.2f}")
        lines.append(f"  themes: {', '.join(page.themes)}")
    if gap.words:
        lines.append(f"  words that three families or more used: {', '.join(gap.words)}")
    return "\n".join(lines)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
