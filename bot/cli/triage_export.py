"""`heldinmind triage export`: the labelled messages, in the form of the training messages."""

import json
from collections.abc import Sequence
from pathlib import Path

import structlog
import typer

from bot.app import Storage
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.review_items import ReviewItem, counted, line_of
from bot.flows.review_triage import clinician_named, items_for, note_export, read_items

log = structlog.get_logger(__name__)


def export(
    with_text: bool = typer.Option(
        False, "--with-text", help="Write them; needs --by, and is recorded."
    ),
    by: str | None = typer.Option(None, help="Your name, as `clinic staff` lists it."),
    out: Path | None = typer.Option(
        None, help="The file they go to, readable by you only; unset: standard output."
    ),
) -> None:
    """Write the labelled messages as JSON lines, in the form of knowledge/triage.

    Without `--with-text --by NAME` it only says how many there are. The lines hold what parents
    wrote to their clinic: keep the file as you keep their records, and out of any repository.
    """
    if with_text and not (by or "").strip():
        raise typer.BadParameter("--with-text needs --by NAME: who takes out what parents wrote")

    async def read(storage: Storage) -> Sequence[ReviewItem]:
        if not with_text or by is None:
            _say_how_many(await read_items(storage.database))
            return ()
        clinician = await clinician_named(storage.database, by)
        items = await items_for(storage.database, clinician, labelled=True)
        await note_export(storage.database, clinician, items)
        log.warning("parents' words were exported", staff=clinician.id, count=len(items))
        return items

    items = with_storage(settings_or_exit(), read)
    if with_text:
        _write(items, out)


def _say_how_many(items: Sequence[ReviewItem]) -> None:
    print(f"For review: {counted(items)}.")
    print("Nothing was written: `--with-text --by NAME` writes those that have a label.")


def _write(items: Sequence[ReviewItem], out: Path | None) -> None:
    lines = [json.dumps(line_of(one), ensure_ascii=False) for one in items]
    if out is None:
        for line in lines:
            print(line)
        return
    out.touch(mode=0o600)
    out.chmod(0o600)
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    typer.echo(f"{len(items)} messages ({counted(items)}) → {out}", err=True)
