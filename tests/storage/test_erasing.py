"""Erasing reaches every table: the schema is walked, and a new table has to be thought of."""

import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import BigInteger, Column, LargeBinary, Table, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.core.people import Family, Parent, Role, Staff
from bot.storage.database import Tx
from bot.storage.erasing import COVERED, NOT_THEIRS, Leaving, erase
from bot.storage.own_data import own_data
from bot.storage.schema import metadata
from bot.storage.tables import Sealed
from tests.databases import Opened, Server, opened, rows

SAM, DANA = 987_001, 987_002
SECRET = "plum-coloured words of Samira"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OF_CHATS = ("chat_id", "opened_by", "used_by")
PEOPLE = ("parents", "families", "messages")
VALUES: dict[tuple[str, str], object] = {
    ("staff", "chat_id"): DANA,
    ("staff", "left_chat_id"): None,
    ("staff", "left_at"): None,
    ("flags", "state"): "closed",
    ("deliveries", "state"): "accepted",
    ("deliveries", "staff_id"): None,
    ("links", "kind"): "parent",
    ("links", "owner_id"): 1,
    ("alarms", "key"): "flag:1:unclosed:1",
}
BY_TYPE: dict[type, object] = {
    datetime: NOW,
    date: NOW.date(),
    time: time(18),
    str: "GB",
    int: 1,
    float: 1.0,
    bool: False,
}


def is_linked(table: Table) -> bool:
    """Whether a row can be somebody's: by a number of theirs, or by words."""
    return any(
        isinstance(column.type, Sealed)
        or column.name in (*OF_CHATS, "parent_id", "family_id", "message_id")
        or any(key.column.table.name in PEOPLE for key in column.foreign_keys)
        for column in table.columns
    )


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_that_can_hold_something_of_a_parents_is_thought_of(table: Table) -> None:
    thought_of = table.name in COVERED or table.name in NOT_THEIRS
    assert thought_of or not is_linked(table), (
        f"{table.name} is linked to a parent, or has sealed words: erase it in "
        "bot/storage/erasing.py, and say so in COVERED there"
    )


def test_no_table_is_thought_of_that_does_not_exist() -> None:
    assert {*COVERED, *NOT_THEIRS} <= set(metadata.tables)
    assert not {*COVERED} & {*NOT_THEIRS}


def _value(tx: Tx, table: Table, column: Column[Any], ids: dict[str, int]) -> object:
    if (table.name, column.name) in VALUES:
        return VALUES[table.name, column.name]
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return ids[key.column.table.name]
    if isinstance(column.type, Sealed):
        return tx.seal("the clinic's" if table.name in NOT_THEIRS else _words(column))
    if column.name in OF_CHATS:
        return SAM
    if isinstance(column.type, LargeBinary):
        return secrets.token_bytes(8)
    return BY_TYPE[column.type.python_type]


def _words(column: Column[Any]) -> str:
    """Words that say where they stand, in the form of their column."""
    said = f"{SECRET} in {column}."
    match str(column):
        case "messages.evidence":
            return json.dumps([said])
        case "deliveries.body":
            return json.dumps(
                {"do": "send", "text": said, "buttons": [], "keyboard": [], "quiet": True}
            )
    return said


async def fill(tx: Tx) -> dict[str, int]:
    """A row in every table, Sam's wherever it can be somebody's; the number of each."""
    ids: dict[str, int] = {}
    for table in metadata.sorted_tables:
        values = {
            column.name: _value(tx, table, column, ids)
            for column in table.columns
            if column.identity is None
        }
        statement = upsert(table).values(**values).on_conflict_do_nothing()
        await tx.execute(statement)
        first = next(iter(table.primary_key))
        if isinstance(first.type, BigInteger) and first.name not in OF_CHATS:
            ids[table.name] = (await tx.execute(select(first))).scalars().first()
    return ids


async def words_to_staff(tx: Tx) -> None:
    """What went to Dana about Sam, and what did not."""
    about = {
        "question:1:words": "question:1",
        "flag:1:rung:0:1": "flag:1",
        "check:1:note": None,
        "link:1:joined:told": None,
        "practice:1:told:no_time": "practice:1",
        "session:1:page:0": None,
        "alarm:flag:1:unclosed:1:1": None,
        "progress:77": None,
        "explain:78": None,
    }
    for key, of in about.items():
        await _to_dana(tx, key, of, SECRET)
    await _to_dana(tx, "question:12:words", "question:12", "Samira, of another family, asks")
    await _to_dana(tx, "explain:79", None, "Sunday")


async def _to_dana(tx: Tx, key: str, about: str | None, said: str) -> None:
    body = tx.seal(f'{{"do": "send", "text": "{said}"}}')
    values = {"key": key, "about": about, "staff_id": 1, "body": body, "state": "accepted"}
    table = metadata.tables["deliveries"]
    await tx.execute(insert(table).values(chat_id=DANA, lane="reply", made_at=NOW, **values))


@pytest_asyncio.fixture
async def filled(server: Server) -> AsyncIterator[Opened]:
    """A database with something of Sam's everywhere."""
    async with opened(server.fresh()) as found:
        async with found.database.transaction() as tx:
            ids = await fill(tx)
            assert set(ids.values()) == {1}
            await words_to_staff(tx)
        yield found


def leaving(*, family_goes: bool) -> Leaving:
    """Sam, with the family or without it."""
    return Leaving((1,), (SAM,), 1, family_goes, ("Samira",))


