"""After a *No*: what was written before and during the safety check goes on as if never asked."""

from dataclasses import dataclass, replace

from bot.core.outcomes import Standing, passed_on
from bot.core.people import Parent
from bot.core.receiving import Step, resume
from bot.core.routing import Consultation
from bot.core.triage import Route, is_covered
from bot.flows.services import Services
from bot.flows.steps.answering import (
    ask_therapist,
    follow_consultation,
    pass_medium,
    say_with_button,
)
from bot.flows.steps.following_up import as_it_came, follow_up
from bot.flows.steps.other_parent import tell_staff_beside
from bot.storage.checks import Check
from bot.storage.database import Tx
from bot.storage.flags import open_flag
from bot.storage.holds import hears_of
from bot.storage.messages import StoredMessage, recent_texts, written_since


@dataclass(frozen=True, slots=True)
class Resumed:
    """A message that waited for the check, what is done with it, and what the guidance has."""

    message: StoredMessage
    step: Step
    found: Consultation | None


async def look_up(s: Services, parent: Parent, check: Check) -> tuple[Resumed, ...]:
    """What follows a *No* for each message that waited; read before anything is written."""
    async with s.database.reading() as tx:
        waited = await written_since(tx, check.chat_id, check.message_id, route=Route.CHECK)
        contexts = [
            await recent_texts(tx, check.chat_id, one.sent_at, before=one.id) for one in waited
        ]
    wants_person = any(one.language is None for one in waited)  # they pressed *I need a person*
    found = []
    for one, context in zip(waited, contexts, strict=True):
        covered = is_covered(one.language or "en")
        step = resume(one.content, language_is_covered=covered, wants_person=wants_person)
        consulted = None
        if step is Step.CONSULT:
            therapist = parent.family.therapist.name
            consulted = await s.judgement.consult(one.text, context, therapist)
        found.append(Resumed(one, step, consulted))
    return tuple(found)


async def go_on(tx: Tx, s: Services, parent: Parent, resumed: tuple[Resumed, ...]) -> None:
    """Answer or pass on what waited; while a flag is open, it goes to whoever has that."""
    flag = await open_flag(tx, parent.chat_id, parent.family.id)
    if flag is not None and await hears_of(tx, flag, parent.chat_id):
        for one in resumed:
            incoming = as_it_came(one.message, parent.name)
            await follow_up(tx, s, flag, parent, incoming, one.message.id)
        return
    if flag is not None:
        resumed = tuple(_without_guidance(one) for one in resumed)
    passed: list[tuple[Resumed, Standing]] = []
    for one in resumed:
        standing = await _go_on_with(tx, s, parent, one)
        if standing is not None:
            passed.append((one, standing))
        if flag is not None:
            incoming = as_it_came(one.message, parent.name)
            await tell_staff_beside(tx, s, flag, parent, incoming, one.message.id)
    if passed:
        first, standing = passed[0]
        reason = "language" if first.step is Step.LANGUAGE_PASSED_ON else ""
        reply = passed_on(s.phrases, standing, reason)
        await say_with_button(tx, s, parent, f"passed:{first.message.id}", reply)


def _without_guidance(one: Resumed) -> Resumed:
    """The other parent raised a flag: what would be answered is passed on."""
    return replace(one, step=Step.PASSED_ON) if one.step is Step.CONSULT else one


async def _go_on_with(tx: Tx, s: Services, parent: Parent, one: Resumed) -> Standing | None:
    """Do what waited; what is still to be said of its being passed on, if anything."""
    message = one.message
    match one.step:
        case Step.MEDIUM_PASSED_ON:
            await pass_medium(tx, s, parent, message.id, as_it_came(message, parent.name))
        case Step.PASSED_ON | Step.LANGUAGE_PASSED_ON:
            was_triaged = message.language is not None
            return await ask_therapist(
                tx, s, parent, message.id, message.text, was_triaged=was_triaged
            )
        case Step.CONSULT if one.found is not None:
            await follow_consultation(tx, s, parent, message.id, message.text, one.found)
        case _:
            pass
    return None
