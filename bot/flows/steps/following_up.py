"""What a family writes while a flag is open goes to whoever has it, or was told of it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.alerts import alert
from bot.core.deliveries import Copy, Delivery, Lane, Send, What
from bot.core.flags import Flag
from bot.core.holds import Danger, makes_worse
from bot.core.messages import Incoming, Media
from bot.core.people import Parent, Staff
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.answering import medium_text
from bot.flows.steps.flagging import about, hold, words_for
from bot.flows.steps.other_parent import from_other_parent
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.flags import add_event, alerted_staff, somebody_may_have_it
from bot.storage.holds import JOINED, Hearer, dangers_of
from bot.storage.messages import StoredMessage
from bot.storage.people import all_staff


async def follow_up(
    tx: Tx,
    s: Services,
    flag: Flag,
    parent: Parent | None,
    incoming: Incoming,
    message_id: int,
    danger: Danger | None = None,
) -> None:
    """Add a message to an open flag, pass it on, and tell the parent so.

    `danger`: what triage made of it, where it is urgent by itself. While nobody has the flag, what
    makes it worse rings again, and anything else is there to be read.
    """
    is_worse = danger is not None and makes_worse(danger, await dangers_of(tx, flag.id))
    what = "worse" if is_worse else "follow_up"
    await add_event(tx, flag.id, what, s.clock.now(), message_id=message_id)
    name = parent.name if parent else incoming.sender_name
    if flag.holder is not None:
        await _to_holder(tx, s, flag, flag.holder, name, incoming, message_id)
    elif is_worse and danger is not None:
        await _ring_again(tx, s, replace(flag, category=danger.category), message_id)
    reply = Reply(_acknowledge(s, flag, incoming, rings=is_worse))
    key = f"flag:{flag.id}:heard:{message_id}"
    await owe(tx, Delivery(key, incoming.chat_id, Send(reply), Lane.FLAG), s.clock.now())


async def join(
    tx: Tx,
    s: Services,
    flag: Flag,
    parent: Parent,
    incoming: Incoming,
    message_id: int,
    danger: Danger,
) -> None:
    """The other parent wrote of danger themselves: it joins the flag, and rings.

    They get a holding message about their own words; nothing in it says that there was a flag.
    """
    number = await add_event(tx, flag.id, JOINED, s.clock.now(), message_id=message_id)
    if flag.holder is not None:
        await _to_holder(tx, s, flag, flag.holder, parent.name, incoming, message_id)
    else:
        await _ring_again(tx, s, replace(flag, category=danger.category), message_id)
    reached = flag.holder is not None or await somebody_may_have_it(tx, flag.id)
    await hold(tx, s, flag, Hearer(incoming.chat_id, danger.category, number), reached=reached)


def as_it_came(message: StoredMessage, name: str) -> Incoming:
    """A message that was stored before, as it was when it came."""
    number, at = message.telegram_message_id, message.sent_at
    return Incoming(0, message.chat_id, number, name, None, at, message.content)


def _acknowledge(s: Services, flag: Flag, incoming: Incoming, *, rings: bool) -> str:
    if flag.holder is None:
        emergency = s.directory.of(flag.country).emergency
        phrase = "holding.followup_waiting" if rings else "holding.followup_added"
        return s.phrases.say(phrase, emergency=emergency)
    copied = isinstance(incoming.content, Media)
    phrase = "holding.followup_copied" if copied else "holding.followup_taken"
    return s.phrases.say(phrase, name=flag.holder.name)


async def _to_holder(
    tx: Tx,
    s: Services,
    flag: Flag,
    holder: Staff,
    name: str,
    incoming: Incoming,
    message_id: int,
) -> None:
    for part, what in enumerate(_relayed(s, flag, name, incoming)):
        await _send(tx, s, flag, holder, f"relay:{message_id}:{part}", what)


def _relayed(s: Services, flag: Flag, name: str, incoming: Incoming) -> Iterable[What]:
    if incoming.chat_id != flag.chat_id:
        yield from from_other_parent(s, flag, name, incoming)
        return
    if not isinstance(incoming.content, Media):
        text = as_written(incoming.text)
        phrase = "flags.from_parent_edited" if incoming.edited else "flags.from_parent"
        yield Send(Reply(s.phrases.say(phrase, alias=flag.alias, parent=name, text=text)))
        return
    medium = medium_text(incoming.content.medium, s)
    words = s.phrases.say("flags.from_parent_medium", alias=flag.alias, parent=name, medium=medium)
    yield Send(Reply(words))
    yield Copy(incoming.chat_id, incoming.message_id)


async def _ring_again(tx: Tx, s: Services, flag: Flag, message_id: int) -> None:
    alerted = await alerted_staff(tx, flag.id)
    for person in await all_staff(tx):
        if person.id in alerted and person.is_linked:
            words = await words_for(tx, s, flag, person, message_id)
            reply = alert(flag, s.phrases, s.clock.now(), words, again=True)
            await _send(tx, s, flag, person, f"again:{message_id}:{person.id}", Send(reply))


async def _send(tx: Tx, s: Services, flag: Flag, person: Staff, part: str, what: What) -> None:
    assert person.chat_id is not None, "only linked staff are told of a flag"
    key = f"flag:{flag.id}:{part}"
    delivery = Delivery(key, person.chat_id, what, Lane.FLAG, about(flag), person.id)
    await owe(tx, delivery, s.clock.now())
