"""A parent looks at what they have practised: a small honest picture, and what it says in words."""

from bot.core.deliveries import Delivery, Upload
from bot.core.people import Parent
from bot.core.plan_care import Tally, said_text
from bot.core.practice import PracticeAnswer
from bot.core.progress import Progress
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.progressing import family_progress, picture_of
from bot.storage.deliveries import owe
from bot.storage.inbox import claim_update


async def show_progress(s: Services, parent: Parent, update_id: int) -> None:
    """`/progress`."""
    async with s.database.reading() as tx:
        progress = await family_progress(tx, s, parent.family.id, s.clock.now())
    picture = await picture_of(progress, s.phrases) if progress else b""
    async with s.database.transaction() as tx:
        now = s.clock.now()
        if not await claim_update(tx, update_id, "progress", now):
            return
        key = f"progress:{update_id}"
        if not progress:
            await say(tx, s, parent.chat_id, key, Reply(s.phrases.say("practice.progress_none")))
            return
        lines = [s.phrases.say("practice.progress"), *(_line(s, one) for one in progress)]
        upload = Upload("progress.png", picture, Reply("\n".join(lines)), is_picture=True)
        await owe(tx, Delivery(key, parent.chat_id, upload), now)


def _line(s: Services, one: Progress) -> str:
    tally = Tally(*(one.count(answer) for answer in PracticeAnswer))
    return s.phrases.say(
        "practice.progress_line", title=one.title, said=said_text(tally, s.phrases)
    )
