"""A second hand on the bot's database: it holds a lock, and the bot stands still right there."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.journeys.waiting import wait_for

Hand = psycopg.Connection[tuple[object, ...]]


def connect(data: Path) -> Hand:
    """The embedded database of a data folder, reached as the bot reaches it."""
    lines = (data / "postgres" / "postmaster.pid").read_text().splitlines()
    return psycopg.connect(host=lines[4], port=lines[3], user="postgres", dbname="postgres")


@contextmanager
def held(data: Path, table: str) -> Iterator[Hand]:
    """Nobody else reads or writes this table meanwhile; the hand that holds it can do more."""
    with connect(data) as connection:
        connection.execute(f"lock table {table} in access exclusive mode")
        yield connection
        with suppress(psycopg.OperationalError):  # a server that has stopped has let go of it
            connection.rollback()


def waits_for(data: Path, table: str) -> None:
    """Come back when the bot stands still before this table."""
    query = (
        "select 1 from pg_locks "
        "where not granted and locktype = 'relation' and relation = %s::regclass"
    )
    with connect(data) as connection:
        connection.autocommit = True
        wait_for(
            lambda: connection.execute(query, [table]).fetchone(), f"the bot waits for {table}"
        )


def stands_at(data: Path, statement: str) -> None:
    """Come back when the bot stands still in a statement that begins so."""
    query = (
        "select 1 from pg_stat_activity "
        "where wait_event_type = 'Lock' and query ilike %s and pid <> pg_backend_pid()"
    )
    with connect(data) as connection:
        connection.autocommit = True
        wait_for(
            lambda: connection.execute(query, [f"{statement}%"]).fetchone(),
            f"the bot stands at {statement}",
        )


def cut(hand: Hand) -> int:
    """Cut every connection to the database but this one; how many there were."""
    query = (
        "select count(pg_terminate_backend(pid)) from pg_stat_activity "
        "where pid <> pg_backend_pid() and backend_type = 'client backend'"
    )
    found = hand.execute(query).fetchone()
    return int(str(found[0])) if found else 0


def jobs_of(data: Path, task: str) -> list[str]:
    """How the jobs of a task stand: `todo` is not claimed, `doing` is."""
    query = "select status::text from procrastinate_jobs where task_name = %s order by id"
    with connect(data) as connection:
        return [str(state) for (state,) in connection.execute(query, [task])]
