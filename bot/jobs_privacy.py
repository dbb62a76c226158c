"""The jobs of erasing and keeping: a chat that is a stranger's again, and words that go."""

from collections.abc import Awaitable, Callable

from procrastinate import JobContext

from bot.adapters.messenger import TelegramMessenger
from bot.adapters.queue import OUT, Queue, RetryWhenAsked
from bot.chat.handlers import set_menu_for
from bot.flows.forget_words import forget_words
from bot.flows.services import Services
from bot.storage.erase_wishes import FORGET_CHAT

EVERY_NIGHT = "10 3 * * *"
FORGET_WORDS = "forget_words"
Patiently = Callable[[JobContext, Callable[[], Awaitable[None]]], Awaitable[None]]


def register_privacy(
    queue: Queue, s: Services, messenger: TelegramMessenger, patiently: Patiently
) -> None:
    """Make these jobs known; `patiently` runs one again after a failure."""
    task = queue.app.task

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
