"""From Telegram's update to what was meant: pure reading, nothing is decided here."""

from collections.abc import Mapping

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.core.messages import Command, Content, Incoming, Media, Medium, Press, Unusable, Words

ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]
PERSON = "person"

_MEDIA: Mapping[str, Medium] = {
    "photo": Medium.PHOTO,
    "voice": Medium.VOICE,
    "audio": Medium.AUDIO,
    "video": Medium.VIDEO,
    "video_note": Medium.VIDEO_NOTE,
    "sticker": Medium.STICKER,
    "document": Medium.DOCUMENT,
    "contact": Medium.CONTACT,
    "location": Medium.LOCATION,
}


def chat_of(update: Update) -> int:
    """The chat whose order an update keeps; 0 where there is none."""
    return update.effective_chat.id if update.effective_chat else 0


def words_of(update: Update) -> str:
    """What somebody wrote or edited, or the caption under what they sent."""
    message = update.message or update.edited_message
    return "" if message is None else message.text or message.caption or ""


def read_update(update: Update, person_button: str) -> Incoming | Unusable:
    """What somebody sent, edited or pressed; `person_button` is the lasting button's label."""
    if update.callback_query is not None:
        return _read_press(update.update_id, update.callback_query)
    message = update.message or update.edited_message
    if message is None:
        return Unusable(update.update_id, "not_a_message")
    if message.chat.type != ChatType.PRIVATE:
        return Unusable(update.update_id, "not_private")
    return _read_message(update, message, person_button)


def _read_message(update: Update, message: Message, person_button: str) -> Incoming:
    sender = message.from_user
    replied = message.reply_to_message
    return Incoming(
        update_id=update.update_id,
        chat_id=message.chat.id,
        message_id=message.message_id,
        sender_name=sender.first_name if sender else "",
        language_code=sender.language_code if sender else None,
        sent_at=message.edit_date or message.date,
        content=_content(message, person_button),
        edited=update.edited_message is not None,
        forwarded=message.forward_origin is not None,
        reply_to=replied.message_id if replied else None,
    )


def _content(message: Message, person_button: str) -> Content:
    for name, medium in _MEDIA.items():
        if getattr(message, name):
            return Media(medium, message.caption or "")
    if message.text is None:
        return Media(Medium.OTHER, message.caption or "")
    text = message.text.strip()
    if text == person_button:
        return Command(PERSON)
    if text.startswith("/") and len(text) > 1 and text[1].isalpha():
        name, _, argument = text[1:].partition(" ")
        return Command(name.partition("@")[0].lower(), argument.strip())
    return Words(message.text)


def _read_press(update_id: int, query: CallbackQuery) -> Incoming | Unusable:
    if query.message is None or query.data is None:
        return Unusable(update_id, "button_without_message")
    action, _, argument = query.data.partition(":")
    return Incoming(
        update_id=update_id,
        chat_id=query.message.chat.id,
        message_id=query.message.message_id,
        sender_name=query.from_user.first_name,
        language_code=query.from_user.language_code,
        sent_at=query.message.date,
        content=Press(action, argument, query.id),
    )
