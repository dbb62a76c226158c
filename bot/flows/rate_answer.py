"""A parent presses a button under an answer."""

from bot.core.answers import compose, related_to
from bot.core.outcomes import passed_on
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.core.skills import skills_of
from bot.flows.services import Services
from bot.flows.steps.answering import ask_therapist, say
from bot.flows.steps.other_parent import why_paused
from bot.storage.answers import GivenAnswer, find_answer, save_feedback
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.messages import stored_message
from bot.storage.wordings import was_worded

COACHING = frozenset({"more"})


async def rate_answer(
    s: Services, parent: Parent, action: str, answer_id: int, update_id: int
) -> str:
    """*Helpful*, *Ask NAME* or *More*; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"answer_{action}", s.clock.now()):
            return ""
        if action in COACHING and (paused := await why_paused(tx, s, parent)):
            return paused
        answer = await find_answer(tx, answer_id, parent.chat_id)
        if answer is None:
            return s.phrases.say("general.button_gone")
        return await _do(tx, s, parent, action, answer)


async def _do(tx: Tx, s: Services, parent: Parent, action: str, answer: GivenAnswer) -> str:
    match action:
        case "helpful":
            await save_feedback(tx, answer.id, "helpful")
            return s.phrases.say("general.thanks")
        case "ask":
            await _ask(tx, s, parent, answer)
        case "more":
            await _more(tx, s, parent, answer)
    return ""


async def _ask(tx: Tx, s: Services, parent: Parent, answer: GivenAnswer) -> None:
    message = await stored_message(tx, answer.message_id)
    standing = await ask_therapist(tx, s, parent, message.id, message.text)
    reply = passed_on(s.phrases, standing)
    await say(tx, s, parent.chat_id, f"answer:{answer.id}:asked", reply)


async def _more(tx: Tx, s: Services, parent: Parent, answer: GivenAnswer) -> None:
    document = s.guidance.documents.get(answer.document_id or "")
    if document is None:
        reply = Reply(s.phrases.say("general.button_gone"))
    else:
        name = parent.family.therapist.name
        reply = compose(
            document,
            s.phrases,
            answer_id=answer.id,
            therapist=name,
            part="more",
            related=related_to(document, s.guidance.documents),
            can_practise=bool(skills_of(document, s.skills)),
            is_whole=await was_worded(tx, answer.id),
        )
    await say(tx, s, parent.chat_id, f"answer:{answer.id}:more", reply)
