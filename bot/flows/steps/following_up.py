"""What a family writes while a flag is open goes to whoever has it, or was told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core.alerts import Again
from bot.core.deliveries import Copy, Delivery, Lane, Send, What
from bot.core.flags import Flag
from bot.core.holding import numbers_text
from bot.core.holds import Danger, is_certain, makes_worse, named_in, rings_again
from bot.core.messages import Incoming, Media
from bot.core.people import Parent, Staff
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.answering import medium_text
from bot.flows.steps.flagging import about, hold
from bot.flows.steps.other_parent import from_other_parent
from bot.flows.steps.ringing import hurry, ring_again
from bot.storage.alerts import alerted_staff, rung_again_at, somebody_may_have_it
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.flags import add_event, find_flag
from bot.storage.holds import JOINED, Hearer, dangers_of
from bot.storage.messages import StoredMessage


async def follow_up(
    tx: Tx,
    s: Services,
    flag: Flag,
    parent: Parent | None,
    incoming: Incoming,
    message_id: int,
    danger: Danger | None = None,
    *,
    asks: Again | None = None,
) -> None:
    """Add a message to an open flag, pass it on, and tell the parent so.

    `danger`: what triage made of it, where it is urgent by itself; `asks`: what else about it asks
    for somebody now. While nobody has the flag, those ring again, an edit is told to everybody who
    was told, and anything else is there to be read.
    """
    worse = danger is not None and makes_worse(danger, await dangers_of(tx, flag.id))
    again = asks or _why(incoming, is_worse=worse)
    name = parent.name if parent else incoming.sender_name
    reached = flag.holder is not None or await somebody_may_have_it(tx, flag.id)
    rings = again is not None and await _rings(tx, s, flag, again, danger if worse else None)
    what = "follow_up" if again is None or not rings else Again.WORSE if worse else again
    await add_event(tx, flag.id, what, s.clock.now(), message_id=message_id)
    if flag.holder is not None:
        await _to_holder(tx, s, flag, flag.holder, name, incoming, message_id)
    elif again is not None:
        named = replace(flag, category=named_in(danger, flag)) if danger else flag
        await _ring(tx, s, named, again, message_id, reached=reached, rings=rings)
    reply = Reply(_acknowledge(s, flag, incoming, again if rings else None, reached=reached))
    key = f"flag:{flag.id}:heard:{message_id}"
    await owe(tx, Delivery(key, incoming.chat_id, Send(reply), Lane.FLAG), s.clock.now())


def _why(incoming: Incoming, *, is_worse: bool) -> Again | None:
    """Why a further message rings, if it does."""
    if incoming.edited:
        return Again.EDITED
    return Again.WORSE if is_worse else None


async def _rings(tx: Tx, s: Services, flag: Flag, again: Again, worse: Danger | None) -> bool:
    """What a rule found, or what could not be read, always rings; a guess of the model's, a wish
    and a change ring once in a few minutes."""
    if again is Again.UNREAD or (worse is not None and is_certain(worse)):
        return True
    return rings_again(await rung_again_at(tx, flag.id, again), s.clock.now())


async def _ring(
    tx: Tx, s: Services, flag: Flag, again: Again, message_id: int, *, reached: bool, rings: bool
) -> None:
    """Ring those who were told; a person who is asked for, or nobody reached, hurries the ladder.

    An edit is told every time, and without a sound where it rang just now.
    """
    hurried: frozenset[int] = frozenset()
    if rings and (again is Again.PERSON or not reached):
        hurried = await hurry(tx, s, flag)
    others = await alerted_staff(tx, flag.id) - hurried
    if rings or again is Again.EDITED:
        part = str(message_id)
        await ring_again(
            tx, s, flag, again, part, message_id=message_id, only=others, is_quiet=not rings
        )


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
        reached = await somebody_may_have_it(tx, flag.id)
        named = replace(flag, category=named_in(danger, flag))
        await _ring(tx, s, named, Again.WORSE, message_id, reached=reached, rings=True)
    hearer = Hearer(incoming.chat_id, danger.category, danger.reason, number)
    await hold(tx, s, await find_flag(tx, flag.id) or flag, hearer)


def as_it_came(message: StoredMessage, name: str) -> Incoming:
    """A message that was stored before, as it was when it came."""
    number, at = message.telegram_message_id, message.sent_at
    return Incoming(0, message.chat_id, number, name, None, at, message.content)


_HEARD: Mapping[Again | None, str] = {
    Again.PERSON: "holding.followup_person",
    Again.WORSE: "holding.followup_waiting",
    Again.UNREAD: "holding.followup_unread",
    Again.EDITED: "holding.followup_edited",
}


def _acknowledge(
    s: Services, flag: Flag, incoming: Incoming, rung: Again | None, *, reached: bool
) -> str:
    if flag.holder is not None:
        copied = isinstance(incoming.content, Media)
        phrase = "holding.followup_copied" if copied else "holding.followup_taken"
        return s.phrases.say(phrase, name=flag.holder.name)
    if not reached:
        numbers = numbers_text(s.directory, flag.country, flag.category, s.phrases)
        return s.phrases.say("holding.followup_nobody", numbers=numbers)
    phrase = _HEARD.get(rung, "holding.followup_added")
    return s.phrases.say(phrase, emergency=s.directory.of(flag.country).emergency)


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
        part_of_it = f"relay:{message_id}:{part}"
        if isinstance(what, Copy):  # once to each person, also where they have it shown later
            part_of_it = f"media:{message_id}:{holder.id}"
        await _send(tx, s, flag, holder, part_of_it, what)


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


async def _send(tx: Tx, s: Services, flag: Flag, person: Staff, part: str, what: What) -> None:
    assert person.chat_id is not None, "only linked staff are told of a flag"
    key = f"flag:{flag.id}:{part}"
    delivery = Delivery(key, person.chat_id, what, Lane.FLAG, about(flag), person.id)
    await owe(tx, delivery, s.clock.now())
