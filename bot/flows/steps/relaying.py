"""Passing on to a parent what a member of staff wrote or sent, under their name."""

from collections.abc import Iterable

from bot.core.deliveries import Copy, Delivery, Lane, Send, What
from bot.core.messages import Incoming, Media
from bot.core.people import Staff
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.answering import medium_text
from bot.storage.database import Tx
from bot.storage.deliveries import owe

REPLY = "questions.reply"


def mark_of(incoming: Incoming) -> str:
    """What names a message of a member of staff, however often they change it."""
    return f"{incoming.chat_id}:{incoming.message_id}"


def words_for(s: Services, sender: Staff, incoming: Incoming, phrase: str = REPLY) -> str:
    """The words that a parent is shown, or what it was that came without any."""
    if isinstance(incoming.content, Media):
        text = f"({medium_text(incoming.content.medium, s)})"
    else:
        text = as_written(incoming.text)
    return s.phrases.say(phrase, name=sender.name, text=text)


def parts_for(
    s: Services,
    sender: Staff,
    incoming: Incoming,
    under: int | None = None,
    phrase: str = REPLY,
) -> Iterable[What]:
    """What a parent is shown, `under` the message of this number where it answers one."""
    yield Send(Reply(words_for(s, sender, incoming, phrase)), answers=under)
    if isinstance(incoming.content, Media):
        yield Copy(incoming.chat_id, incoming.message_id)


async def relay(
    tx: Tx,
    s: Services,
    incoming: Incoming,
    chat_id: int,
    parts: Iterable[What],
    lane: Lane = Lane.REPLY,
    about: str | None = None,
) -> None:
    """Owe a parent what staff wrote; it is found again by the message that it came from."""
    for part, what in enumerate(parts):
        key = f"reply:{incoming.update_id}:{chat_id}:{part}"
        delivery = Delivery(key, chat_id, what, lane, about, passes_on=mark_of(incoming))
        await owe(tx, delivery, s.clock.now())
