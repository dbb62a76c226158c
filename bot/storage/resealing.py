"""Sealing old rows again with the first key, so that the keys before it can be thrown away."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Table, func, select, tuple_

from bot.core.audit import Act
from bot.storage.database import Database, Tx
from bot.storage.schema import metadata
from bot.storage.tables import Sealed

BATCH = 500  # rows in one transaction

Progress = Callable[[int, int], None]


async def reseal(database: Database, tell: Progress, *, dry_run: bool = False) -> int:
    """Seal every row with the first key; returns how many rows needed it.

    A row is changed where it stands and locked for as long as its batch takes, so the bot may run
    meanwhile. Stopping half way loses nothing: the next run goes on with what is left.
    """
    tables = [table for table in metadata.sorted_tables if _sealed(table)]
    async with database.reading() as tx:
        total = sum([await _count(tx, table) for table in tables])
    done = changed = 0
    for table in tables:
        last: tuple[Any, ...] | None = None
        while True:
            async with database.transaction() as tx:
                batch = await _batch(tx, table, last)
                changed += await _reseal(tx, table, batch, dry_run=dry_run)
            done += len(batch)
            tell(min(done, total), total)
            if len(batch) < BATCH:
                break
            last = tuple(batch[-1][column.name] for column in table.primary_key)
    if not dry_run:
        async with database.transaction() as tx:
            tx.note(Act.RESEALED, detail=f"rows={changed}")
    return changed


def _sealed(table: Table) -> list[str]:
    return [column.name for column in table.columns if isinstance(column.type, Sealed)]


async def _count(tx: Tx, table: Table) -> int:
    return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


async def _batch(tx: Tx, table: Table, last: tuple[Any, ...] | None) -> list[Any]:
    keys = tuple(table.primary_key)
    names = [table.c[name] for name in _sealed(table)]
    query = select(*keys, *names).order_by(*keys).limit(BATCH).with_for_update()
    if last is not None:
        query = query.where(tuple_(*keys) > last)
    return list((await tx.execute(query)).mappings())


async def _reseal(tx: Tx, table: Table, batch: list[Any], *, dry_run: bool) -> int:
    changed = 0
    for row in batch:
        old = {name: row[name] for name in _sealed(table) if row[name] is not None}
        new = {name: again for name, kept in old.items() if (again := tx.resealed(kept))}
        changed += bool(new)
        if new and not dry_run:
            here = [column == row[column.name] for column in table.primary_key]
            await tx.execute(table.update().where(*here).values(new))
    return changed
