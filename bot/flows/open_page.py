"""A parent chose one of the titles they were offered."""

from bot.core.answers import compose
from bot.core.passages import GuidanceDocument
from bot.core.people import Parent
from bot.core.triage import Route
from bot.flows.services import Services
from bot.flows.steps.other_parent import why_paused
from bot.flows.steps.wording import owe_answer
from bot.storage.answers import GivenAnswer, NewAnswer, add_answer, find_answer, latest_answer
from bot.storage.database import Tx
from bot.storage.inbox import claim_update


async def open_page(
    s: Services, parent: Parent, document_id: str, answer_id: int, update_id: int
) -> str:
    """Show a page for the question behind an earlier answer; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "open_page", s.clock.now()):
            return ""
        if paused := await why_paused(tx, s, parent):
            return paused
        document = s.guidance.documents.get(document_id)
        latest = await latest_answer(tx, parent.chat_id)
        before = await find_answer(tx, answer_id, parent.chat_id) if answer_id else latest
        if document is None or before is None or latest is None:
            return s.phrases.say("general.button_gone")
        if (latest.document_id, latest.message_id) == (document.id, before.message_id):
            return s.phrases.say("answers.shown_already")
        await _show(tx, s, parent, document, before)
        return ""


async def _show(
    tx: Tx, s: Services, parent: Parent, document: GuidanceDocument, before: GivenAnswer
) -> None:
    new = NewAnswer(
        message_id=before.message_id,
        chat_id=parent.chat_id,
        document_id=document.id,
        document_sha256=document.sha256,
        release=s.guidance.release,
        route=Route.ANSWER,
        reason="chosen",
    )
    answer_id = await add_answer(tx, new, s.clock.now())
    therapist = parent.family.therapist.name
    reply = compose(document, s.phrases, answer_id=answer_id, therapist=therapist)
    await owe_answer(tx, s, parent, answer_id, before.message_id, reply)
