"""`heldinmind triage review` and `export`: label what people doubted, and take the labels out."""

from collections.abc import Sequence

import structlog
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.app import Storage
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.people import Staff
from bot.core.review_items import Doubt, Label, ReviewItem, suggested
from bot.core.triage import Category
from bot.flows.review_triage import (
    clinician_named,
    items_for,
    label_item,
    note_view,
    read_items,
)

log = structlog.get_logger(__name__)
KEYS = {"u": Label.URGENT, "r": Label.ROUTINE, "g": Label.GRAY}
WHY = {
    Doubt.NOT_URGENT: "flagged, and closed as not urgent after all",
    Doubt.MISSED: "not flagged, and a therapist says it should have been",
    Doubt.SAID_NO: "asked about, and the parent said no",
}


def review(
    by: str | None = typer.Option(
        None, help="Your name, as `clinic staff` lists it: shows the messages. It is recorded."
    ),
    again: bool = typer.Option(False, help="Also those that have a label already."),
) -> None:
    """List the decisions that people doubted; with --by, read them and say what they were.

    They are: flags closed as *not urgent*, messages that a therapist marked as *should have been
    flagged*, and safety checks answered *No*. Without `--by NAME` no message is shown. A therapist
    is shown those of their own families, a supervisor or administrator all.
    """

    async def run(storage: Storage) -> None:
        labelled = None if again else False
        if by is None:
            _list(await read_items(storage.database, labelled=labelled))
            return
        clinician = await clinician_named(storage.database, by)
        items = await items_for(storage.database, clinician, labelled=labelled)
        await _go_through(storage, clinician, items)

    with_storage(settings_or_exit(), run)


def _list(items: Sequence[ReviewItem]) -> None:
    if not items:
        print("Nothing waits for review.")
        return
    table = Table("item", "when", "doubt", "decided", "score", "label", box=SIMPLE)
    for one in items:
        decided = one.decision
        score = "–" if decided.score is None else f"{decided.score:.2f}"
        route = decided.route.value if decided.route else "–"
        label = one.label.value if one.label else "–"
        row = (str(one.id), f"{one.raised_at:%Y-%m-%d}", one.doubt.value, route, score, label)
        table.add_row(*row)
    Console().print(table)
    print("`--by NAME` shows the messages, and asks what each of them was.")


async def _go_through(storage: Storage, by: Staff, items: Sequence[ReviewItem]) -> None:
    console = Console(highlight=False)
    done = 0
    for at, item in enumerate(items, start=1):
        await note_view(storage.database, by, item)
        log.warning("a parent's words were shown", staff=by.id, command="triage review")
        console.print(_panel(item, f"{at} of {len(items)}"))
        label = _ask_label(item)
        if label == "q":
            break
        if label == "s":
            continue
        chosen = KEYS[label]
        category = _ask_category(item) if chosen is Label.URGENT else None
        await label_item(storage.database, item, chosen, category, by, storage.clock.now())
        done += 1
    left = len(items) - done
    print(f"{done} labelled, {left} left." if items else "Nothing waits for your review.")


def _panel(item: ReviewItem, place: str) -> Panel:
    told = item.decision
    body = Text()
    for earlier in item.context:
        body.append(f"before: {earlier}\n", style="dim")
    body.append(f"{item.text}\n\n", style="bold")
    body.append(f"{WHY[item.doubt]}, {item.raised_at:%Y-%m-%d}\n")
    category = told.category.value if told.category else "no danger"
    score = "" if told.score is None else f", score {told.score:.2f}"
    body.append(f"triage: {category} ({told.reason}{score}, {told.version})", style="dim")
    return Panel(body, title=f"item {item.id}, {place}", title_align="left")


def _ask_label(item: ReviewItem) -> str:
    likely = suggested(item)
    default = next((key for key, label in KEYS.items() if label is likely), None)
    while True:
        asked = "urgent, routine, gray, skip or quit (u/r/g/s/q)"
        said = str(typer.prompt(asked, default=default)).strip().lower()[:1]
        if said in (*KEYS, "s", "q"):
            return said


def _ask_category(item: ReviewItem) -> Category:
    every = list(Category)
    for number, category in enumerate(every, start=1):
        print(f"{number:>3} {category.value}")
    known = item.decision.category or Category.OTHER_DANGER
    while True:
        chosen: int = typer.prompt("which danger", default=every.index(known) + 1, type=int)
        if 1 <= chosen <= len(every):
            return every[chosen - 1]
