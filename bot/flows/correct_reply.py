"""Staff change what they wrote: whoever got the old words gets the new ones, or nobody does.

Where a new message would go is not looked at: by now they may have another family in hand.
"""

from bot.core.deliveries import Delivery, Lane, Owed, Send
from bot.core.messages import Command, Incoming, Media, Medium
from bot.core.people import Parent, Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.relaying import REPLY, mark_of, parts_for, relay, words_for
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.deliveries import owe, passed_on_from, sent_as, what_about
from bot.storage.inbox import claim_update
from bot.storage.people import who_is
from bot.storage.practice_plans import set_note

CORRECTED, ALONE = "questions.corrected", "questions.corrected_alone"


async def correct_reply(s: Services, sender: Staff, incoming: Incoming) -> str:
    """Correct what a message became, and only that; a short word for what was done."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, incoming.update_id, "correct", s.clock.now()):
            return "seen"
        given = await passed_on_from(tx, mark_of(incoming))
        if _says_the_same(s, sender, incoming, given):
            return "same"
        if not given or isinstance(incoming.content, Command):
            await _say(tx, s, incoming, s.phrases.say("questions.correction_not_sent"))
            return "nobody"
        first: dict[int, Owed] = {}
        for one in given:
            first.setdefault(one.delivery.chat_id, one)
        for one in first.values():
            await _correct(tx, s, sender, incoming, one)
        await _correct_note(tx, incoming)
        alias = await _alias(tx, given[0])
        said = s.phrases.say("questions.correction_sent", alias=alias)
        await _say(tx, s, incoming, said, given[0].delivery.lane)
        return "corrected"


def _says_the_same(s: Services, sender: Staff, incoming: Incoming, given: tuple[Owed, ...]) -> bool:
    """Telegram calls it an edit, and no word is another: a preview came, or a place moves on."""
    if isinstance(incoming.content, Media):
        return incoming.content.medium is Medium.LOCATION
    said = [what.reply.text for one in given if isinstance(what := one.delivery.what, Send)]
    as_before = [words_for(s, sender, incoming, one) for one in (REPLY, CORRECTED, ALONE)]
    return bool(said) and said[-1] in as_before


async def _correct(tx: Tx, s: Services, sender: Staff, incoming: Incoming, of: Owed) -> None:
    """In the same conversation, under the message that it corrects, as far as that has arrived."""
    old = of.delivery
    under = await sent_as(tx, old.key)
    phrase = ALONE if under is None else CORRECTED
    parts = parts_for(s, sender, incoming, under, phrase)
    await relay(tx, s, incoming, old.chat_id, parts, old.lane, old.about)
    kind, _, number = (old.about or "").partition(":")
    if kind == "flag":
        now = s.clock.now()
        await flags.add_event(tx, int(number), "replied", now, staff_id=sender.id)


async def _correct_note(tx: Tx, incoming: Incoming) -> None:
    """What was written under a plan stands with the plan as well."""
    if incoming.reply_to is None or not incoming.text:
        return
    about = await what_about(tx, incoming.chat_id, incoming.reply_to) or ""
    kind, _, number = about.partition(":")
    if kind == "plan":
        await set_note(tx, int(number), incoming.text)


async def _alias(tx: Tx, of: Owed) -> str:
    kind, _, number = (of.delivery.about or "").partition(":")
    if kind == "flag":
        return (await flags.flag(tx, int(number))).alias
    who = await who_is(tx, of.delivery.chat_id, "")
    return who.family.alias if isinstance(who, Parent) else ""


async def _say(tx: Tx, s: Services, incoming: Incoming, text: str, lane: Lane = Lane.REPLY) -> None:
    key = f"staff:{incoming.update_id}"
    await owe(tx, Delivery(key, incoming.chat_id, Send(Reply(text)), lane), s.clock.now())