async def left_of(tx: Tx, table: Table) -> list[str]:
    """Where a table still holds Sam's chat, or words about Sam."""
    found = []
    for row in (await tx.execute(select(table))).mappings():
        for column in table.columns:
            value = row[column.name]
            is_sealed = isinstance(column.type, Sealed) and value is not None
            said = tx.unseal(value) if is_sealed else value
            if said == SAM or (is_sealed and SECRET in said):
                found.append(f"{table.name}.{column.name}")
    return found


async def test_nothing_of_a_parent_is_left_in_any_table(filled: Opened) -> None:
    async with filled.database.transaction() as tx:
        before = [one for table in metadata.sorted_tables for one in await left_of(tx, table)]
        await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")
        after = [one for table in metadata.sorted_tables for one in await left_of(tx, table)]
    assert {one.partition(".")[0] for one in before} >= {
        *("messages", "deliveries", "inbox", "flags", "flag_notes", "alarms", "notices"),
        *("practices", "session_notes", "wordings", "practice_plans", "families", "parents"),
    }
    assert after == []


async def test_what_is_said_to_go_goes_row_by_row(filled: Opened) -> None:
    stays = {"flags", "flag_events", "alarms", "deliveries"}
    async with filled.database.transaction() as tx:
        await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")
        for name in COVERED:
            rows = (await tx.execute(select(metadata.tables[name]))).all()
            assert bool(rows) == (name in stays), name


async def test_the_history_of_a_flag_keeps_times_states_and_outcomes(filled: Opened) -> None:
    async with filled.database.transaction() as tx:
        await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")
        (flag,) = (await tx.execute(select(metadata.tables["flags"]))).mappings()
        (event,) = (await tx.execute(select(metadata.tables["flag_events"]))).mappings()
        assert tx.unseal(flag["alias"]) == "left"
    assert (flag["state"], flag["raised_at"], flag["outcome"]) == ("closed", NOW, "GB")
    assert (flag["chat_id"], flag["family_id"], flag["message_id"]) == (0, None, None)
    assert (event["at"], event["what"], event["staff_id"]) == (NOW, "GB", 1)
    assert event["message_id"] is None


async def test_notes_stay_where_the_clinic_has_to_keep_them(filled: Opened) -> None:
    async with filled.database.transaction() as tx:
        await erase(tx, leaving(family_goes=True), keep_notes=True, gone="left")
        assert (await tx.execute(select(metadata.tables["flag_notes"]))).all()


async def test_a_family_stays_while_others_of_it_are_here(filled: Opened) -> None:
    async with filled.database.transaction() as tx:
        await erase(tx, leaving(family_goes=False), keep_notes=False, gone="left")
        for name in ("families", "practice_plans", "family_sessions", "digests", "word_use"):
            assert (await tx.execute(select(metadata.tables[name]))).all(), name
        (flag,) = (await tx.execute(select(metadata.tables["flags"]))).mappings()
    assert flag["family_id"] == 1, "the other parent's page before a session counts it still"


NOT_SHOWN = {
    "inbox.payload": "the same words as Telegram sent them",
    "flags.alias": "the family's name, which is shown as the family's",
    "families.alias": "shown from the family itself",
    "parents.name": "shown from the parent itself",
    "flag_notes.text": "staff's own notes",
    "alarms.sentence": "the clinic's alarms",
    "notices.body": "what staff were told outside Telegram",
    "wordings.curated": "the page, as it was or would have been sent",
    "wordings.passages": "sentences of the page",
    "wordings.sentences": "drafts; what was sent is shown",
}


async def test_a_parent_is_shown_every_word_that_is_kept_of_theirs(filled: Opened) -> None:
    dana = Staff(1, "Dana", Role.THERAPIST, DANA)
    sam = Parent(1, "Samira", SAM, Family(1, "Maple", "GB", dana))
    async with filled.database.transaction() as tx:
        shown = str(asdict(await own_data(tx, sam)))
    sealed = [
        str(column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed) and table.name not in NOT_THEIRS
    ]
    missing = {one for one in sealed if f"{SECRET} in {one}." not in shown}
    assert missing == set(NOT_SHOWN)


async def test_what_staff_were_sent_about_others_stays(filled: Opened) -> None:
    async with filled.database.transaction() as tx:
        await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")
        keys = (await tx.execute(select(metadata.tables["deliveries"].c.key))).scalars().all()
    assert sorted(keys) == ["explain:79", "question:12:words"]


async def test_erasing_twice_is_erasing_once(filled: Opened) -> None:
    async with filled.database.transaction() as tx:
        assert await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")
        assert not await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")


async def test_what_fails_half_way_has_erased_nothing(filled: Opened) -> None:
    async def fails() -> None:
        async with filled.database.transaction() as tx:
            await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    async with filled.database.transaction() as tx:
        assert "messages.text" in await left_of(tx, metadata.tables["messages"])


async def test_a_rehearsal_counts_and_changes_nothing(filled: Opened) -> None:
    async with filled.database.rehearsal() as tx:
        count = await erase(tx, leaving(family_goes=True), keep_notes=False, gone="left")
    assert count["messages"] == 1
    async with filled.database.transaction() as tx:
        assert await left_of(tx, metadata.tables["messages"])


async def test_that_a_parent_was_erased_stays_in_the_audit_trail(server: Server) -> None:
    url = server.fresh()
    async with opened(url) as storage, storage.database.transaction() as tx:
        who = Leaving((5,), (SAM,), 3, True, ("Sam",))
        await erase(tx, who, keep_notes=False, gone="gone")
    trail = "select about, detail from audit_entries where act = 'erased'"
    assert rows(url, trail) == [("family:3 parent:5", "all of the family")]
