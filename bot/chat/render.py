"""From a reply to what Telegram shows: text with bold entities, and buttons."""

import re
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup

from bot.core.deliveries import Edit, Send
from bot.core.replies import Reply

LONGEST = 4096
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def plain_text(text: str) -> str:
    """The text without its marks."""
    return _BOLD.sub(r"\1", text)


def text_and_entities(text: str) -> tuple[str, list[MessageEntity]]:
    """The text without its marks, and where it is bold (offsets in UTF-16 units)."""
    plain: list[str] = []
    entities: list[MessageEntity] = []
    offset = 0
    for index, part in enumerate(_BOLD.split(text)):
        if index % 2 and part:
            entities.append(MessageEntity(MessageEntity.BOLD, offset, _units(part)))
        plain.append(part)
        offset += _units(part)
    return "".join(plain), entities


def inline_keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons under a message."""
    if not reply.buttons:
        return None
    rows = [
        [InlineKeyboardButton(button.text, callback_data=button.data) for button in row]
        for row in reply.buttons
    ]
    return InlineKeyboardMarkup(rows)


def lasting_keyboard(labels: tuple[str, ...]) -> ReplyKeyboardMarkup | None:
    """Buttons that stay below the text field."""
    if not labels:
        return None
    return ReplyKeyboardMarkup([list(labels)], resize_keyboard=True, is_persistent=True)


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """A text in parts that Telegram takes, cut at paragraphs, lines or words."""
    parts: list[str] = []
    while len(text.encode("utf-16-le")) // 2 > longest:
        cut = _cut(text, longest // 2 if _is_wide(text) else longest)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def _cut(text: str, longest: int) -> int:
    for separator in ("\n\n", "\n", " "):
        found = text.rfind(separator, 0, longest)
        if found > longest // 2:
            return found
    return longest


def _is_wide(text: str) -> bool:
    return any(ord(letter) > 0xFFFF for letter in text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def call_arguments(what: Send | Edit) -> list[dict[str, Any]]:
    """The arguments of the calls that show a reply: one call for each piece of a long text."""
    reply = what.reply
    texts = pieces(reply.text) if isinstance(what, Send) else [pieces(reply.text)[0]]
    calls: list[dict[str, Any]] = []
    for text in texts:
        plain, entities = text_and_entities(text)
        calls.append({"text": plain, "entities": entities})
    markup = inline_keyboard(reply)
    if markup is None and isinstance(what, Send):
        calls[-1]["reply_markup"] = lasting_keyboard(what.keyboard)
    else:
        calls[-1]["reply_markup"] = markup
    if isinstance(what, Send) and what.is_quiet:
        for call in calls:
            call["disable_notification"] = True
    return calls
