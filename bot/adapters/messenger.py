"""The way out: python-telegram-bot's client, its errors turned into what to do next."""

import os
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, InputFile, Message
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.core.deliveries import (
    TOO_MANY,
    Accepted,
    Copy,
    Delivery,
    Edit,
    Lane,
    Never,
    RetryIn,
    Send,
    SendResult,
    Upload,
    backoff,
)

log = structlog.get_logger(__name__)
CONNECTIONS = 32
LONG_WAIT = timedelta(minutes=1)
_NOT_CHANGED = "not modified"

Renderer = Callable[[Send | Edit | Upload], list[dict[str, Any]]]


class WatchedRequest(HTTPXRequest):
    """The connection that polls; it notes every time that Telegram answered."""

    def __init__(self, on_answer: Callable[[], None]) -> None:
        super().__init__(connection_pool_size=2, read_timeout=20)
        self._on_answer = on_answer

    async def do_request(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        """Ask, and note an answer that came."""
        code, payload = await super().do_request(*arguments, **options)
        if code == HTTPStatus.OK:
            self._on_answer()
        return code, payload


def make_bot(token: str, api: str, *, on_poll: Callable[[], None] = lambda: None) -> ExtBot[None]:
    """A client of a Bot API server. Telegram's limits are kept by whoever sends (storage/pace)."""
    # the library's own switch: without it every limit that is met is a warning as well
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # noqa: TID251
    return ExtBot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=10),
        get_updates_request=WatchedRequest(on_poll),
    )


class TelegramMessenger:
    """Sends deliveries; flags have a client of their own that never queues behind others."""

    def __init__(self, bot: Bot, flag_bot: Bot, render: Renderer) -> None:
        self._bots = {Lane.REPLY: bot, Lane.FLAG: flag_bot}
        self._render = render

    async def send(
        self, delivery: Delivery, edited_message_id: int | None, attempts: int
    ) -> SendResult:
        """Try once to deliver; what Telegram answered decides what comes next."""
        try:
            return Accepted(await self._send(delivery, edited_message_id))
        except TelegramError as error:
            return what_to_do(error, attempts)

    async def _send(self, delivery: Delivery, edited_message_id: int | None) -> int | None:
        bot, chat_id = self._bots[delivery.lane], delivery.chat_id
        match delivery.what:
            case Send() as send:
                sent: Message | None = None
                for part in self._render(send):
                    sent = await bot.send_message(chat_id, **part)
                return sent.message_id if sent else None
            case Edit() as edit:
                (part,) = self._render(edit)
                await bot.edit_message_text(chat_id=chat_id, message_id=edited_message_id, **part)
                return None
            case Upload() as upload:
                return await self._upload(bot, chat_id, upload)
            case Copy(from_chat_id, message_id, is_quiet):
                copied = await bot.copy_message(
                    chat_id, from_chat_id, message_id, disable_notification=is_quiet or None
                )
                return copied.message_id

    async def _upload(self, bot: Bot, chat_id: int, upload: Upload) -> int:
        (caption,) = self._render(upload)
        file = InputFile(upload.content, filename=upload.name)
        if upload.is_picture:
            return (await bot.send_photo(chat_id, file, **caption)).message_id
        return (await bot.send_document(chat_id, file, **caption)).message_id

    async def answer_press(self, callback_id: str, text: str) -> None:
        """Let a pressed button rest, with a short line or none; losing this loses nothing."""
        try:
            await self._bots[Lane.FLAG].answer_callback_query(callback_id, text or None)
        except TelegramError as error:
            log.info("a button press was not answered", error=type(error).__name__)

    async def show_typing(self, chat_id: int) -> None:
        """Show that an answer is being prepared; losing this loses nothing."""
        try:
            await self._bots[Lane.FLAG].send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            log.info("typing was not shown", error=type(error).__name__)

    async def set_menu(self, commands: list[tuple[str, str]], chat_id: int | None = None) -> None:
        """The commands that a chat's menu offers, or every chat's."""
        scope = BotCommandScopeChat(chat_id) if chat_id is not None else None
        menu = [BotCommand(name, text) for name, text in commands]
        try:
            await self._bots[Lane.FLAG].set_my_commands(menu, scope=scope)
        except TelegramError as error:
            log.info("a menu was not set", error=type(error).__name__)


def what_to_do(error: TelegramError, attempts: int) -> SendResult:
    """What an error of Telegram's asks for; the most specific class first.

    `BadRequest` is a `NetworkError`; `RetryAfter` and `Forbidden` are not.
    """
    match error:
        case RetryAfter():
            return RetryIn(_seconds(error), TOO_MANY)
        case Forbidden():
            return Never("blocked")
        case ChatMigrated():
            return Never("not a private chat")
        case BadRequest() if _NOT_CHANGED in error.message:
            return Accepted(None)
        case BadRequest():
            return Never(
                "chat not found" if "chat not found" in error.message.lower() else "refused"
            )
        case InvalidToken():
            return RetryIn(LONG_WAIT, "the token is not valid")
        case NetworkError():
            return RetryIn(backoff(attempts), "network")
        case _:
            return RetryIn(backoff(attempts), type(error).__name__)


def _seconds(error: RetryAfter) -> timedelta:
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
