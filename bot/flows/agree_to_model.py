"""A parent looks at what a language model is for, agrees to it, or takes that back."""

from bot.core.consent import NO_MODEL, covers, tag, with_model, without_model
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.wording import ask_about_model, terms_of
from bot.storage.consents import consents_of, set_consent
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.people import parents_of


async def show_model(s: Services, parent: Parent, update_id: int) -> None:
    """`/wording`: what the model is for, how it stands, and the buttons to change it."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "wording", s.clock.now()):
            return
        assert s.wording is not None, "only then is there such a command"
        agreed = (await consents_of(tx, parent.family.id))[parent.id]
        is_on = covers(agreed, terms_of(s, s.wording))
        status = s.phrases.say("wording.status_on" if is_on else "wording.status_off")
        key = f"wording:shown:{update_id}"
        await ask_about_model(tx, s, s.wording, parent, key=key, status=status)


async def agree_to_model(
    s: Services, parent: Parent, answer: str, asked: str, update_id: int
) -> str:
    """*Yes* or *No* to the terms whose tag is `asked`; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"wording_{answer}", s.clock.now()):
            return ""
        if answer == "no":
            await _leave(tx, s, parent, update_id)
            return ""
        if answer != "yes" or s.wording is None or asked != tag(terms_of(s, s.wording)):
            return s.phrases.say("wording.gone")
        await _agree(tx, s, parent, update_id)
        return ""


async def _leave(tx: Tx, s: Services, parent: Parent, update_id: int) -> None:
    """A no is heard whatever was asked, also once there is no model any more."""
    agreed = (await consents_of(tx, parent.family.id))[parent.id]
    model_terms = terms_of(s, s.wording) if s.wording else NO_MODEL
    await set_consent(tx, parent.id, without_model(agreed, model_terms), s.clock.now())
    reply = Reply(s.phrases.say("wording.declined"))
    await say(tx, s, parent.chat_id, f"wording:declined:{update_id}", reply)


async def _agree(tx: Tx, s: Services, parent: Parent, update_id: int) -> None:
    assert s.wording is not None, "there is one to agree to"
    model_terms = terms_of(s, s.wording)
    agreed = await consents_of(tx, parent.family.id)
    version = with_model(agreed[parent.id], model_terms)
    await set_consent(tx, parent.id, version, s.clock.now())
    others = [one for one in agreed if one != parent.id and not covers(agreed[one], model_terms)]
    phrase = "wording.agreed_waits" if others else "wording.agreed"
    reply = Reply(s.phrases.say(phrase))
    await say(tx, s, parent.chat_id, f"wording:agreed:{update_id}", reply)
    for other in await parents_of(tx, parent.family):
        if other.id in others:
            await ask_about_model(tx, s, s.wording, other)
