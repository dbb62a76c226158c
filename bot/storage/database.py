"""The database: one engine, transactions that carry jobs, migrations applied under a lock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.queue import QUEUES, Queue
from bot.adapters.secrets import Vault
from bot.core.audit import THE_BOT, Act, Actor, Deed
from bot.core.people import Staff
from bot.errors import SettingsError
from bot.settings import PREFIX
from bot.storage.audit import append
from bot.storage.tables import key_check

MIGRATION_LOCK = 7_166_013
CHECK_WORD = "held in mind"


class Tx:
    """One transaction: rows and jobs that come into being together, or not at all."""

    def __init__(
        self,
        connection: AsyncConnection,
        vault: Vault,
        queue: Queue,
        by: Staff | Actor = THE_BOT,
        *,
        deeds: list[Deed] | None = None,
    ) -> None:
        self.connection = connection
        self._vault = vault
        self._queue = queue
        self._by = by
        self._deeds = deeds

    async def execute(self, statement: Any) -> Any:
        """Run a statement."""
        return await self.connection.execute(statement)

    def seal(self, words: str) -> bytes:
        """Encrypt what goes into a sealed column."""
        return self._vault.encrypt(words)

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what stands in a sealed column."""
        return self._vault.decrypt(sealed)

    def resealed(self, sealed: bytes) -> bytes | None:
        """The same words sealed with the first key, or nothing where they already are."""
        return None if self._vault.is_current(sealed) else self._vault.reseal(sealed)

    def note(
        self,
        act: Act,
        *about: str,
        by: Staff | Actor | None = None,
        how: str = "",
        detail: str = "",
    ) -> None:
        """Put something into the audit trail, with the last statement of this transaction.

        `about` are ids such as `family:3`. Without `by`, it is whoever the transaction is of.
        """
        assert self._deeds is not None, "what only reads has no end at which an entry is written"
        who = self._by if by is None else by
        actor = Actor(who.id) if isinstance(who, Staff) else who
        self._deeds.append(Deed(self._queue.now(), actor, act, about, how, detail))

    async def defer(self, task: str, **options: Any) -> None:
        """Put a job into the queue, to exist when this transaction commits."""
        raw = await self.connection.get_raw_connection()
        await self._queue.defer(raw.driver_connection, task, **options)


class Database:
    """PostgreSQL, reached through one engine."""

    def __init__(self, url: str, vault: Vault, queue: Queue, by: Actor = THE_BOT) -> None:
        self._engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=10,
            max_overflow=10,
            hide_parameters=True,
        )
        self._alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._vault = vault
        self._queue = queue
        self._by = by

    @asynccontextmanager
    async def transaction(self, by: Staff | Actor | None = None) -> AsyncIterator[Tx]:
        """A transaction that commits at the end, and rolls back on an error.

        `by` is who acts in it, for the audit trail.
        """
        deeds: list[Deed] = []
        async with self._engine.begin() as connection:
            yield Tx(connection, self._vault, self._queue, by or self._by, deeds=deeds)
            if deeds:
                await append(connection, deeds)

    @asynccontextmanager
    async def rehearsal(self) -> AsyncIterator[Tx]:
        """A transaction of which nothing stays, whatever was done in it."""
        async with self._engine.connect() as connection:
            whole = await connection.begin()
            try:
                yield Tx(connection, self._vault, self._queue, self._by, deeds=[])  # none stays
            finally:
                await whole.rollback()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A connection for a few reads, each by itself: two round trips fewer."""
        async with self._alone.connect() as connection:
            yield Tx(connection, self._vault, self._queue)

    async def migrate(self) -> None:
        """Bring the schema up to date; processes that start together wait for one another.

        Raises:
            SettingsError: no database answers.
        """
        await self._reach()
        async with self._engine.connect() as connection:
            await connection.execute(select(func.pg_advisory_lock(MIGRATION_LOCK)))
            await connection.commit()
            try:
                await connection.run_sync(_upgrade)
                await connection.commit()
            finally:
                await connection.rollback()
                await connection.execute(select(func.pg_advisory_unlock(MIGRATION_LOCK)))
                await connection.commit()

    async def _reach(self) -> None:
        try:
            await self.ping()
        except DBAPIError as error:
            said = str(error.orig).splitlines()[0]
            raise SettingsError(
                f"{PREFIX}DATABASE_URL: the database does not let us in ({said})"
            ) from error

    async def check_key(self) -> None:
        """See that the vault's key opens this database; on a new one, seal the proof.

        Raises:
            WrongKey: it was made with another key.
        """
        async with self.transaction() as tx:
            sealed = tx.seal(CHECK_WORD)
            await tx.execute(insert(key_check).values(id=1, sealed=sealed).on_conflict_do_nothing())
            stored = (await tx.execute(select(key_check.c.sealed))).scalar_one()
            tx.unseal(stored)

    async def ping(self) -> None:
        """Ask the database for a sign of life."""
        async with self._engine.connect() as connection:
            await connection.execute(text("select 1"))

    async def close(self) -> None:
        """Give every connection back."""
        await self._engine.dispose()


def is_out_of_reach(error: BaseException) -> bool:
    """Whether an error means that the database is away, and waiting is the thing to do."""
    if isinstance(error, DBAPIError):
        name = type(error.orig).__name__
        return error.connection_invalidated or name in (
            "OperationalError",
            "InterfaceError",
            "AdminShutdown",
            "CannotConnectNow",
            "ConnectionTimeout",
        )
    return isinstance(error, OSError | asyncio.TimeoutError)


def sqlalchemy_url(url: str) -> str:
    """The address with the driver that we use."""
    return _with_driver(url, "postgresql+psycopg")


def libpq_url(url: str) -> str:
    """The address as PostgreSQL's own library reads it."""
    return _with_driver(url, "postgresql")


def _with_driver(url: str, driver: str) -> str:
    try:
        return make_url(url).set(drivername=driver).render_as_string(hide_password=False)
    except (ArgumentError, ValueError):
        raise SettingsError(
            f"{PREFIX}DATABASE_URL should be like postgresql://user:password@host/name"
        ) from None


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def move_schedule(tx: Tx, offset_seconds: float) -> float:
    """Bring scheduled jobs forward to a moved clock; returns by how many seconds (sandbox only).

    The offset that the jobs were last brought to stands in the database, so several processes may
    call this and only one moves anything.
    """
    row = await tx.execute(select(key_check.c.clock_offset).with_for_update())
    moved = offset_seconds - float(row.scalar_one())
    if moved:
        await tx.execute(key_check.update().values(clock_offset=offset_seconds))
        shift = text(
            "update procrastinate_jobs set scheduled_at = scheduled_at - make_interval(secs => :s) "
            "where status = 'todo' and scheduled_at is not null"
        )
        await tx.connection.execute(shift, {"s": moved})
        for queue in QUEUES:
            await tx.connection.execute(
                text("select pg_notify(:channel, :payload)"),
                {
                    "channel": f"procrastinate_queue_v1#{queue}",
                    "payload": '{"type": "job_inserted", "job_id": 0}',
                },
            )
    return moved
