"""The audit trail on the real database: whole under many writers, and changed by nobody."""

import asyncio
from datetime import UTC, datetime

import psycopg
import pytest

from bot.core.audit import BEGINNING, Act, Actor, Break, Link, Why
from bot.core.people import Role
from bot.storage.audit import BATCH, entries_where, verify
from bot.storage.database import Database
from bot.storage.people import add_staff
from tests.databases import Opened, Server, opened, rows

COUNT = "select count(*) from audit_entries"


async def end_of(database: Database, kept: Link | None = None) -> Link | Break:
    async with database.reading() as tx:
        return await verify(tx.connection, kept)


async def write(database: Database, *about: str, by: Actor | None = None) -> None:
    async with database.transaction(by) as tx:
        tx.note(Act.WORDS_SHOWN, *about, how="console")


def tamper(url: str, statement: str) -> None:
    """Do what the database refuses, as whoever rules it could."""
    with psycopg.connect(url) as connection:
        connection.execute("alter table audit_entries disable trigger user")
        connection.execute(statement.encode())
        connection.execute("alter table audit_entries enable trigger user")


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entries set detail = 'nothing'",
        "delete from audit_entries where number = 1",
        "truncate audit_entries",
        "set heldinmind.erasing = 'on'; delete from audit_entries",
    ],
)
async def test_the_database_refuses_to_change_an_entry(server: Server, statement: str) -> None:
    url = server.fresh()
    async with opened(url) as storage:
        await write(storage.database, "flag:1")
    with (
        psycopg.connect(url, autocommit=True) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="only added to"),
    ):
        connection.execute(statement.encode())
    assert rows(url, COUNT) == [(1,)]


async def test_many_writers_in_several_processes_worth_of_pools_keep_one_chain(
    server: Server,
) -> None:
    url = server.fresh()
    async with opened(url) as one, opened(url) as two, opened(url) as three:

        async def writer(storage: Opened, number: int) -> None:
            for step in range(10):
                await write(storage.database, f"flag:{number}", f"family:{step}")

        writers = [
            writer(at, 4 * n + k) for n, at in enumerate((one, two, three)) for k in range(4)
        ]
        await asyncio.gather(*writers)
        end = await end_of(one.database)
    assert isinstance(end, Link)
    assert end.number == 120
    written = rows(url, "select about, count(*) from audit_entries group by about")
    assert len(written) == 120, "each was written once"


async def test_whoever_writes_an_entry_first_does_not_hold_up_whoever_holds_a_row(
    server: Server,
) -> None:
    """Entries are written last: two transactions that want each other's lock both get through."""
    url = server.fresh()
    async with opened(url) as storage:
        async with storage.database.transaction() as tx:
            await tx.connection.exec_driver_sql("create table held (id int)")
            await tx.connection.exec_driver_sql("insert into held values (1)")
        noted, holds = asyncio.Event(), asyncio.Event()

        async def notes_first() -> None:
            async with storage.database.transaction() as tx:
                tx.note(Act.WORDS_SHOWN)
                noted.set()
                await holds.wait()
                await tx.connection.exec_driver_sql("update held set id = 2")

        async def holds_first() -> None:
            await noted.wait()
            async with storage.database.transaction() as tx:
                await tx.connection.exec_driver_sql("update held set id = 3")
                holds.set()
                tx.note(Act.WORDS_SHOWN)

        async with asyncio.timeout(20):
            await asyncio.gather(notes_first(), holds_first())
        assert isinstance(await end_of(storage.database), Link)


async def test_what_rolls_back_leaves_no_entry_and_no_gap(server: Server) -> None:
    url = server.fresh()
    async with opened(url) as storage:
        await write(storage.database, "flag:1")

        async def fails() -> None:
            async with storage.database.transaction() as tx:
                await add_staff(tx, "Dana", Role.THERAPIST)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fails()
        await write(storage.database, "flag:2")
        end = await end_of(storage.database)
    assert isinstance(end, Link)
    assert end.number == 2


async def test_what_only_reads_cannot_promise_an_entry(storage: Opened) -> None:
    async with storage.database.reading() as tx:
        with pytest.raises(AssertionError):
            tx.note(Act.WORDS_SHOWN)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("update audit_entries set staff_id = 9 where number = 2", Break(2, Why.CHANGED)),
        (
            "update audit_entries set at = at + interval '1 us' where number = 3",
            Break(3, Why.CHANGED),
        ),
        ("delete from audit_entries where number = 1", Break(1, Why.MISSING)),
        ("delete from audit_entries where number = 2", Break(2, Why.MISSING)),
    ],
)
async def test_an_entry_changed_by_whoever_rules_the_database_is_named(
    server: Server, statement: str, broken: Break
) -> None:
    url = server.fresh()
    async with opened(url) as storage:
        for number in range(1, 4):
            await write(storage.database, f"flag:{number}", by=Actor(number))
        tamper(url, statement)
        assert await end_of(storage.database) == broken


async def test_a_hash_kept_elsewhere_tells_a_cut_and_a_trail_written_anew(server: Server) -> None:
    url = server.fresh()
    async with opened(url) as storage:
        assert await end_of(storage.database) == BEGINNING
        await write(storage.database, "flag:1")
        await write(storage.database, "flag:2")
        kept = await end_of(storage.database)
        assert isinstance(kept, Link)
        await write(storage.database, "flag:3")
        assert isinstance(await end_of(storage.database, kept), Link)
        tamper(url, "delete from audit_entries where number > 1")
        assert isinstance(await end_of(storage.database), Link), "the end alone tells nothing"
        assert await end_of(storage.database, kept) == Break(2, Why.MISSING)
        await write(storage.database, "flag:4")
        assert await end_of(storage.database, kept) == Break(2, Why.ANOTHER)


async def test_a_trail_longer_than_one_reading_is_walked_to_its_end(server: Server) -> None:
    url = server.fresh()
    async with opened(url) as storage:
        async with storage.database.transaction() as tx:
            for number in range(BATCH + 5):
                tx.note(Act.WORDS_SHOWN, f"flag:{number}")
        end = await end_of(storage.database)
        assert isinstance(end, Link)
        assert end.number == BATCH + 5
        tamper(url, f"update audit_entries set how = 'x' where number = {BATCH + 2}")
        assert await end_of(storage.database) == Break(BATCH + 2, Why.CHANGED)


async def test_entries_are_found_by_moment_by_person_and_by_what_they_are_about(
    server: Server,
) -> None:
    async with opened(server.fresh()) as storage:
        await write(storage.database, "flag:1", "family:3", by=Actor(7))
        await write(storage.database, "flag:13", "family:33", by=Actor(None, "Dr A. Reader"))
        between = datetime.now(UTC)
        await write(storage.database, "flag:2", "family:3", by=Actor(8))

        async def found(**wanted: object) -> list[int]:
            async with storage.database.reading() as tx:
                entries = await entries_where(tx.connection, **wanted)  # type: ignore[arg-type]
                return [one.link.number for one in entries]

        assert await found() == [1, 2, 3]
        assert await found(since=between) == [3]
        assert await found(by=Actor(7)) == [1]
        assert await found(by=Actor(None, "dr a. reader")) == [2]
        assert await found(about="family:3") == [1, 3]
        assert await found(about="flag") == [1, 2, 3]
        assert await found(about="fla") == []
        assert await found(about="flag:1", by=Actor(8)) == []
