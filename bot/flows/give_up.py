"""A message that keeps failing goes to a person, and the chat goes on."""

import structlog

from bot.core.people import Parent, Stranger
from bot.core.triage import Category
from bot.flows.services import Services
from bot.flows.steps.raising import raise_or_join
from bot.storage.flags import open_flag
from bot.storage.inbox import claim_update
from bot.storage.people import who_is

log = structlog.get_logger(__name__)


async def give_up_on_update(s: Services, update_id: int, chat_id: int) -> None:
    """Raise `triage_failed` for what could not be handled; staff's own messages raise nothing."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "failed", s.clock.now()):
            return
        who = await who_is(tx, chat_id, "")
        log.error("gave up on an update", update=update_id)
        if not isinstance(who, Parent | Stranger):
            return
        parent = who if isinstance(who, Parent) else None
        if await open_flag(tx, chat_id, parent.family.id if parent else None):
            return
        await raise_or_join(
            tx,
            s,
            chat_id=chat_id,
            parent=parent,
            category=Category.OTHER_DANGER,
            reason="triage_failed",
            message_id=None,
        )
