"""The schema: made from nothing, once, and the same as the tables in the code."""

import asyncio
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

import bot.storage
from bot.core.audit import Link
from bot.storage.audit import entries_where, verify
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


BEFORE_THE_TRAIL = """
    insert into staff (name, role) values ('x', 'therapist');
    insert into families (alias, country, therapist_id, made_at) values ('x', 'GB', 1, now());
    insert into flags (chat_id, family_id, alias, country, category, reason, state, raised_at,
        next_rung) values (1, 1, 'x', 'GB', 'other_danger', 'model', 'raised', now(), 0);
    insert into flag_events (flag_id, at, what, staff_id) values
        (1, '2026-03-04 10:00Z', 'raised', null), (1, '2026-03-04 12:00Z', 'shown', 1),
        (1, '2026-03-04 12:30Z', 'media_sent', 1);
    insert into review_views (at, staff_id, command, shown) values
        ('2026-03-04 11:00Z', 1, 'review', 1), ('2026-03-04 13:00Z', 1, 'export', 2),
        ('2026-03-04 14:00Z', null, 'flags --json', 3);
"""


async def test_earlier_views_come_into_the_audit_trail_in_order(bare_server: Server) -> None:
    url = bare_server.fresh(migrated=False)
    await asyncio.to_thread(migrate_to, "0014", url)
    with psycopg.connect(url) as connection:
        connection.execute(BEFORE_THE_TRAIL.encode())
    async with opened(url) as known:
        await known.database.migrate()
        async with known.database.reading() as tx:
            assert isinstance(await verify(tx.connection), Link)
            entries = await entries_where(tx.connection)
    assert [(one.deed.act, one.deed.how, one.deed.about, one.deed.detail) for one in entries] == [
        ("words_shown", "triage review", (), "messages=1"),
        ("words_shown", "a flag", ("flag:1", "family:1"), ""),
        ("words_shown", "taking it", ("flag:1", "family:1"), ""),
        ("words_exported", "triage export", (), "messages=2"),
        ("words_shown", "flags --json", (), "messages=3"),
    ]
    assert [one.deed.by.staff_id for one in entries] == [1, 1, 1, 1, None]
    assert entries[-1].deed.by.named == "nobody was named"
    assert "review_views" not in tables_in(url)


def migrate_to(revision: str, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(bot.storage.__path__[0]) / "migrations"))
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
