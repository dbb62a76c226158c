"""An answer is worded by a language model, or goes out as it is: one of the two, and in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.adapters.masking import Names
from bot.adapters.wording import TURNS, Prepared, Wording
from bot.core.consent import covers
from bot.core.drafts import Reworded
from bot.core.passages import GuidanceDocument
from bot.core.people import Family
from bot.core.worded_answers import passages_of_page, worded_reply
from bot.flows.services import Services
from bot.flows.steps.settling_words import send_answer
from bot.flows.steps.wording import terms_of
from bot.storage.consents import consents_of
from bot.storage.database import Tx
from bot.storage.messages import stored_message
from bot.storage.people import all_staff, family, parents_of
from bot.storage.wordings import (
    Made,
    Owed,
    count_use,
    keep_words,
    note_begun,
    still_owed,
    turns_before,
    used_on,
)

TYPING_LASTS = 4.0
LOOK_AGAIN = timedelta(seconds=5)


class Typist(Protocol):
    """Who lets a chat see that something is coming."""

    async def show_typing(self, chat_id: int) -> None:
        """Show it for a few seconds."""


@dataclass(frozen=True, slots=True)
class _Begun:
    owed: Owed
    wording: Wording
    prepared: Prepared
    at: datetime

    @property
    def made(self) -> Made:
        prompt = self.wording.prompt
        passages = self.prepared.request.passages
        return Made(self.wording.model, prompt.id, prompt.version, passages)


async def word_answer(s: Services, typist: Typist, answer_id: int) -> None:
    """Ask the model and send what may be said of it; whatever goes wrong, the page as it is.

    Run a second time, because the first was cut off, it asks nobody.
    """
    async with s.database.transaction() as tx:
        owed = await still_owed(tx, answer_id)
        if owed is None:
            return
        begun = await _begin(tx, s, owed)
        if isinstance(begun, str):
            await send_answer(tx, s, owed, None, begun)
            return
    async with _typing(typist, owed.chat_id):
        found = await begun.wording.word(begun.prepared, (owed.due_at - begun.at).total_seconds())
    async with s.database.transaction() as tx:
        await _end(tx, s, begun, found)


async def send_as_it_is(s: Services, answer_id: int) -> datetime | None:
    """The model was too late, or its job is gone: send the page; when to look again, if later."""
    async with s.database.transaction() as tx:
        owed = await still_owed(tx, answer_id)
        if owed is None or await send_answer(tx, s, owed, None, "late"):
            return None
    return s.clock.now() + LOOK_AGAIN


async def _begin(tx: Tx, s: Services, owed: Owed) -> _Begun | str:
    """What is asked of the model, noted as begun; or why it is not asked."""
    now, wording = s.clock.now(), s.wording
    page = s.guidance.documents.get(owed.document_id)
    if wording is None:
        return "off"
    if owed.is_begun:
        return "cut off"
    if now >= owed.due_at:
        return "late"
    if page is None or page.sha256 != owed.document_sha256:
        return "the page changed"
    agreed = await consents_of(tx, owed.family_id)
    if not all(covers(version, terms_of(s, wording)) for version in agreed.values()):
        return "no consent"
    return await _within_budget(tx, wording, owed, page, now)


async def _within_budget(
    tx: Tx, wording: Wording, owed: Owed, page: GuidanceDocument, now: datetime
) -> _Begun | str:
    names = await _names(tx, await family(tx, owed.family_id))
    question = (await stored_message(tx, owed.message_id)).text
    turns = await turns_before(tx, owed.chat_id, owed.message_id, TURNS)
    prepared = wording.prepare(question, turns, passages_of_page(page), names)
    theirs, everybodys = await used_on(tx, now.date(), owed.family_id)
    needed, budget = prepared.estimate, wording.budget
    if theirs + needed.total > budget.family:
        return "the family's budget is used up"
    if budget.everybody is not None and everybodys + needed.total > budget.everybody:
        return "the day's budget is used up"
    await note_begun(tx, owed.answer_id, now)
    await count_use(tx, now.date(), owed.family_id, needed, wording.price, answers_more=1)
    return _Begun(owed, wording, prepared, now)


async def _names(tx: Tx, theirs: Family) -> Names:
    parents = tuple(one.name for one in await parents_of(tx, theirs))
    staff = tuple(one.name for one in await all_staff(tx))
    return Names(theirs.alias, parents, theirs.therapist.name, staff)


async def _end(tx: Tx, s: Services, begun: _Begun, found: Reworded) -> None:
    """Keep what was written, count what it took, and send one of the two if none was sent yet."""
    owed = await still_owed(tx, begun.owed.answer_id)
    await keep_words(tx, begun.owed.answer_id, begun.made, found)
    if found.use is not None:
        more = found.use.less(begun.prepared.estimate)
        day, price = begun.at.date(), begun.wording.price
        await count_use(tx, day, begun.owed.family_id, more, price)
    if owed is None:
        return
    passages = begun.prepared.request.passages
    worded = worded_reply(owed.curated, found.kept, passages, s.phrases) if found.is_good else None
    why = found.why or ("" if worded else "too long")
    await send_answer(tx, s, owed, worded, why)


@asynccontextmanager
async def _typing(typist: Typist, chat_id: int) -> AsyncIterator[None]:
    async def show() -> None:
        while True:
            await typist.show_typing(chat_id)
            await asyncio.sleep(TYPING_LASTS)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()
