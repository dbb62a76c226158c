"""'I need a person': one question about danger, then a flag or the therapist's queue."""

from dataclasses import replace

from bot.core.alerts import Again
from bot.core.messages import Incoming, Words
from bot.core.people import Parent
from bot.core.triage import Route
from bot.flows.services import Services
from bot.flows.steps.checking import ask_again, ask_check
from bot.flows.steps.raising import follow_or_raise
from bot.storage.checks import open_check
from bot.storage.flags import open_flag
from bot.storage.holds import hears_of
from bot.storage.inbox import claim_update
from bot.storage.messages import add_message


async def ask_for_person(s: Services, parent: Parent, incoming: Incoming) -> None:
    """A parent asks for a human being."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, incoming.update_id, "ask_for_person", s.clock.now()):
            return
        said = replace(incoming, content=Words(s.phrases.say("general.person_button")))
        message_id = await add_message(tx, said, parent.family.id, None, Route.CHECK)
        flag = await open_flag(tx, parent.chat_id, parent.family.id)
        check = await open_check(tx, parent.chat_id)
        if flag is not None and await hears_of(tx, flag, parent.chat_id):
            await follow_or_raise(tx, s, flag, parent, said, message_id, None, asks=Again.PERSON)
        elif check is not None:
            await ask_again(tx, s, check, message_id)
        else:
            therapist = parent.family.therapist.name
            await ask_check(
                tx, s, parent.chat_id, message_id, None, wants_person=True, therapist=therapist
            )
