"""A page was not what a parent meant: one question back, then the offer to pass it on."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.answers import compose_nearer, compose_none
from bot.core.passages import GuidanceDocument
from bot.core.people import Parent
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.other_parent import why_paused
from bot.storage.answers import GivenAnswer, find_answer, pages_shown, save_feedback
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.messages import recent_texts, stored_message


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question again, with what it stood in, and the pages it was answered from."""

    answer: GivenAnswer
    text: str
    context: tuple[str, ...]
    shown: frozenset[str]


async def ask_which(
    s: Services, parent: Parent, action: str, answer_id: int, update_id: int
) -> str:
    """*Not what I meant* (`notthis`), or *None of these* (`none`); what the button says back."""
    async with s.database.transaction() as tx:
        asked = await _read(tx, parent, answer_id)
    others = (
        await _others(s, asked, parent.family.therapist.name)
        if asked and action == "notthis"
        else ()
    )
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"answer_{action}", s.clock.now()):
            return ""
        if paused := await why_paused(tx, s, parent):
            return paused
        if asked is None:
            return s.phrases.say("general.button_gone")
        await save_feedback(tx, answer_id, "not_what_i_meant")
        await _ask(tx, s, parent, answer_id, others)
        return ""


async def _read(tx: Tx, parent: Parent, answer_id: int) -> _Asked | None:
    answer = await find_answer(tx, answer_id, parent.chat_id)
    if answer is None:
        return None
    message = await stored_message(tx, answer.message_id)
    context = await recent_texts(tx, parent.chat_id, message.sent_at, before=message.id)
    return _Asked(answer, message.text, context, await pages_shown(tx, message.id))


async def _others(s: Services, asked: _Asked, therapist: str) -> tuple[GuidanceDocument, ...]:
    """The next pages that may be meant; none where there was no page to begin with."""
    if asked.answer.document_id is None:
        return ()
    found = await s.judgement.consult(asked.text, asked.context, therapist)
    ids = [match.document_id for match in found.matches]
    return tuple(s.guidance.documents[id_] for id_ in ids if id_ not in asked.shown)


async def _ask(
    tx: Tx, s: Services, parent: Parent, answer_id: int, others: Sequence[GuidanceDocument]
) -> None:
    if others:
        reply = compose_nearer(others, s.phrases, answer_id=answer_id)
        await say(tx, s, parent.chat_id, f"answer:{answer_id}:nearer", reply)
        return
    therapist = parent.family.therapist
    name = therapist.name if therapist.is_linked else None
    reply = compose_none(s.phrases, answer_id=answer_id, therapist=name)
    await say(tx, s, parent.chat_id, f"answer:{answer_id}:none", reply)
