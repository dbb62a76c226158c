"""One parent raised a flag; what the other writes meanwhile reaches staff, and tells them nothing.

The other parent must not learn of it, above all where the danger may be at home: they read what
they would read of any question that is passed on, and only staff read whose words these are.
"""

from collections.abc import Iterable

from bot.core.deliveries import Copy, Delivery, Lane, Send, What
from bot.core.flags import Flag
from bot.core.messages import Incoming, Media
from bot.core.people import Parent, Staff
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.answering import medium_text
from bot.storage.alerts import alerted_staff
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.flags import add_event, open_flag
from bot.storage.holds import hears_of

BESIDE = "other_parent"


async def why_paused(tx: Tx, s: Services, parent: Parent) -> str:
    """What a button under guidance says back while a flag is open; nothing while none is."""
    flag = await open_flag(tx, parent.chat_id, parent.family.id)
    if flag is None:
        return ""
    is_theirs = await hears_of(tx, flag, parent.chat_id)
    return s.phrases.say("holding.paused" if is_theirs else "general.button_gone")


async def tell_staff_beside(
    tx: Tx, s: Services, flag: Flag, parent: Parent, incoming: Incoming, message_id: int
) -> None:
    """Add the other parent's message to a flag, and let whoever has that read whose words it holds.

    So does the therapist, who may have it as a question and must not speak of the flag; what was
    sent with it they have from there.
    """
    await add_event(tx, flag.id, BESIDE, s.clock.now(), message_id=message_id)
    therapist, holder = parent.family.therapist, flag.holder
    unaware = s.phrases.say("flags.other_parent_unaware", parent=parent.name)
    parts = tuple(from_other_parent(s, flag, parent.name, incoming, unaware))
    if holder is not None and holder.id != therapist.id:
        await _tell(tx, s, flag, holder, message_id, parts)
    if therapist.id in await alerted_staff(tx, flag.id) | ({holder.id} if holder else set()):
        await _tell(tx, s, flag, therapist, message_id, parts[:1])


def from_other_parent(
    s: Services, flag: Flag, name: str, incoming: Incoming, more: str = ""
) -> Iterable[What]:
    """What a holder reads of the other parent's message: a line that says so, then a medium."""
    if isinstance(incoming.content, Media):
        what = {"medium": medium_text(incoming.content.medium, s)}
        phrase = "flags.from_other_parent_medium"
    else:
        what, phrase = {"text": as_written(incoming.text)}, "flags.from_other_parent"
    words = s.phrases.say(phrase, alias=flag.alias, parent=name, **what)
    yield Send(Reply(f"{words}\n{more}".rstrip()))
    if isinstance(incoming.content, Media):
        yield Copy(incoming.chat_id, incoming.message_id)


async def _tell(
    tx: Tx, s: Services, flag: Flag, person: Staff, message_id: int, parts: Iterable[What]
) -> None:
    if person.chat_id is None:
        return
    for part, what in enumerate(parts):
        of = f"media:{message_id}" if isinstance(what, Copy) else f"relay:{message_id}:{part}"
        key = f"flag:{flag.id}:{of}:{person.id}"
        delivery = Delivery(key, person.chat_id, what, Lane.FLAG, f"flag:{flag.id}", person.id)
        await owe(tx, delivery, s.clock.now())
