"""Sending, changing, copying and deleting messages."""

from bot.sandbox.entities import Json
from bot.sandbox.errors import Refusal, Violation
from bot.sandbox.keyboards import check_keyboard
from bot.sandbox.methods.chats import find_chat, open_chat, put_keyboard, send
from bot.sandbox.methods.handler import Handler, Params
from bot.sandbox.methods.texts import read_caption, read_text
from bot.sandbox.people import Message, Person
from bot.sandbox.state import Sandbox

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
_ABOUT_THE_CHAT = frozenset(
    {"message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message", "quote"}
)


async def send_message(sandbox: Sandbox, p: Params) -> Json:
    """Send a text."""
    return send(sandbox, p, read_text(p))


async def edit_text(sandbox: Sandbox, p: Params) -> Json:
    """Replace the text of one of the bot's messages, and its buttons."""
    if "text" not in p:
        raise Violation("message text is empty")
    return _edit(sandbox, p, "text", read_text(p))


async def edit_caption(sandbox: Sandbox, p: Params) -> Json:
    """Replace the caption of one of the bot's messages, and its buttons."""
    return _edit(sandbox, p, "caption", read_caption(p))


async def edit_markup(sandbox: Sandbox, p: Params) -> Json:
    """Replace the buttons of one of the bot's messages."""
    person, message = _own_message(sandbox, p)
    keyboard = p.get("reply_markup")
    check_keyboard(keyboard)
    if _shown(keyboard) == message.body.get("reply_markup"):
        raise Refusal(400, _SAME)
    put_keyboard(message, keyboard)
    message.body["edit_date"] = int(sandbox.clock.now())
    sandbox.changed(person, message)
    return message.body


def _edit(sandbox: Sandbox, p: Params, what: str, content: Json) -> Json:
    person, message = _own_message(sandbox, p)
    keyboard = p.get("reply_markup")
    check_keyboard(keyboard)
    body = message.body
    entities = "entities" if what == "text" else "caption_entities"
    if (what == "text") != (message.kind == "text"):
        raise Refusal(400, f"there is no {what} in the message to edit")
    if all(body.get(n) == content.get(n) for n in (what, entities)) and (
        _shown(keyboard) == body.get("reply_markup")
    ):
        raise Refusal(400, _SAME)
    for name in (what, entities):
        body.pop(name, None)
    now = sandbox.clock.now()
    body |= {**content, "edit_date": int(now)}
    message.edited_at = now
    put_keyboard(message, keyboard)
    sandbox.changed(person, message)
    return body


def _shown(keyboard: Json | None) -> Json | None:
    return keyboard if keyboard and keyboard.get("inline_keyboard") else None


def _own_message(sandbox: Sandbox, p: Params) -> tuple[Person, Message]:
    if "inline_message_id" in p:
        raise Refusal(400, "MESSAGE_ID_INVALID")
    if "chat_id" not in p:
        raise Violation("chat_id is empty")
    if "message_id" not in p:
        raise Violation("message identifier is not specified")
    person = open_chat(sandbox, p["chat_id"])
    message = person.messages.get(p["message_id"])
    if message is None:
        raise Refusal(400, "message to edit not found")
    if not message.by_bot:
        raise Refusal(400, "message can't be edited")
    return person, message


async def delete_message(sandbox: Sandbox, p: Params) -> bool:
    """Take a message out of the chat for both sides."""
    person = open_chat(sandbox, p["chat_id"])
    if p["message_id"] not in person.messages:
        raise Refusal(400, "message to delete not found")
    _delete(sandbox, person, p["message_id"])
    return True


async def delete_messages(sandbox: Sandbox, p: Params) -> bool:
    """Take several messages out; those that are not there are passed over."""
    person = open_chat(sandbox, p["chat_id"])
    for message_id in p["message_ids"]:
        if message_id in person.messages:
            _delete(sandbox, person, message_id)
    return True


def _delete(sandbox: Sandbox, person: Person, message_id: int) -> None:
    del person.messages[message_id]
    sandbox.events.tell("deleted", person=person.id, message_id=message_id)


async def copy_message(sandbox: Sandbox, p: Params) -> Json:
    """Send the content of a message again, as the bot's own."""
    message = _source(sandbox, p, "copy")
    content = {n: v for n, v in message.body.items() if n not in _ABOUT_THE_CHAT}
    content.pop("forward_origin", None)
    if "caption" in p:
        content = {n: v for n, v in content.items() if not n.startswith("caption")}
        content |= read_caption(p)
    sent = send(sandbox, p, content, message.file_id)
    return {"message_id": sent["message_id"]}


async def forward_message(sandbox: Sandbox, p: Params) -> Json:
    """Send a message on, saying whose it was."""
    message = _source(sandbox, p, "forward")
    content = {n: v for n, v in message.body.items() if n not in _ABOUT_THE_CHAT}
    origin = {
        "type": "user",
        "sender_user": message.body["from"],
        "date": message.body["date"],
    }
    content["forward_origin"] = message.body.get("forward_origin", origin)
    return send(sandbox, p, content, message.file_id)


def _source(sandbox: Sandbox, p: Params, verb: str) -> Message:
    message = find_chat(sandbox, p["from_chat_id"]).messages.get(p["message_id"])
    if message is None:
        raise Refusal(400, f"message to {verb} not found")
    return message


METHODS: dict[str, Handler] = {
    "sendMessage": send_message,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
