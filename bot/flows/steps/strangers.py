"""What somebody who has not joined is told: how to join, and whom to call."""

from bot.core.holding import numbers_text
from bot.core.people import Stranger
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.consenting import consent_reply
from bot.storage.database import Tx
from bot.storage.links import find_invitation
from bot.storage.people import clinic_country, clinic_name


async def stranger_reply(tx: Tx, s: Services, stranger: Stranger) -> Reply:
    """What joining means, to whom has opened an invitation; to others how to get one.

    Whoever has left the staff reads that what they write reaches no family.
    """
    link = await find_invitation(tx, stranger.chat_id, s.clock.now())
    if link is not None:
        return await consent_reply(tx, s, link, stranger.name)
    numbers = numbers_text(s.directory, await clinic_country(tx), None, s.phrases)
    if stranger.has_left:
        name = await clinic_name(tx)
        return Reply(s.phrases.say("moving.has_left", clinic=name, numbers=numbers))
    return Reply(s.phrases.say("joining.stranger", numbers=numbers))
