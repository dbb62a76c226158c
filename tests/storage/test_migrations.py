"""The schema: made from nothing, once, and the same as the tables in the code."""

import asyncio
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot.storage.database import sqlalchemy_url
from bot.storage.schema import metadata
from tests.databases import Server, opened, rows

TABLES = "select table_name from information_schema.tables where table_schema = 'public'"


def tables_in(url: str) -> set[object]:
    return {name for (name,) in rows(url, TABLES)}


async def test_an_empty_database_gets_every_table_and_the_queues_own(bare_server: Server) -> None:
    url = bare_server.fresh(migrated=False)
    async with opened(url) as empty:
        await empty.database.migrate()
    found = tables_in(url)
    assert set(metadata.tables) < found
    assert "procrastinate_jobs" in found


async def test_two_processes_that_start_at_once_migrate_once(bare_server: Server) -> None:
    url = bare_server.fresh(migrated=False)
    async with opened(url) as first, opened(url) as second, opened(url) as third:
        await asyncio.gather(*(one.database.migrate() for one in (first, second, third)))
    assert rows(url, "select count(*) from alembic_version") == [(1,)]


async def test_migrating_again_changes_nothing(server: Server) -> None:
    url = server.fresh()
    before = tables_in(url)
    async with opened(url) as known:
        await known.database.migrate()
        await known.database.migrate()
    assert tables_in(url) == before


def _is_ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def test_the_migrated_schema_is_the_one_in_the_code(server: Server) -> None:
    engine = create_engine(sqlalchemy_url(server.fresh()))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _is_ours, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()
