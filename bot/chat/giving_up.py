"""An update that has failed as often as it may: read as well as it can be, and given up."""

import json
from typing import Any

import structlog
from telegram import Update

from bot.adapters.messenger import TelegramMessenger
from bot.chat.intake import read_update
from bot.core.messages import Incoming, Media, Medium, Press
from bot.flows.give_up import give_up_on_update
from bot.flows.services import Services
from bot.storage.database import is_out_of_reach
from bot.storage.inbox import stored_update

log = structlog.get_logger(__name__)


async def give_up(s: Services, messenger: TelegramMessenger, update_id: int, chat_id: int) -> None:
    """Hand an update to a person with all that is known of it; if that fails too, with less."""
    incoming = await _read(s, update_id, chat_id)
    if incoming is None:
        return
    try:
        said = await give_up_on_update(s, incoming)
    except Exception as error:
        if is_out_of_reach(error):
            raise
        log.error("an update is given up without its words", error=type(error).__name__)
        said = await give_up_on_update(s, _wordless(s, update_id, chat_id, 0))
    if isinstance(incoming.content, Press):
        await messenger.answer_press(incoming.content.callback_id, said)


async def _read(s: Services, update_id: int, chat_id: int) -> Incoming | None:
    """What came, if it waits still; where it cannot be read, that something did."""
    try:
        async with s.database.reading() as tx:
            payload = await stored_update(tx, update_id)
        if payload is None:
            return None
        raw = json.loads(payload)
        return _as_read(s, raw) or _wordless(s, update_id, chat_id, _number(raw))
    except Exception as error:
        if is_out_of_reach(error):
            raise
        log.error("an update that failed cannot be read", error=type(error).__name__)
        return _wordless(s, update_id, chat_id, 0)


def _as_read(s: Services, raw: Any) -> Incoming | None:
    try:
        found = read_update(Update.de_json(raw, bot=None), s.phrases.say("general.person_button"))
    except Exception as error:  # noqa: BLE001 - it may be what made the update fail
        log.error("an update that failed cannot be read", error=type(error).__name__)
        return None
    return found if isinstance(found, Incoming) else None


def _number(raw: Any) -> int:
    """Telegram's number of the message, so that whoever has the flag gets a copy of it."""
    message = raw.get("message") or raw.get("edited_message") or {}
    number = message.get("message_id")
    return number if isinstance(number, int) else 0


def _wordless(s: Services, update_id: int, chat_id: int, number: int) -> Incoming:
    now = s.clock.now()
    return Incoming(update_id, chat_id, number, "", None, now, Media(Medium.OTHER))
