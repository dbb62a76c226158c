"""A message as the person with the phone sees it."""

from bot.sandbox.entities import Json
from bot.sandbox.people import Message

KINDS = (
    "photo",
    "document",
    "voice",
    "sticker",
    "contact",
    "location",
    "video",
    "audio",
    "animation",
)


def kind_of(content: Json) -> str:
    """What a message mainly is."""
    return next((kind for kind in KINDS if kind in content), "text")


def entry(message: Message) -> Json:
    """One line of a chat, in the form of the control interface."""
    body = message.body
    caption = body.get("caption")
    seen: Json = {
        "message_id": message.message_id,
        "from": "bot" if message.by_bot else "me",
        "text": body.get("text", caption or ""),
        "buttons": buttons(message.keyboard),
        "kind": message.kind,
        "at": round(message.at, 3),
    }
    if message.edited_at is not None:
        seen["edited_at"] = round(message.edited_at, 3)
    if caption is not None:
        seen["caption"] = caption
    if entities := body.get("entities") or body.get("caption_entities"):
        seen["entities"] = entities
    if reply := body.get("reply_to_message"):
        seen["reply_to"] = reply["message_id"]
    return seen | _extras(message)


def _extras(message: Message) -> Json:
    body = message.body
    extras: Json = {}
    if keyboard := keyboard_kind(message.keyboard):
        extras["keyboard"] = keyboard
    if (message.keyboard or {}).get("one_time_keyboard"):
        extras["one_time"] = True
    if message.file_id:
        extras["file"] = {"url": f"/sandbox/files/{message.file_id}", **_named(body, message.kind)}
    if message.kind == "sticker":
        extras["emoji"] = body["sticker"].get("emoji", "")
    for kind in ("contact", "location"):
        if kind in body:
            extras[kind] = body[kind]
    if "forward_origin" in body:
        extras["forwarded"] = True
    if not message.by_bot:
        extras["seen"] = message.seen
    return extras


def _named(body: Json, kind: str) -> Json:
    held = body[kind]
    if isinstance(held, list):
        held = held[-1]
    wanted = ("file_name", "mime_type", "file_size", "width", "height", "duration")
    return {name: held[name] for name in wanted if name in held}


def keyboard_kind(keyboard: Json | None) -> str | None:
    """Which of the four kinds of reply markup this is."""
    named = {
        "inline_keyboard": "inline",
        "keyboard": "reply",
        "remove_keyboard": "remove",
        "force_reply": "force",
    }
    return next((kind for name, kind in named.items() if name in (keyboard or {})), None)


def buttons(keyboard: Json | None) -> list[list[Json]]:
    """The rows of buttons, inline or under the text field."""
    held = keyboard or {}
    rows = held.get("inline_keyboard") or held.get("keyboard") or []
    return [[_button(button) for button in row] for row in rows]


def _button(button: Json | str) -> Json:
    if isinstance(button, str):
        return {"text": button}
    shown: Json = {"text": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    if "url" in button:
        shown["url"] = button["url"]
    if "web_app" in button:
        shown |= {"url": button["web_app"]["url"], "web_app": True}
    if "copy_text" in button:
        shown["copy"] = button["copy_text"]["text"]
    for name in ("style", "request_contact", "request_location"):
        if name in button:
            shown[name] = button[name]
    return shown
