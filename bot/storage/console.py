"""Who may enter the console, and who is in it; of codes only hashes are kept."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update

from bot.adapters.secrets import hash_code, new_code
from bot.core.flags import Flag
from bot.core.people import Staff
from bot.storage.console_tables import console_links, console_sessions
from bot.storage.database import Tx
from bot.storage.people import staff_member

LINK_LIVES = timedelta(minutes=10)
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)


async def make_console_link(tx: Tx, by: Staff, flag: Flag, now: datetime) -> str:
    """A code that lets one person in, once; older ones of theirs are void."""
    code = new_code()
    await tx.execute(delete(console_links).where(console_links.c.staff_id == by.id))
    values = {"staff_id": by.id, "flag_id": flag.id, "code_hash": hash_code(code), "made_at": now}
    await tx.execute(insert(console_links).values(values))
    return code


async def use_console_link(tx: Tx, code: str, now: datetime) -> tuple[Staff, int] | None:
    """Whom a code lets in, and to which flag; it is used up by that."""
    links = console_links.c
    statement = delete(console_links).where(links.code_hash == hash_code(code))
    found = await tx.execute(statement.returning(links.staff_id, links.flag_id, links.made_at))
    row = found.one_or_none()
    if row is None or now >= row.made_at + LINK_LIVES:
        return None
    who = await staff_member(tx, row.staff_id)
    return None if who is None else (who, row.flag_id)


async def begin_session(tx: Tx, who: Staff, now: datetime) -> str:
    """The code of a new session; what has ended is swept away."""
    sessions, code = console_sessions.c, new_code()
    over = (sessions.made_at <= now - LONGEST) | (sessions.seen_at <= now - IDLE)
    await tx.execute(delete(console_sessions).where(over))
    values = {"staff_id": who.id, "code_hash": hash_code(code), "made_at": now, "seen_at": now}
    await tx.execute(insert(console_sessions).values(values))
    return code


async def see_session(tx: Tx, code: str, now: datetime) -> Staff | None:
    """Who is signed in with a code, if they still are; they were seen now."""
    sessions = console_sessions.c
    statement = update(console_sessions).where(
        sessions.code_hash == hash_code(code),
        sessions.made_at > now - LONGEST,
        sessions.seen_at > now - IDLE,
    )
    found = await tx.execute(statement.values(seen_at=now).returning(sessions.staff_id))
    staff_id = found.scalar_one_or_none()
    return None if staff_id is None else await staff_member(tx, staff_id)


async def end_session(tx: Tx, code: str) -> None:
    """Nobody is signed in with this code any more."""
    ended = console_sessions.c.code_hash == hash_code(code)
    await tx.execute(delete(console_sessions).where(ended))
