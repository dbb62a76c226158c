"""Erasing parents: what is open around them, doing it, and telling those who waited for it."""

from collections import Counter
from datetime import datetime

from bot.core.deliveries import Delivery, Send
from bot.core.erasing import Open
from bot.core.flags import Flag
from bot.core.people import Family, Parent
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.storage.checks import open_check
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.erase_wishes import end_waiting
from bot.storage.erasing import Leaving, erase, others_of
from bot.storage.flags import open_flag
from bot.storage.holds import hears_of
from bot.storage.inbox import has_waiting


async def open_around(tx: Tx, parent: Parent, update_id: int) -> Open:
    """What is open around a parent; a flag of their chat from before they joined counts as well."""
    of_family = await open_flag(tx, parent.chat_id, parent.family.id)
    flag = of_family or await open_flag(tx, parent.chat_id, None)
    return Open(
        has_flag=flag is not None,
        is_theirs=flag is not None and await hears_of(tx, flag, parent.chat_id),
        has_check=await open_check(tx, parent.chat_id) is not None,
        has_unread=await has_waiting(tx, [parent.chat_id], but=update_id),
    )


async def erase_one(tx: Tx, parent: Parent, *, keep_notes: bool, gone: str) -> bool:
    """Erase a parent; whether the family went as well, as nobody of it is left."""
    family_goes = await others_of(tx, parent.family.id, [parent.id]) == 0
    names = (parent.name, parent.family.alias) if family_goes else (parent.name,)
    who = Leaving((parent.id,), (parent.chat_id,), parent.family.id, family_goes, names)
    await erase(tx, who, keep_notes=keep_notes, gone=gone)
    return family_goes


async def erase_all(
    tx: Tx, family: Family, parents: tuple[Parent, ...], *, keep_notes: bool, gone: str
) -> Counter[str]:
    """Erase a family with everybody in it; how many rows of which kind."""
    who = Leaving(
        parent_ids=tuple(one.id for one in parents),
        chat_ids=tuple(one.chat_id for one in parents),
        family_id=family.id,
        family_goes=True,
        names=(family.alias, *(one.name for one in parents)),
    )
    return await erase(tx, who, keep_notes=keep_notes, gone=gone)


async def tell_who_waited(tx: Tx, s: Services, flag: Flag) -> None:
    """A flag was closed: whoever wished to be erased meanwhile can decide again."""
    if await open_flag(tx, flag.chat_id, flag.family_id) is not None:
        return
    for parent_id, chat_id in await end_waiting(tx, flag.family_id, flag.chat_id):
        reply = Reply(s.phrases.say("privacy.erase_can_now"))
        await say(tx, s, chat_id, f"erase:{flag.id}:can:{parent_id}", reply)


async def owe_news(tx: Tx, key: str, chat_id: int, text: str, now: datetime) -> None:
    """Owe the news that somebody was erased; it is not kept once Telegram has it."""
    await owe(tx, Delivery(key, chat_id, Send(Reply(text))), now)
