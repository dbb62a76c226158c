"""The jobs that follow when people leave, change or are forgotten, and when words go."""

from collections.abc import Awaitable, Callable

from procrastinate import JobContext

from bot.adapters.messenger import TelegramMessenger
from bot.adapters.queue import OUT, Queue, RetryWhenAsked
from bot.chat.handlers import set_menu_for
from bot.flows.follow_departure import follow_departure
from bot.flows.follow_family import follow_family
from bot.flows.follow_role import follow_role
from bot.flows.forget_words import forget_words
from bot.flows.services import Services
from bot.storage.erase_wishes import FORGET_CHAT
from bot.storage.family_changes import FAMILY_CHANGED
from bot.storage.staff_changes import ROLE_CHANGED, STAFF_LEFT

EVERY_NIGHT = "10 3 * * *"
FORGET_WORDS = "forget_words"
Patiently = Callable[[JobContext, Callable[[], Awaitable[None]]], Awaitable[None]]


def register_people(
    queue: Queue, s: Services, messenger: TelegramMessenger, patiently: Patiently
) -> None:
    """Make these jobs known; `patiently` runs one again after a failure."""
    task = queue.app.task

    @task(name=STAFF_LEFT, pass_context=True, retry=RetryWhenAsked())
    async def _staff_left(context: JobContext, staff_id: int) -> None:
        async def follow() -> None:
            if (chat_id := await follow_departure(s, staff_id)) is not None:
                await set_menu_for(s, messenger, chat_id)

        await patiently(context, follow)

    @task(name=ROLE_CHANGED, pass_context=True, retry=RetryWhenAsked())
    async def _role_changed(context: JobContext, staff_id: int) -> None:
        async def follow() -> None:
            member = await follow_role(s, staff_id, context.job.id or 0)
            if member is not None and member.chat_id is not None:
                await set_menu_for(s, messenger, member.chat_id)

        await patiently(context, follow)

    @task(name=FAMILY_CHANGED, pass_context=True, retry=RetryWhenAsked())
    async def _family_changed(context: JobContext, family_id: int, before: int) -> None:
        number = context.job.id or 0
        await patiently(context, lambda: follow_family(s, family_id, before, number))

    @task(name=FORGET_CHAT, pass_context=True, retry=RetryWhenAsked())
    async def _forget_chat(context: JobContext, chat_id: int) -> None:
        await patiently(context, lambda: set_menu_for(s, messenger, chat_id))

    @queue.app.periodic(cron=EVERY_NIGHT)
    @task(
        name=FORGET_WORDS,
        queue=OUT,
        lock=FORGET_WORDS,
        queueing_lock=FORGET_WORDS,
        pass_context=True,
        retry=RetryWhenAsked(),
    )
    async def _forget_words(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
        await patiently(context, lambda: _forget(s))


async def _forget(s: Services) -> None:
    async with s.database.transaction() as tx:
        await forget_words(tx, s.retention, s.clock.now())
