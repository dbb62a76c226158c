"""All that was said while a flag was open, in order: the family's words, staff's, and the media."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.deliveries import Copy, Delivery, Lane, Send
from bot.core.flags import Flag
from bot.core.people import Staff
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.storage.conversation import Written, late_answers, replies_of, written_of
from bot.storage.database import Tx
from bot.storage.deliveries import owe, state_of
from bot.storage.messages import StoredMessage


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that was said: `at` places it, and `copy` is what cannot be put into words."""

    at: datetime
    text: str = field(repr=False)
    part: str = ""
    copy: Copy | None = None


async def conversation(tx: Tx, s: Services, flag: Flag) -> str:
    """Everything that was said, as text."""
    return "\n\n".join(line.text for line in await _lines(tx, s, flag) if line.text)


async def owe_media(
    tx: Tx, s: Services, flag: Flag, to: Staff, *, heading: str | None = None
) -> bool:
    """Owe somebody a copy of each medium, once, in the order they came, under a line of its own.

    Whether there was any that they did not have; who calls this writes down that they get it.
    """
    assert to.chat_id is not None, "they pressed a button in their chat"
    new = []
    for line in await _lines(tx, s, flag):
        key = f"flag:{flag.id}:media:{line.part}:{to.id}"
        is_own = line.copy is not None and line.copy.from_chat_id == to.chat_id
        if line.copy is not None and not is_own and await state_of(tx, key) is None:
            new.append(Delivery(key, to.chat_id, line.copy, Lane.FLAG, f"flag:{flag.id}", to.id))
    if new and heading is not None:
        first = new[0].key.removesuffix(f":{to.id}")
        line_above = Send(Reply(heading))
        above = Delivery(f"{first}:above:{to.id}", to.chat_id, line_above, Lane.FLAG)
        await owe(tx, above, s.clock.now())
    for delivery in new:
        await owe(tx, delivery, s.clock.now())
    return bool(new)


async def _lines(tx: Tx, s: Services, flag: Flag) -> Sequence[_Line]:
    found = [_of_family(s, flag, one) for one in await written_of(tx, flag.id)]
    for said in await replies_of(tx, flag.id):
        other = said.chat_id != flag.chat_id
        match said.what:
            case Send(reply):
                text = s.phrases.say("flags.shown_to_other_parent", text=reply.text)
                found.append(_Line(said.at, text if other else reply.text))
            case Copy() as copy:
                found.append(_Line(said.at, "", f"reply-{said.id}", copy))
    for late in await late_answers(tx, flag.id):
        answer = s.phrases.say(f"checks.{late.answer}_button")
        found.append(_Line(late.at, s.phrases.say("flags.shown_late_answer", answer=answer)))
    return sorted(found, key=lambda line: line.at)


def _of_family(s: Services, flag: Flag, written: Written) -> _Line:
    message = written.message
    text = _words(s, message)
    if message.chat_id != flag.chat_id:
        text = s.phrases.say("flags.shown_other_parent", text=text)
    copy = Copy(message.chat_id, message.telegram_message_id) if written.is_copied else None
    return _Line(written.at, text, str(message.id), copy)


def _words(s: Services, message: StoredMessage) -> str:
    text = as_written(message.text)
    if not message.is_medium:
        return text
    medium = s.phrases.say(f"questions.medium_{message.kind}")
    if not text:
        return s.phrases.say("flags.shown_unread", medium=medium)
    return s.phrases.say("flags.shown_medium", text=text, medium=medium)
