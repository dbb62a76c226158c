"""Answering a pressed button where it stands: the message under it changes."""

from bot.core.deliveries import Delivery, Edit, Send, What
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.deliveries import key_of, owe


async def change_message(
    tx: Tx,
    s: Services,
    chat_id: int,
    message_id: int,
    key: str,
    reply: Reply,
    *kinds: str,
    about: str | None = None,
) -> None:
    """Let the message that was pressed say something else, if it is one of these kinds.

    A kind is how its key begins. Any other message stays as it is, and a new one follows.
    """
    of_key = await key_of(tx, chat_id, message_id)
    is_changed = of_key is not None and of_key.startswith(kinds)
    what: What = Edit(of_key, reply) if of_key is not None and is_changed else Send(reply)
    await owe(tx, Delivery(key, chat_id, what, about=about), s.clock.now())
