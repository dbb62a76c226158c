"""From a reply to what Telegram shows: text with bold entities, and buttons."""

import re
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.core.deliveries import Edit, Send, Upload
from bot.core.replies import STAR, Reply

LONGEST = 4096
LONGEST_CAPTION = 1024
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def text_and_entities(text: str) -> tuple[str, list[MessageEntity]]:
    """The text without its marks, and where it is bold (offsets in UTF-16 units)."""
    plain: list[str] = []
    entities: list[MessageEntity] = []
    offset = 0
    for index, part in enumerate(_BOLD.split(text)):
        if index % 2 and part:
            entities.append(MessageEntity(MessageEntity.BOLD, offset, _units(part)))
        plain.append(part.replace(STAR, "*"))
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
    return [text[start:end] for start, end in _spans(text, longest)]


def _spans(text: str, longest: int) -> list[tuple[int, int]]:
    """Where each part begins and ends; the white space at a cut belongs to neither side."""
    spans: list[tuple[int, int]] = []
    start = 0
    while _units(text[start:]) > longest:
        end = start + _cut(text[start:], longest // 2 if _is_wide(text) else longest)
        spans.append((start, start + len(text[start:end].rstrip())))
        start = end + len(text[end:]) - len(text[end:].lstrip())
    spans.append((start, len(text)))
    return [span for span in spans if span[0] < span[1]] or [(0, 0)]


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


def _within(entities: list[MessageEntity], plain: str, start: int, end: int) -> list[MessageEntity]:
    """The bold stretches of one part, counted from where it begins."""
    first, last = _units(plain[:start]), _units(plain[:end])
    found: list[MessageEntity] = []
    for entity in entities:
        begins, ends = max(entity.offset, first), min(entity.offset + entity.length, last)
        if begins < ends:
            found.append(MessageEntity(MessageEntity.BOLD, begins - first, ends - begins))
    return found


def _caption_arguments(upload: Upload) -> dict[str, Any]:
    """What is said under a file; a caption that is too long for Telegram is cut."""
    plain, entities = text_and_entities(upload.caption.text)
    start, end = _spans(plain, LONGEST_CAPTION)[0]
    return {
        "caption": plain[start:end],
        "caption_entities": _within(entities, plain, start, end),
        "reply_markup": inline_keyboard(upload.caption),
        "disable_notification": upload.is_quiet,
    }


def call_arguments(what: Send | Edit | Upload) -> list[dict[str, Any]]:
    """The arguments of the calls that show a reply: one call for each piece of a long text."""
    if isinstance(what, Upload):
        return [_caption_arguments(what)]
    reply = what.reply
    plain, entities = text_and_entities(reply.text)
    spans = _spans(plain, LONGEST)
    calls: list[dict[str, Any]] = [
        {"text": plain[start:end], "entities": _within(entities, plain, start, end)}
        for start, end in (spans if isinstance(what, Send) else spans[:1])
    ]
    markup = inline_keyboard(reply)
    if markup is None and isinstance(what, Send):
        calls[-1]["reply_markup"] = lasting_keyboard(what.keyboard)
    else:
        calls[-1]["reply_markup"] = markup
    if isinstance(what, Send):
        _how_it_arrives(calls, what)
    return calls


def _how_it_arrives(calls: list[dict[str, Any]], send: Send) -> None:
    if send.is_quiet:
        for call in calls:
            call["disable_notification"] = True
    if send.answers is not None:
        calls[0]["reply_parameters"] = ReplyParameters(
            send.answers, allow_sending_without_reply=True
        )
