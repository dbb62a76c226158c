"""Help, lists and everything else that only says something back."""

from bot.core.menus import groups_of_role, is_for_parents, listed
from bot.core.people import Parent, Role, Staff, Stranger, Who
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.helping import parents_help
from bot.flows.steps.strangers import stranger_reply
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.people import families_of


async def explain(
    s: Services, who: Who, chat_id: int, update_id: int, what: str, command: str = ""
) -> None:
    """Say what this is and what can be done here, as far as it concerns whoever asks.

    `command` is one that is not known here, where that is `what` is explained.
    """
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"explain_{what}", s.clock.now()):
            return
        await say(tx, s, chat_id, f"explain:{update_id}", await _text(tx, s, who, what, command))


async def _text(tx: Tx, s: Services, who: Who, what: str, command: str) -> Reply:
    match who:
        case Parent():
            if what == "unknown":
                return Reply(s.phrases.say("general.unknown_command"))
            return await parents_help(tx, s, who)
        case Staff():
            return Reply(await _for_staff(tx, s, who, what, command))
        case Stranger():
            return await stranger_reply(tx, s, who)


async def _for_staff(tx: Tx, s: Services, who: Staff, what: str, command: str) -> str:
    if what == "unknown" and is_for_parents(command):
        is_therapist = who.role is Role.THERAPIST
        phrase = "practice.for_parents" if is_therapist else "practice.for_parents_too"
        return s.phrases.say(phrase, command=command)
    if what == "unknown":
        return s.phrases.say("general.unknown_command")
    if what == "families" and who.role is Role.THERAPIST:
        return await _families(tx, s, who)
    commands = listed(groups_of_role(who.role), s.phrases)
    return s.phrases.say("general.help_staff", commands=commands)


async def _families(tx: Tx, s: Services, who: Staff) -> str:
    lines = [
        s.phrases.say("general.family_line", alias=family.alias)
        for family in await families_of(tx, who)
    ]
    if not lines:
        return s.phrases.say("general.families_none")
    return s.phrases.say("general.families", names="\n".join(lines))


async def set_aside(s: Services, update_id: int, why: str) -> None:
    """Note that an update asks for nothing: a group, a button long gone."""
    async with s.database.transaction() as tx:
        await claim_update(tx, update_id, f"set_aside_{why}", s.clock.now())
