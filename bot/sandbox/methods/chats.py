"""Finding the chat a call is about, and putting a message of the bot into it."""

from typing import Any

from bot.sandbox.entities import Json
from bot.sandbox.errors import Refusal
from bot.sandbox.keyboards import check_keyboard, offered_by
from bot.sandbox.people import Message, Person
from bot.sandbox.state import Sandbox
from bot.sandbox.views import kind_of


def find_chat(sandbox: Sandbox, chat_id: object) -> Person:
    """The person of this chat, blocked or not."""
    person = sandbox.people.get(chat_id)
    if person is None:
        raise Refusal(400, "chat not found")
    return person


def open_chat(sandbox: Sandbox, chat_id: object) -> Person:
    """The person of this chat; refused when they have blocked the bot."""
    person = find_chat(sandbox, chat_id)
    if person.blocked:
        raise Refusal(403, "bot was blocked by the user")
    return person


def send(sandbox: Sandbox, p: dict[str, Any], content: Json, file_id: str | None = None) -> Json:
    """Put a message of the bot into the chat of `p`; return it as the Bot API does."""
    person = open_chat(sandbox, p["chat_id"])
    keyboard = p.get("reply_markup")
    check_keyboard(keyboard)
    reply = _replied(person, p.get("reply_parameters"))
    now = sandbox.clock.now()
    body: Json = {
        "message_id": sandbox.next_message_id(),
        "from": sandbox.bot_user(),
        "chat": person.chat(),
        "date": int(now),
        **reply,
        **content,
    }
    if p.get("protect_content"):
        body["has_protected_content"] = True
    message = Message(body, by_bot=True, at=now, kind=kind_of(content), file_id=file_id)
    put_keyboard(message, keyboard)
    sandbox.keep(person, message)
    return body


def put_keyboard(message: Message, keyboard: Json | None) -> None:
    """Give a message its buttons, or take them away."""
    message.keyboard = keyboard
    message.offered |= offered_by(keyboard)
    message.body.pop("reply_markup", None)
    if keyboard and keyboard.get("inline_keyboard"):
        message.body["reply_markup"] = keyboard


def without_reply(body: Json) -> Json:
    """A message as it is quoted in another one."""
    return {name: value for name, value in body.items() if name != "reply_to_message"}


def _replied(person: Person, wanted: Json | None) -> Json:
    if not wanted or "message_id" not in wanted:
        return {}
    if wanted.get("chat_id", person.id) != person.id:
        raise Refusal(400, "message to be replied not found")
    message = person.messages.get(wanted["message_id"])
    if message is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise Refusal(400, "message to be replied not found")
    replied: Json = {"reply_to_message": without_reply(message.body)}
    if quote := wanted.get("quote"):
        position = wanted.get("quote_position", 0)
        replied["quote"] = {"text": quote, "position": position, "is_manual": True}
    return replied
