"""A therapist looks at what a family practised: the chart that parents get, and who did what."""

from bot.core.deliveries import Delivery, Send, Upload
from bot.core.family_progress import ask_whose_progress, family_meant, progress_text
from bot.core.people import Family, Role, Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.progressing import family_progress, picture_of, progress_by_parent
from bot.storage.deliveries import owe
from bot.storage.inbox import claim_update
from bot.storage.people import families_of


async def begin_family_progress(s: Services, therapist: Staff, name: str, update_id: int) -> None:
    """`/progress`, with a part of a family's name or without."""
    async with s.database.reading() as tx:
        families = await families_of(tx, therapist)
    meant = family_meant(families, name)
    if meant is not None:
        await _show(s, therapist, meant, update_id)
        return
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "progress", s.clock.now()):
            return
        reply = ask_whose_progress(families, name, s.phrases)
        if therapist.role is not Role.THERAPIST:
            reply = Reply(s.phrases.say("practice.progress_not_allowed"))
        assert therapist.chat_id is not None, "they wrote from their chat"
        await say(tx, s, therapist.chat_id, f"progress:{update_id}", reply)


async def show_family_progress(
    s: Services, therapist: Staff, family_id: int, update_id: int
) -> str:
    """A family was chosen; returns what the button says back."""
    async with s.database.reading() as tx:
        families = {one.id: one for one in await families_of(tx, therapist)}
    if family_id not in families:
        async with s.database.transaction() as tx:
            await claim_update(tx, update_id, "progress_not_theirs", s.clock.now())
        return s.phrases.say("practice.plan_not_yours")
    await _show(s, therapist, families[family_id], update_id)
    return ""


async def _show(s: Services, therapist: Staff, family: Family, update_id: int) -> None:
    async with s.database.reading() as tx:
        now = s.clock.now()
        progress = await family_progress(tx, s, family.id, now)
        parts = await progress_by_parent(tx, s, family, now)
    picture = await picture_of(progress, s.phrases) if progress else b""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "progress", now):
            return
        assert therapist.chat_id is not None, "they wrote from their chat"
        key, chat_id = f"progress:{update_id}", therapist.chat_id
        if not progress:
            nothing = s.phrases.say("practice.progress_none_of", alias=family.alias)
            await say(tx, s, chat_id, key, Reply(nothing))
            return
        words = Send(Reply(progress_text(family, parts, s.phrases)))
        await owe(tx, Delivery(key, chat_id, words, staff_id=therapist.id), now)
        caption = Reply(s.phrases.say("digest.picture", alias=family.alias))
        chart = Upload("progress.png", picture, caption, is_picture=True, is_quiet=True)
        await owe(tx, Delivery(f"{key}:chart", chat_id, chart, staff_id=therapist.id), now)
