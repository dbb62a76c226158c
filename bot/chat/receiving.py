"""Long polling or webhook: both end in one durable queue."""

import asyncio
import json
import time
from datetime import timedelta

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot, Updater

from bot.adapters.clock import machine_time
from bot.chat.intake import ALLOWED_UPDATES, chat_of, words_of
from bot.core.rules import sounds_urgent
from bot.flows.services import Services
from bot.flows.store_update import keep_update

log = structlog.get_logger(__name__)
RECENT = timedelta(minutes=2)
STOP_SECONDS = 3.0
LONG = 1000  # characters; the rules take a millisecond for what is shorter


class DurableQueue(asyncio.Queue[object]):
    """An update queue whose `put` returns when the update and its job are committed.

    Telegram is told that an update is done by the next poll, or by the webhook's answer: both wait
    for this `put`, so a crash loses nothing.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    async def put(self, item: object) -> None:
        """Store an update; waits while the database is away, and never raises."""
        if not isinstance(item, Update):
            log.error("something that is no update was received", type=type(item).__name__)
            return
        hurries = await _hurries(words_of(item))
        chat_id = chat_of(item)
        await keep_update(self._services, item.update_id, chat_id, item.to_json(), hurries=hurries)


async def _hurries(words: str) -> bool:
    """Whether a message is read before others, by the rules alone. Never raises."""
    try:
        if len(words) > LONG:
            return await asyncio.to_thread(sounds_urgent, words)
        return bool(words) and sounds_urgent(words)
    except Exception as error:  # noqa: BLE001 - nothing may end the polling
        log.error("a message was not looked at before it was stored", error=type(error).__name__)
        return False


class LastAnswer:
    """When Telegram last answered a poll, or called the webhook; seconds of `time.monotonic`."""

    def __init__(self) -> None:
        self.at: float | None = None

    def note(self) -> None:
        """It has just answered."""
        self.at = time.monotonic()

    def age(self) -> float | None:
        """Seconds since; None before the first time."""
        return None if self.at is None else time.monotonic() - self.at


class Polling:
    """Fetches updates by long polling."""

    def __init__(self, bot: ExtBot[None], queue: DurableQueue) -> None:
        self._updater = Updater(bot, update_queue=queue)

    async def start(self) -> None:
        """Begin to fetch."""
        await self._updater.initialize()
        await self._updater.start_polling(
            allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, error_callback=_note_error
        )

    async def stop(self) -> None:
        """Finish what was fetched, and stop; a Telegram that is away is not waited for."""
        try:
            async with asyncio.timeout(STOP_SECONDS):
                if self._updater.running:
                    await self._updater.stop()
                await self._updater.shutdown()
        except TimeoutError:
            log.warning("polling was cut off: Telegram does not answer")


def _note_error(error: TelegramError) -> None:
    log.warning("polling failed, and goes on", error=type(error).__name__)


async def start_webhook(bot: ExtBot[None], url: str, secret: str) -> None:
    """Tell Telegram where to post updates, and what to send along."""
    await bot.set_webhook(url, allowed_updates=ALLOWED_UPDATES, secret_token=secret)


async def webhook_is_well(bot: ExtBot[None]) -> bool:
    """Whether Telegram answers, and reaches our webhook with what it has for us."""
    try:
        found = await bot.get_webhook_info()
    except TelegramError as error:
        log.warning("Telegram did not say how the webhook fares", error=type(error).__name__)
        return False
    failed = found.last_error_date
    recently = failed is not None and machine_time() - failed < RECENT
    return not (recently and found.pending_update_count)


async def take_webhook(queue: DurableQueue, body: bytes) -> bool:
    """Store what Telegram posted; False if it is not an update."""
    update = _read(body)
    if update is None:
        return False
    await queue.put(update)
    return True


def _read(body: bytes) -> Update | None:
    try:
        found = json.loads(body)
        update = Update.de_json(found, bot=None) if isinstance(found, dict) else None
    except (ValueError, TypeError, KeyError):
        return None
    # one without a number could never be stored, and everything behind it would wait
    return update if update and isinstance(update.update_id, int) else None
