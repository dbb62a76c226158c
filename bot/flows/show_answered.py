"""The words that the bot answered by itself, for the family's therapist, who may doubt each."""

from bot.core.answered_words import LISTED, Answered, Wanted, answered_reply, read_wanted
from bot.core.audit import Act
from bot.core.deliveries import Delivery, Send
from bot.core.people import Family, Staff
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.family_log import answered_since
from bot.storage.inbox import claim_update
from bot.storage.people import families_of, parents_of

VIEW = "read what they asked"


async def show_answered(s: Services, by: Staff, argument: str, update_id: int) -> str:
    """*Read what they asked*: that they were shown is written down; what the button says back.

    Nobody but the therapist sees them: that is what parents have read of who sees what.
    """
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "show_answered", s.clock.now()):
            return ""
        wanted = read_wanted(argument)
        if wanted is None:
            return s.phrases.say("general.button_gone")
        theirs = {one.id: one for one in await families_of(tx, by)}
        family = theirs.get(wanted.family_id)
        if family is None:
            return s.phrases.say("reviews.answered_not_yours")
        return await _show(tx, s, by, family, wanted, update_id)


async def _show(
    tx: Tx, s: Services, by: Staff, family: Family, wanted: Wanted, update_id: int
) -> str:
    found = await _answered(tx, s, family, wanted)
    if not found:
        return s.phrases.say("reviews.answered_none")
    assert by.chat_id is not None, "they pressed it in their chat"
    now, send = s.clock.now(), Send(answered_reply(family.alias, wanted, found, s.phrases))
    delivery = Delivery(f"answered:{by.id}:{update_id}", by.chat_id, send, staff_id=by.id)
    await owe(tx, delivery, now)
    messages = f"messages={len(found[:LISTED])}"
    tx.note(Act.WORDS_SHOWN, f"family:{family.id}", by=by, how=VIEW, detail=messages)
    return ""


async def _answered(tx: Tx, s: Services, family: Family, wanted: Wanted) -> tuple[Answered, ...]:
    names = {one.chat_id: one.name for one in await parents_of(tx, family)}
    found: list[Answered] = []
    for one in await answered_since(tx, family.id, wanted.since, wanted.until):
        page = s.guidance.documents.get(one.document_id)
        title, name = page.title if page else one.document_id, names.get(one.chat_id, "")
        found.append(Answered(one.id, one.at, one.at.date(), name, one.words, title))
    return tuple(found)
