"""A family has one open flag: what is urgent raises it, or joins the one that is there."""

from bot.core.alerts import Again
from bot.core.flags import Flag
from bot.core.holds import Danger
from bot.core.messages import Incoming
from bot.core.people import Parent
from bot.core.triage import Category
from bot.flows.services import Services
from bot.flows.steps.flagging import raise_flag
from bot.flows.steps.following_up import as_it_came, follow_up, join
from bot.storage.database import Tx
from bot.storage.flags import find_flag, open_flag
from bot.storage.holds import hears_of, lock_family
from bot.storage.messages import stored_message


async def raise_or_join(
    tx: Tx,
    s: Services,
    *,
    chat_id: int,
    parent: Parent | None,
    category: Category,
    reason: str,
    message_id: int | None,
    asks: Again | None = None,
) -> Flag:
    """Raise a flag; if one was raised meanwhile, by the other parent perhaps, join that one.

    `asks`: why it rings then, where that is not for the danger it speaks of.
    """
    family_id = parent.family.id if parent else None
    await lock_family(tx, family_id, chat_id)
    there = await open_flag(tx, chat_id, family_id)
    if there is None:
        return await raise_flag(
            tx,
            s,
            chat_id=chat_id,
            parent=parent,
            category=category,
            reason=reason,
            message_id=message_id,
        )
    if message_id is not None:
        name = parent.name if parent else ""
        incoming = as_it_came(await stored_message(tx, message_id), name)
        danger = Danger(category, reason)
        flag = await find_flag(tx, there.id, lock=True) or there
        if parent is None or await hears_of(tx, flag, chat_id):
            await follow_up(tx, s, flag, parent, incoming, message_id, danger, asks=asks)
        else:
            await join(tx, s, flag, parent, incoming, message_id, danger)
    return there


async def follow_or_raise(
    tx: Tx,
    s: Services,
    flag: Flag,
    parent: Parent | None,
    incoming: Incoming,
    message_id: int,
    danger: Danger | None,
    *,
    asks: Again | None = None,
) -> None:
    """Add a message to a flag as it stands now; if it was closed meanwhile, danger raises anew."""
    now = await find_flag(tx, flag.id, lock=True)
    if danger is not None and (now is None or not now.is_open):
        await raise_or_join(
            tx,
            s,
            chat_id=incoming.chat_id,
            parent=parent,
            category=danger.category,
            reason=danger.reason,
            message_id=message_id,
        )
        return
    await follow_up(tx, s, now or flag, parent, incoming, message_id, danger, asks=asks)
