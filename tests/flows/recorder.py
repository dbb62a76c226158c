"""A messenger that shows on phones in memory; a contract holds it to the one that Telegram has."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.adapters.messenger import TelegramMessenger
from bot.chat.render import call_arguments
from bot.core.deliveries import Accepted, Copy, Delivery, Edit, Never, Send, SendResult, Upload


@dataclass(slots=True)
class Shown:
    """One of the bot's messages, as it stands on a phone now."""

    message_id: int
    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    keyboard: tuple[str, ...] = ()
    quiet: bool = False
    copied_from: int | None = None
    file: str | None = None
    answers: int | None = None

    def button(self, label: str) -> str:
        """The data of the button with this label."""
        return next(data for data, text in self.buttons.items() if text == label)


class RecordingMessenger(TelegramMessenger):
    """Phones in memory: who has one, what stands on it, who has blocked the bot."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.phones: dict[int, list[Shown]] = {}
        self.sent: list[Delivery] = []
        self.blocked: set[int] = set()
        self.trouble: list[SendResult] = []
        self.pressed: list[str] = []
        self.typing: list[int] = []
        self.menus: dict[int | None, list[str]] = {}
        self._theirs: set[tuple[int, int]] = set()

    def written_by(self, chat_id: int) -> int:
        """Somebody writes: their phone is known from now on; the number of their message."""
        self.phones.setdefault(chat_id, [])
        number = next(self._numbers)
        self._theirs.add((chat_id, number))
        return number

    async def send(
        self, delivery: Delivery, edited_message_id: int | None, attempts: int
    ) -> SendResult:
        """Show it, or say what Telegram would have said."""
        if self.trouble:
            return self.trouble.pop(0)
        if delivery.chat_id not in self.phones:
            return Never("chat not found")
        if delivery.chat_id in self.blocked:
            return Never("blocked")
        result = self._show(delivery, edited_message_id)
        if isinstance(result, Accepted):
            self.sent.append(delivery)
        return result

    def _show(self, delivery: Delivery, edited_message_id: int | None) -> SendResult:
        phone = self.phones[delivery.chat_id]
        match delivery.what:
            case Send() as send:
                phone += [self._message(one) for one in call_arguments(send)]
                return Accepted(phone[-1].message_id)
            case Edit() as edit:
                return self._edit(phone, edited_message_id, call_arguments(edit)[0])
            case Upload() as upload:
                (caption,) = call_arguments(upload)
                shown = self._message({**caption, "text": caption["caption"]})
                shown.file = upload.name
                phone.append(shown)
                return Accepted(shown.message_id)
            case Copy(from_chat_id, message_id, is_quiet):
                if (from_chat_id, message_id) not in self._theirs:
                    return Never("refused")
                copied = Shown(next(self._numbers), "", quiet=is_quiet, copied_from=message_id)
                phone.append(copied)
                return Accepted(phone[-1].message_id)

    def _edit(
        self, phone: list[Shown], message_id: int | None, arguments: dict[str, Any]
    ) -> SendResult:
        found = next((one for one in phone if one.message_id == message_id), None)
        if found is None:
            return Never("refused")
        fresh = self._message(arguments)
        found.text, found.buttons = fresh.text, fresh.buttons
        return Accepted(None)

    def _message(self, arguments: dict[str, Any]) -> Shown:
        markup = arguments.get("reply_markup")
        shown = Shown(next(self._numbers), arguments["text"])
        shown.quiet = arguments.get("disable_notification", False)
        if replied := arguments.get("reply_parameters"):
            shown.answers = replied.message_id
        if isinstance(markup, InlineKeyboardMarkup):
            rows = markup.inline_keyboard
            shown.buttons = {str(one.callback_data): one.text for row in rows for one in row}
        if isinstance(markup, ReplyKeyboardMarkup):
            shown.keyboard = tuple(one.text for row in markup.keyboard for one in row)
        return shown

    async def answer_press(self, callback_id: str, text: str) -> None:
        """Keep what a pressed button said back."""
        self.pressed.append(text)

    async def show_typing(self, chat_id: int) -> None:
        """Keep for whom something is coming."""
        self.typing.append(chat_id)

    async def set_menu(self, commands: list[tuple[str, str]], chat_id: int | None = None) -> None:
        """Keep which commands a chat's menu offers."""
        self.menus[chat_id] = [name for name, _ in commands]
