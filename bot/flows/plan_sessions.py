"""A therapist says when a family's sessions are, by buttons."""

from zoneinfo import ZoneInfo

from bot.core.people import Role, Staff
from bot.core.replies import Reply
from bot.core.session_replies import (
    ask_session,
    ask_whose_sessions,
    dates_of,
    read_session_choice,
    session_set,
)
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.planning import home_zone
from bot.flows.steps.showing import change_message
from bot.storage.inbox import claim_update
from bot.storage.people import families_of
from bot.storage.sessions import drop_sessions, sessions_of, set_sessions

SESSION = "session:"


async def begin_sessions(s: Services, therapist: Staff, name: str, update_id: int) -> None:
    """`/session`, with a part of a family's name or without."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "session", s.clock.now()):
            return
        assert therapist.chat_id is not None, "they wrote from their chat"
        if therapist.role is not Role.THERAPIST:
            reply = Reply(s.phrases.say("practice.plan_not_allowed"))
        else:
            reply = ask_whose_sessions(await families_of(tx, therapist), name, s.phrases)
        await say(tx, s, therapist.chat_id, f"{SESSION}{update_id}", reply)


async def choose_session(
    s: Services, therapist: Staff, argument: str, message_id: int, update_id: int
) -> str:
    """One more tap towards a family's dates; returns what the button says back."""
    async with s.database.transaction() as tx:
        now = s.clock.now()
        if not await claim_update(tx, update_id, "session_choice", now):
            return ""
        choice = read_session_choice(argument)
        families = {one.id: one for one in await families_of(tx, therapist)}
        if choice is None or choice.family_id not in families:
            return s.phrases.say("practice.plan_not_yours")
        family = families[choice.family_id]
        dates = dates_of(choice)
        if choice.drops:
            await drop_sessions(tx, family.id)
            reply = Reply(s.phrases.say("digest.session_dropped", alias=family.alias))
        elif dates is not None:
            await set_sessions(tx, family.id, dates, therapist.id, now)
            reply = session_set(family, dates, s.phrases)
        else:
            today = now.astimezone(ZoneInfo(home_zone(s, family))).date()
            known = await sessions_of(tx, family.id)
            reply = ask_session(family, choice, known, today, s.phrases)
        assert therapist.chat_id is not None, "they pressed a button in their chat"
        key = f"{SESSION}{update_id}"
        await change_message(tx, s, therapist.chat_id, message_id, key, reply, SESSION)
        return ""
