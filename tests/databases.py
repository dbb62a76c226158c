"""Databases for tests: each its own, on the one server of the run."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import LiteralString

import psycopg
from sqlalchemy.engine import make_url

from bot.adapters.clock import Clock
from bot.adapters.queue import Queue
from bot.adapters.secrets import Vault
from bot.storage.database import Database, libpq_url

KEY = "Gmv3ALtY0Y3kmhz3rMfJJ8YEqNU3uGqq8gVYlYqVHzY="
TEMPLATE = "held_template"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """The run's server, and how to get a database on it."""

    url: str

    def fresh(self, *, migrated: bool = True) -> str:
        """The address of a new database, with the schema or with nothing in it."""
        name = f"test_{next(_numbers)}"
        like = f"template {TEMPLATE}" if migrated else ""
        self.run(f"create database {name} {like}")
        return self.address_of(name)

    def address_of(self, name: str) -> str:
        """The address of a database on this server."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        """Run one statement of the server's own."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@dataclass(slots=True)
class Opened:
    """A database as the bot opens it."""

    url: str
    database: Database
    queue: Queue
    clock: Clock = field(default_factory=Clock)


@asynccontextmanager
async def opened(url: str, *keys: str) -> AsyncIterator[Opened]:
    """A database with its queue, as the bot opens it; closed at the end."""
    clock = Clock()
    queue = Queue(libpq_url(url), clock)
    database = Database(url, Vault(list(keys) or [KEY]), queue)
    try:
        async with queue.app.open_async():
            yield Opened(url, database, queue, clock)
    finally:
        await database.close()


def rows(url: str, query: LiteralString, *values: object) -> list[tuple[object, ...]]:
    """What a plain query finds, past everything of the bot's."""
    with psycopg.connect(url) as connection:
        return list(connection.execute(query, values))
