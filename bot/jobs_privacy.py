"""The jobs of erasing: a chat that is a stranger's again."""

from collections.abc import Awaitable, Callable

from procrastinate import JobContext

from bot.adapters.messenger import TelegramMessenger
from bot.adapters.queue import Queue, RetryWhenAsked
from bot.chat.handlers import set_menu_for
from bot.flows.services import Services
from bot.storage.erase_wishes import FORGET_CHAT

Patiently = Callable[[JobContext, Callable[[], Awaitable[None]]], Awaitable[None]]


def register_privacy(
    queue: Queue, s: Services, messenger: TelegramMessenger, patiently: Patiently
) -> None:
    """Make these jobs known; `patiently` runs one again after a failure."""
    task = queue.app.task

    @task(name=FORGET_CHAT, pass_context=True, retry=RetryWhenAsked())
    async def _forget_chat(context: JobContext, chat_id: int) -> None:
        await patiently(context, lambda: set_menu_for(s, messenger, chat_id))
