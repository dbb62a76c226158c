"""Sending an answer that a model might word: once, in one form, and not into an open flag."""

from bot.core.deliveries import Delivery, Send
from bot.core.people import Parent
from bot.core.receiving import Step
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.resuming import Resumed, go_on
from bot.storage.checks import open_check
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.flags import open_flag
from bot.storage.holds import lock_family
from bot.storage.messages import stored_message
from bot.storage.people import who_is
from bot.storage.wordings import Outcome, Owed, note_settled


async def send_answer(
    tx: Tx, s: Services, owed: Owed, worded: Reply | None, reason: str = ""
) -> bool:
    """Send what is owed; False while a safety check is open, when it has to wait.

    If a flag was opened meanwhile, nothing of a page is sent: the question goes to people.
    """
    await lock_family(tx, owed.family_id, owed.chat_id)
    now = s.clock.now()
    parent = await who_is(tx, owed.chat_id, "")
    if isinstance(parent, Parent) and await open_flag(tx, owed.chat_id, owed.family_id):
        message = await stored_message(tx, owed.message_id)
        await go_on(tx, s, parent, (Resumed(message, Step.PASSED_ON, None),))
        await note_settled(tx, owed.answer_id, Outcome.PASSED_ON, "a flag was opened", now)
        return True
    if await open_check(tx, owed.chat_id) is not None:
        return False
    outcome = Outcome.CURATED if worded is None else Outcome.WORDED
    reply = owed.curated if worded is None else worded
    await owe(tx, Delivery(f"answer:{owed.answer_id}", owed.chat_id, Send(reply)), now)
    await note_settled(tx, owed.answer_id, outcome, reason, now)
    return True
