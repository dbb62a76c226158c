"""What somebody who has not joined is told: how to join, and whom to call."""

from bot.core.holding import numbers_text
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.people import the_clinic


async def stranger_reply(tx: Tx, s: Services) -> Reply:
    """How to join, and the crisis numbers of the clinic's country."""
    clinic = await the_clinic(tx)
    numbers = numbers_text(s.directory, clinic.country if clinic else "ZZ", None, s.phrases)
    return Reply(s.phrases.say("joining.stranger", numbers=numbers))
