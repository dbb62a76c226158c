"""What parents write stands in the database sealed, and only the clinic's key opens it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import LargeBinary, text
from sqlalchemy.exc import DBAPIError

from bot.adapters.secrets import new_key
from bot.core.deliveries import Delivery, Send
from bot.core.messages import Incoming, Words
from bot.core.people import Role
from bot.core.replies import Button, Reply
from bot.core.triage import Category, Concern, Route, Verdict
from bot.errors import WrongKey
from bot.storage import resealing
from bot.storage.database import Tx
from bot.storage.deliveries import find_owed, owe
from bot.storage.flags import NewFlag, add_flag
from bot.storage.inbox import store_update
from bot.storage.messages import add_message, evidence_of, recent_texts
from bot.storage.people import add_family, add_parent, add_staff, save_clinic, the_clinic, who_is
from bot.storage.resealing import reseal
from bot.storage.schema import metadata
from bot.storage.tables import Sealed
from tests.databases import KEY, Opened, Server, opened

NOW = datetime(2026, 3, 4, tzinfo=UTC)
SECRET = "plum-coloured-words"


async def fill(tx: Tx) -> None:
    """Write the secret everywhere a parent's or somebody's words can come to stand."""
    await save_clinic(tx, SECRET, "GB", NOW)
    therapist = await add_staff(tx, SECRET, Role.THERAPIST, chat_id=5)
    family = await add_family(tx, therapist, "GB", NOW, SECRET)
    parent = await add_parent(tx, family, SECRET, 6, "1", NOW)
    incoming = Incoming(1, 6, 3, SECRET, "en", NOW, Words(SECRET))
    verdict = Verdict(Concern.URGENT, Category.OTHER_DANGER, "model", (SECRET,), 0.9, "en", "test")
    message_id = await add_message(tx, incoming, family.id, verdict, Route.URGENT)
    flag = NewFlag(6, parent, SECRET, "GB", Category.OTHER_DANGER, "model", message_id)
    await add_flag(tx, flag, NOW)
    await owe(tx, Delivery("k", 6, Send(Reply(SECRET, ((Button(SECRET, "a:1"),),)))), NOW)
    await store_update(tx, 1, 6, f'{{"text": "{SECRET}"}}', NOW)


@pytest.fixture
async def filled(server: Server) -> AsyncIterator[Opened]:
    """A database with the secret in it."""
    url = server.fresh()
    async with opened(url) as found:
        await found.database.check_key()
        async with found.database.transaction() as tx:
            await fill(tx)
        yield found


def everything_in(url: str) -> str:
    """Every row of every table as text; bytes stand in it as they are and as hex."""
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "select format('%I', table_name) from information_schema.tables "
            "where table_schema = 'public' and table_type = 'BASE TABLE'"
        ).fetchall()
        found = [
            str(row)
            for (name,) in names
            for row in connection.execute(f"select t::text from {name} t".encode())
        ]
    return "\n".join(found)


async def test_no_table_holds_a_word_in_plain_text(filled: Opened) -> None:
    stored = everything_in(filled.url)
    assert "handle_update" in stored, "the jobs were looked at too"
    assert SECRET not in stored
    assert SECRET.encode().hex() not in stored


async def test_the_same_words_are_never_sealed_the_same_way_twice(filled: Opened) -> None:
    with psycopg.connect(filled.url) as connection:
        sealed = connection.execute(
            "select name from clinic union all select name from staff "
            "union all select alias from families union all select name from parents"
        ).fetchall()
    assert len(sealed) == 4
    assert len(set(sealed)) == 4


async def test_what_was_sealed_can_be_read_again(filled: Opened) -> None:
    async with opened(filled.url) as again, again.database.transaction() as tx:
        clinic = await the_clinic(tx)
        assert clinic is not None
        assert clinic.name == SECRET
        assert (await who_is(tx, 6, "")).name == SECRET
        assert await recent_texts(tx, 6, NOW) == (SECRET,)
        assert await evidence_of(tx, 1) == (SECRET,)
        owed = await find_owed(tx, 1)
        assert owed is not None
        assert isinstance(owed.delivery.what, Send)
        assert owed.delivery.what.reply.text == SECRET


async def test_another_key_is_a_clear_error_at_the_start(filled: Opened) -> None:
    async with opened(filled.url, new_key()) as other:
        with pytest.raises(WrongKey, match="HELDINMIND_KEY"):
            await other.database.check_key()


async def test_a_new_key_beside_the_old_one_opens_what_the_old_one_sealed(filled: Opened) -> None:
    async with opened(filled.url, new_key(), KEY) as rotated:
        await rotated.database.check_key()
        async with rotated.database.transaction() as tx:
            assert await recent_texts(tx, 6, NOW) == (SECRET,)


async def test_the_databases_errors_never_hold_what_was_written(filled: Opened) -> None:
    async with opened(filled.url) as again:
        with pytest.raises(DBAPIError) as caught:
            async with again.database.transaction() as tx:
                await tx.connection.execute(
                    text("insert into families (alias) values (:words)"), {"words": SECRET}
                )
    assert SECRET not in str(caught.value) + repr(caught.value)


async def test_resealed_rows_need_no_key_but_the_first(filled: Opened) -> None:
    newer = new_key()
    async with opened(filled.url, newer, KEY) as found:
        counted = await reseal(found.database, lambda *_: None, dry_run=True)
        assert counted > 0
        assert await reseal(found.database, lambda *_: None) == counted
        assert await reseal(found.database, lambda *_: None) == 0
    async with opened(filled.url, newer) as found:
        await found.database.check_key()
        async with found.database.transaction() as tx:
            clinic = await the_clinic(tx)
            assert clinic is not None
            assert clinic.name == SECRET
            assert await recent_texts(tx, 6, NOW) == (SECRET,)
    with pytest.raises(WrongKey):
        async with opened(filled.url, KEY) as found:
            await found.database.check_key()


async def test_rows_beyond_one_batch_are_resealed_too(
    filled: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 1)
    async with filled.database.transaction() as tx:
        for number in range(3):
            await store_update(tx, 10 + number, 6, SECRET, NOW)
    newer = new_key()
    async with opened(filled.url, newer, KEY) as found:
        await reseal(found.database, lambda *_: None)
        assert await reseal(found.database, lambda *_: None, dry_run=True) == 0


def test_every_column_of_bytes_is_sealed_or_a_hash() -> None:
    plain = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and not isinstance(column.type, Sealed)
    }
    hashed = ("links", "console_links", "console_sessions")
    assert plain == {f"{table}.code_hash" for table in hashed}
