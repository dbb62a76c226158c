"""One question back when a page was not what a parent meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.answers import compose_nearer, compose_none
from bot.core.passages import GuidanceDocument
from bot.core.people import Parent
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.storage.answers import GivenAnswer, find_answer, latest_answer, pages_shown, save_feedback
from bot.storage.database import Tx
from bot.storage.messages import recent_texts, stored_message


@dataclass(frozen=True, slots=True)
class Asked:
    """A question again, with what it stood in, and the pages it was answered from."""

    answer: GivenAnswer
    text: str
    context: tuple[str, ...]
    shown: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nearer:
    """An answer that was not what was meant, and the pages that may be."""

    answer_id: int
    pages: tuple[GuidanceDocument, ...]


async def asked_before(tx: Tx, parent: Parent, answer_id: int | None = None) -> Asked | None:
    """The question behind an answer to this parent, the latest by default."""
    chat_id = parent.chat_id
    answer = (
        await latest_answer(tx, chat_id)
        if answer_id is None
        else await find_answer(tx, answer_id, chat_id)
    )
    if answer is None:
        return None
    message = await stored_message(tx, answer.message_id)
    context = await recent_texts(tx, chat_id, message.sent_at, before=message.id)
    return Asked(answer, message.text, context, await pages_shown(tx, message.id))


async def look_again(s: Services, asked: Asked, therapist: str) -> tuple[GuidanceDocument, ...]:
    """The next pages that may be meant; none where there was no page to begin with."""
    if asked.answer.document_id is None:
        return ()
    found = await s.judgement.consult(asked.text, asked.context, therapist)
    ids = [match.document_id for match in found.matches]
    return tuple(s.guidance.documents[id_] for id_ in ids if id_ not in asked.shown)


async def latest_again(s: Services, parent: Parent) -> Nearer | None:
    """What else may have been meant by the question that was answered last; None: no page was."""
    async with s.database.reading() as tx:
        asked = await asked_before(tx, parent)
    if asked is None or asked.answer.document_id is None:
        return None
    return Nearer(asked.answer.id, await look_again(s, asked, parent.family.therapist.name))


async def ask_nearer(
    tx: Tx, s: Services, parent: Parent, answer_id: int, pages: Sequence[GuidanceDocument]
) -> None:
    """Note that an answer was not meant; offer other pages, or to pass the question on."""
    await save_feedback(tx, answer_id, "not_what_i_meant")
    if pages:
        reply = compose_nearer(pages, s.phrases, answer_id=answer_id)
        await say(tx, s, parent.chat_id, f"answer:{answer_id}:nearer", reply)
        return
    therapist = parent.family.therapist
    name = therapist.name if therapist.is_linked else None
    reply = compose_none(s.phrases, answer_id=answer_id, therapist=name)
    await say(tx, s, parent.chat_id, f"answer:{answer_id}:none", reply)
