"""A family changes a message into a command: it does not run, and its words are still judged."""

from bot.core.messages import Incoming
from bot.core.replies import Reply
from bot.core.triage import Concern
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.messages import recent_texts


async def decline_edited_command(s: Services, incoming: Incoming) -> bool:
    """Say that it does not run, as it may have before; False: its words worry, so they are a
    message, and are handled as any other that was changed."""
    if await _worries(s, incoming):
        return False
    async with s.database.transaction() as tx:
        if await claim_update(tx, incoming.update_id, "decline_command", s.clock.now()):
            await _say(tx, s, incoming)
    return True


async def _worries(s: Services, incoming: Incoming) -> bool:
    if not incoming.text.strip():
        return False
    number, now = incoming.message_id, s.clock.now()
    async with s.database.reading() as tx:
        context = await recent_texts(tx, incoming.chat_id, now, without=number)
    verdict = await s.judgement.judge(incoming.text, context)
    return verdict.concern is not Concern.NONE


async def _say(tx: Tx, s: Services, incoming: Incoming) -> None:
    reply = Reply(s.phrases.say("general.edited_command"))
    await say(tx, s, incoming.chat_id, f"declined:{incoming.update_id}", reply)
