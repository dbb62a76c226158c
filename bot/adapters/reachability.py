"""Whether Telegram would deliver to a chat, asked without showing anything that stays."""

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.adapters.messenger import what_to_do
from bot.core.deliveries import Never

REACHABLE = ""


class TelegramProbe:
    """Asks by a chat action: Telegram refuses it where it would refuse a message."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, chat_id: int) -> str | None:
        """Why a chat cannot be written to; empty if it can be; None if that is not known now."""
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            result = what_to_do(error, attempts=0)
            return result.why if isinstance(result, Never) else None
        return REACHABLE


async def never_asks(chat_id: int) -> str | None:  # noqa: ARG001 - the shape of a probe
    """The probe where there is no Telegram to ask: nothing is known."""
    return None
