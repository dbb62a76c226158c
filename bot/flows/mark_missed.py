"""A therapist says that a message should have been flagged: it is kept for review."""

from bot.core.people import Staff
from bot.core.review_items import Doubt, may_review
from bot.flows.services import Services
from bot.storage.inbox import claim_update
from bot.storage.review_items import add_item, readers_of, therapist_of_message


async def mark_missed(s: Services, by: Staff, message_id: int, update_id: int) -> str:
    """*Should have been flagged*; returns what the button says back. It alerts nobody."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "mark_missed", s.clock.now()):
            return ""
        therapist_id = await therapist_of_message(tx, message_id)
        if therapist_id is None:
            return s.phrases.say("general.button_gone")
        if not may_review(by, therapist_id) and by.id not in await readers_of(tx, message_id):
            return s.phrases.say("reviews.not_yours")
        fresh = await add_item(tx, message_id, Doubt.MISSED, s.clock.now(), by=by)
        return s.phrases.say("reviews.noted" if fresh else "reviews.noted_already")
