"""A second hand on the bot's database: it holds a lock, and the bot stands still right there."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.journeys.waiting import wait_for


def connect(data: Path) -> "psycopg.Connection[tuple[object, ...]]":
    """The embedded database of a data folder, reached as the bot reaches it."""
    lines = (data / "postgres" / "postmaster.pid").read_text().splitlines()
    return psycopg.connect(host=lines[4], port=lines[3], user="postgres", dbname="postgres")


@contextmanager
def held(data: Path, table: str) -> Iterator[None]:
    """Nobody else reads or writes this table meanwhile."""
    with connect(data) as connection:
        connection.execute(f"lock table {table} in access exclusive mode")
        yield
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
