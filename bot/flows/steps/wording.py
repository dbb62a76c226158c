"""Owing an answer: the page as it is, or, where every parent agreed to it, a model's words."""

from bot.adapters.wording import Wording
from bot.core.consent import covers, tag, terms, was_asked, with_model, without_model
from bot.core.deliveries import Delivery, Send
from bot.core.people import Parent
from bot.core.replies import Button, Reply, as_written
from bot.flows.services import Services
from bot.storage.consents import consents_of
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.wordings import NewWording, may_be_shown, owe_wording


async def owe_answer(
    tx: Tx, s: Services, parent: Parent, answer_id: int, message_id: int, curated: Reply
) -> None:
    """Owe a parent what a page says; with a model that they agreed to, in words that fit better.

    `curated` is what they get without one, and whenever anything is amiss.
    """
    wording = s.wording
    if wording is None or not await may_be_shown(tx, message_id):
        await _as_it_is(tx, s, parent, answer_id, curated)
        return
    agreed = await consents_of(tx, parent.family.id)
    model_terms = terms_of(s, wording)
    if not all(covers(version, model_terms) for version in agreed.values()):
        await _as_it_is(tx, s, parent, answer_id, curated)
        if not was_asked(agreed[parent.id], model_terms):
            await ask_about_model(tx, s, wording, parent)
    elif wording.chat.is_resting:
        await _as_it_is(tx, s, parent, answer_id, curated)
    else:
        new = NewWording(answer_id, parent.chat_id, parent.family.id, curated)
        await owe_wording(tx, new, s.clock.now(), wording.patience)


def terms_of(s: Services, wording: Wording) -> str:
    """What a parent has to have agreed to: this text, with this model's name in it."""
    return terms(s.phrases.say("wording.consent_version"), wording.model)


def about_model(s: Services, wording: Wording) -> str:
    """The paragraph that names the model, and says what it is sent."""
    return s.phrases.say("wording.consent", model=as_written(wording.model))


def version_agreed(s: Services, to_model: str) -> str:
    """The version of the consent of somebody who joins; `to_model` is `yes.TAG` or `no.TAG`."""
    version = s.phrases.say("joining.consent_version")
    answer, _, asked = to_model.partition(".")
    if s.wording is None or asked != tag(terms_of(s, s.wording)):
        return version
    model_terms = terms_of(s, s.wording)
    return (with_model if answer == "yes" else without_model)(version, model_terms)


async def ask_about_model(
    tx: Tx, s: Services, wording: Wording, parent: Parent, *, key: str = "", status: str = ""
) -> None:
    """Ask a parent about the model; about the same one unasked only once."""
    short = tag(terms_of(s, wording))
    text = s.phrases.say("wording.ask", consent=about_model(s, wording))
    buttons = (
        (Button(s.phrases.say("wording.yes_button"), f"wording:yes.{short}"),),
        (Button(s.phrases.say("wording.no_button"), f"wording:no.{short}"),),
    )
    reply = Reply(f"{text}\n\n{status}".strip(), buttons)
    delivery = Delivery(key or f"wording:{parent.id}:{short}", parent.chat_id, Send(reply))
    await owe(tx, delivery, s.clock.now())


async def _as_it_is(tx: Tx, s: Services, parent: Parent, answer_id: int, reply: Reply) -> None:
    await owe(tx, Delivery(f"answer:{answer_id}", parent.chat_id, Send(reply)), s.clock.now())
