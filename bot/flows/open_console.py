"""Staff enter the console: by a link that the bot sends to one person, for one use."""

from dataclasses import dataclass, field

from bot.core.audit import Act
from bot.core.people import Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.taking import locked, may_see, tell
from bot.storage import console


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is in: what their browser keeps, and the flag that they came for."""

    session: str = field(repr=False)
    flag_id: int


async def send_console_link(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """*Console* was pressed: send a link to whoever may see the flag, and nobody else."""
    if s.console_url is None:
        return s.phrases.say("console.is_off")
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "console")
        if flag is None:
            return ""
        if not await may_see(tx, flag, by):
            return s.phrases.say("flags.not_yours")
        code = await console.make_console_link(tx, by, flag, s.clock.now())
        link = f"{s.console_url}/console#{code}"
        minutes = int(console.LINK_LIVES.total_seconds() // 60)
        text = s.phrases.say("console.link", alias=flag.alias, link=link, minutes=minutes)
        await tell(tx, s, flag, by, f"console:{update_id}", Reply(text))
        return ""


async def enter(s: Services, code: str) -> Entered | None:
    """Use a code up; None if it is unknown, used or too old, or its owner works here no more."""
    async with s.database.transaction() as tx:
        now = s.clock.now()
        found = await console.use_console_link(tx, code, now)
        if found is None:
            return None
        who, flag_id = found
        tx.note(Act.CONSOLE_ENTERED, f"flag:{flag_id}", by=who, how="console")
        return Entered(await console.begin_session(tx, who, now), flag_id)


async def who_is_in(s: Services, session: str) -> Staff | None:
    """Who is signed in; the session is kept awake by it."""
    async with s.database.transaction() as tx:
        return await console.see_session(tx, session, s.clock.now())


async def leave(s: Services, session: str) -> None:
    """End a session."""
    async with s.database.transaction() as tx:
        await console.end_session(tx, session)
