"""A clinician reads the messages whose decision was doubted, and says what they were."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.audit import Act
from bot.core.people import Role, Staff
from bot.core.review_items import Label, ReviewItem, may_review
from bot.core.triage import Category
from bot.errors import AccessError
from bot.storage.database import Database
from bot.storage.people import all_staff
from bot.storage.review_items import review_items_of, save_label


async def read_items(database: Database, *, labelled: bool | None = None) -> tuple[ReviewItem, ...]:
    """Everything that stands for review; whoever calls this shows nobody the words."""
    async with database.transaction() as tx:
        return await review_items_of(tx, labelled=labelled)


async def clinician_named(database: Database, name: str) -> Staff:
    """The member of staff who asks to see what parents wrote.

    Raises:
        AccessError: nobody of that name works here, or it is not a part of their work.
    """
    async with database.transaction() as tx:
        staff = await all_staff(tx)
    found = [one for one in staff if one.name.casefold() == name.strip().casefold()]
    if len(found) != 1:
        how_many = "several people" if found else "nobody"
        raise AccessError(f"--by: {how_many} of that name work here; see heldinmind clinic staff")
    if found[0].role is Role.ON_CALL:
        raise AccessError("--by: on-call staff see flags while on duty, and review no messages")
    return found[0]


async def items_for(
    database: Database, by: Staff, *, labelled: bool | None = None
) -> tuple[ReviewItem, ...]:
    """The items that somebody may see: their own families', or all."""
    found = await read_items(database, labelled=labelled)
    return tuple(one for one in found if may_review(by, one.therapist_id))


async def note_view(database: Database, by: Staff, item: ReviewItem) -> None:
    """Record that somebody is shown what a parent wrote, before it is shown."""
    async with database.transaction(by) as tx:
        tx.note(Act.WORDS_SHOWN, f"review:{item.id}", how="triage review")


async def note_export(database: Database, by: Staff, items: Sequence[ReviewItem]) -> None:
    """Record that somebody takes out what parents wrote, before it is written."""
    async with database.transaction(by) as tx:
        about = [f"review:{one.id}" for one in items]
        tx.note(Act.WORDS_EXPORTED, *about, how="triage export", detail=f"messages={len(items)}")


async def label_item(
    database: Database,
    item: ReviewItem,
    label: Label,
    category: Category | None,
    by: Staff,
    now: datetime,
) -> None:
    """Keep what a clinician says the message was; only an urgent one has a category."""
    async with database.transaction() as tx:
        kept = category if label is Label.URGENT else None
        await save_label(tx, item.id, label, kept, by, now)
